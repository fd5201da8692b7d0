import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useEnter, useSession, type SessionNow } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Empty } from "../../ui/empty.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Setup } from "./setup.tsx";

/** Only a path of ours is gone to after signing in, whatever the address says. */
export const inside = (next: unknown): string =>
  typeof next === "string" && /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in") ? next : "/";

/** Who you are: by password and code, or by the company's own sign-in. Before anybody is there, the set-up. */
export function SignInPage(): ReactNode {
  const { signIn: words, settings } = useTexts();
  const now = useSession();
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const next = inside(search["next"]);
  const entered = (session: SessionNow): void => {
    if (session.person !== null && session.step === null) void navigate({ href: next });
  };
  if (now?.setup === true) return <Setup onEntered={entered} />;
  return (
    <div className="mx-auto max-w-md">
      <Title>{words.title}</Title>
      <Section title={now?.step === "totp" ? words.second : words.first}>
        {typeof search["problem"] === "string" && (
          <Empty say={format(words.refused, { code: search["problem"] })} fix={words.refusedFix} />
        )}
        {now?.step === "totp" ? <Code onEntered={entered} /> : <Password onEntered={entered} />}
        {now?.oidc && now.step === null && (
          <p className="mt-4 border-t border-line pt-3">
            <a href={`/api/oidc/start?next=${encodeURIComponent(next)}`}>
              {format(words.oidc, { name: now.oidc.name })}
            </a>
          </p>
        )}
        {now?.step !== "totp" && (
          <p className="mt-4">
            <Link to="/sign-in/invite">{settings.invite.link}</Link>
          </p>
        )}
      </Section>
    </div>
  );
}

interface Given {
  readonly onEntered: (session: SessionNow) => void;
}

function Password({ onEntered }: Given): ReactNode {
  const { signIn: words } = useTexts();
  const enter = useEnter();
  return (
    <Form
      send={words.send}
      busy={enter.isPending}
      error={enter.error}
      onSend={(body) => enter.mutate({ path: "/api/session", body }, { onSuccess: onEntered })}
    >
      <Field
        name="person"
        label={words.person}
        hint={words.personHint}
        autoComplete="username"
        required
        autoCapitalize="none"
      />
      <Field name="password" type="password" label={words.password} autoComplete="current-password" required />
    </Form>
  );
}

function Code({ onEntered }: Given): ReactNode {
  const { signIn: words } = useTexts();
  const enter = useEnter();
  return (
    <Form
      send={words.send}
      busy={enter.isPending}
      error={enter.error}
      onSend={(body) => enter.mutate({ path: "/api/session/totp", body }, { onSuccess: onEntered })}
    >
      <Field
        name="code"
        label={words.code}
        hint={words.codeHint}
        autoComplete="one-time-code"
        required
        autoCapitalize="none"
      />
    </Form>
  );
}

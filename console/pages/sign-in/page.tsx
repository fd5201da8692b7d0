import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession, type SessionNow } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Empty } from "../../ui/empty.tsx";
import { Field } from "../../ui/field.tsx";
import { Door, Enter } from "./entry.tsx";
import { Code, Person } from "./fields.tsx";
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
  if (now?.step === "totp")
    return (
      <Door title={words.title} first={words.second}>
        <Enter send={words.send} path="/api/session/totp" onEntered={entered}>
          <Code name="code" label={words.code} hint={words.codeHint} fill="one-time-code" />
        </Enter>
      </Door>
    );
  return (
    <Door title={words.title} first={words.first}>
      {typeof search["problem"] === "string" && (
        <Empty say={format(words.refused, { code: search["problem"] })} fix={words.refusedFix} />
      )}
      <Enter send={words.send} path="/api/session" onEntered={entered}>
        <Person />
        <Field name="password" type="password" label={words.password} autoComplete="current-password" required />
      </Enter>
      {now?.oidc && now.step === null && (
        <p className="mt-4 border-t border-line pt-3">
          <a href={`/api/oidc/start?next=${encodeURIComponent(next)}`}>{format(words.oidc, { name: now.oidc.name })}</a>
        </p>
      )}
      <p className="mt-4">
        <Link to="/sign-in/invite">{settings.invite.link}</Link>
      </p>
    </Door>
  );
}

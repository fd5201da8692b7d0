import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useEnter } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";

/** Whoever was invited sets a password, and is signed in. */
export function InvitePage(): ReactNode {
  const { settings, signIn } = useTexts();
  const { invite: words } = settings;
  const { person } = useSearch({ strict: false });
  const enter = useEnter();
  const navigate = useNavigate();
  return (
    <div className="mx-auto max-w-md">
      <Title>{words.title}</Title>
      <Section title={words.first}>
        <Form
          send={words.send}
          busy={enter.isPending}
          error={enter.error}
          onSend={({ person: who = "", invite = "", password = "" }) => {
            const body = { person: who.trim(), invite: invite.trim(), password };
            const done = { onSuccess: () => void navigate({ to: "/settings" }) };
            enter.mutate({ path: "/api/session/invite", body }, done);
          }}
        >
          <Field
            name="person"
            label={signIn.person}
            hint={signIn.personHint}
            defaultValue={person ?? ""}
            autoComplete="username"
            autoCapitalize="none"
            required
          />
          <Field
            name="invite"
            label={words.code}
            hint={words.codeHint}
            autoComplete="off"
            autoCapitalize="none"
            required
          />
          <Field
            name="password"
            type="password"
            label={signIn.password}
            hint={signIn.passwordHint}
            autoComplete="new-password"
            minLength={12}
            required
          />
        </Form>
      </Section>
    </div>
  );
}

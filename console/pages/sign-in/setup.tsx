import type { ReactNode } from "react";
import { useEnter, type SessionNow } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";

/** The first administrator: whoever has the code that the daemon printed on its own terminal. No password is given beforehand. */
export function Setup({ onEntered }: { readonly onEntered: (session: SessionNow) => void }): ReactNode {
  const { signIn: words } = useTexts();
  const enter = useEnter();
  return (
    <div className="mx-auto max-w-md">
      <Title>{words.setup}</Title>
      <Section title={words.setupFirst}>
        <p className="mb-3 text-quiet">{words.setupWhy}</p>
        <Form
          send={words.setupSend}
          busy={enter.isPending}
          error={enter.error}
          onSend={({ code = "", person = "", name = "", password = "" }) => {
            const body = { code, person, password, ...(name === "" ? {} : { name }) };
            enter.mutate({ path: "/api/setup", body }, { onSuccess: onEntered });
          }}
        >
          <Field
            name="code"
            label={words.setupCode}
            hint={words.setupCodeHint}
            autoComplete="off"
            required
            autoCapitalize="none"
          />
          <Field
            name="person"
            label={words.person}
            hint={words.personHint}
            autoComplete="username"
            required
            autoCapitalize="none"
          />
          <Field name="name" label={words.name} autoComplete="name" />
          <Field
            name="password"
            type="password"
            label={words.password}
            hint={words.passwordHint}
            autoComplete="new-password"
            minLength={12}
            required
          />
        </Form>
      </Section>
    </div>
  );
}

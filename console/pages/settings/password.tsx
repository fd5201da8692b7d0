import { useRef, type ReactNode } from "react";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { Fresh } from "../sign-in/fields.tsx";

/** A new password of one's own. */
export function Password({ person }: { readonly person: string }): ReactNode {
  const { settings: words } = useTexts();
  const acting = useAct("session", "sessions");
  const frame = useRef<HTMLDivElement>(null);
  return (
    <Section title={words.password.title}>
      <div ref={frame} className="max-w-md">
        <p className="mb-3 text-quiet">{words.password.what}</p>
        <Form
          send={words.password.send}
          busy={acting.isPending}
          error={acting.error}
          onSend={({ password, fresh }) => {
            const done = (): void => frame.current?.querySelector("form")?.reset();
            acting.mutate({ path: "/api/account/password", body: { password, fresh } }, { onSuccess: done });
          }}
        >
          {/* For the program that keeps passwords. */}
          <input type="text" name="person" value={person} autoComplete="username" readOnly hidden />
          <Field
            name="password"
            type="password"
            label={words.password.old}
            autoComplete="current-password"
            maxLength={1_000}
            required
          />
          <Fresh name="fresh" label={words.password.fresh} />
        </Form>
        <p role="status" className="mt-2">
          {acting.isSuccess && words.password.done}
        </p>
      </div>
    </Section>
  );
}

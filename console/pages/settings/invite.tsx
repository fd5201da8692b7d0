import type { ReactNode } from "react";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Invited, type Invitation } from "./invited.tsx";

/** Makes an account for a person of the book. */
export function Invite({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { settings } = useTexts();
  const { people: words } = settings;
  const adding = useAct<Invitation>("accounts", "audit");
  if (adding.data !== undefined) return <Invited invitation={adding.data} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={words.invite}>
      <Form
        send={words.invite}
        busy={adding.isPending}
        error={adding.error}
        onSend={({ person = "", administrator }) => {
          const body = { person: person.trim(), administrator: administrator === "on" };
          adding.mutate({ path: "/api/accounts", body });
        }}
      >
        <Field
          name="person"
          label={words.person}
          hint={words.personHint}
          required
          maxLength={100}
          autoComplete="off"
          autoCapitalize="none"
          data-first
        />
        <label className="mb-3 flex min-h-9 items-center gap-2">
          <input type="checkbox" name="administrator" />
          {words.administrator}
        </label>
      </Form>
    </Dialog>
  );
}

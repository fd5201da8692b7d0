import type { ReactNode } from "react";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Invited, type Invitation } from "./invited.tsx";

export type AccountDeed = "reset" | "disable" | "enable";

interface Given {
  readonly person: string;
  readonly deed: AccountDeed;
  readonly onClose: () => void;
}

/** Says once more what it does to somebody, and asks why. */
export function AccountAct({ person, deed, onClose }: Given): ReactNode {
  const { settings } = useTexts();
  const { people: words } = settings;
  const acting = useAct<{ readonly invitation?: Invitation }>("accounts", "sessions", "session", "audit");
  const invitation = acting.data?.invitation;
  if (invitation !== undefined) return <Invited invitation={invitation} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={format(words.actOf, { what: words.act[deed], person })}>
      <p className="mb-3">{format(words.ask[deed], { person })}</p>
      <Form
        send={words.act[deed]}
        look={deed === "enable" ? "main" : "danger"}
        busy={acting.isPending}
        error={acting.error}
        onSend={({ reason }) => {
          const path = `/api/accounts/${encodeURIComponent(person)}/actions`;
          const close = (done: { readonly invitation?: Invitation }): void => {
            if (done.invitation === undefined) onClose();
          };
          acting.mutate({ path, body: { do: deed, reason } }, { onSuccess: close });
        }}
      >
        <Field
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          required
          maxLength={1_000}
          autoComplete="off"
          data-first
        />
      </Form>
    </Dialog>
  );
}

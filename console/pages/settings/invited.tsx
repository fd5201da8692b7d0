import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Once } from "./once.tsx";

export interface Invitation {
  readonly person: string;
  readonly invite: string;
  readonly expires: number;
}

interface Given {
  readonly invitation: Invitation;
  readonly onClose: () => void;
}

/** The code with which somebody sets a password. It is in no address: addresses are written down by browsers and logs. */
export function Invited({ invitation: { person, invite, expires }, onClose }: Given): ReactNode {
  const { settings } = useTexts();
  const { people: words } = settings;
  const times = useTimes();
  return (
    <Dialog open onClose={onClose} title={format(words.invited, { person })}>
      <p className="mb-3">{format(words.invitedWhat, { person, until: times.at(expires) })}</p>
      <p className="mb-3">
        {words.where}:{" "}
        <code className="break-all">{`${location.origin}/sign-in/invite?person=${encodeURIComponent(person)}`}</code>
      </p>
      <Once label={words.code} text={invite} />
      <Button look="main" onClick={onClose}>
        {settings.kept}
      </Button>
    </Dialog>
  );
}

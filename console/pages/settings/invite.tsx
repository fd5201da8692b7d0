import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { Asking } from "../../ui/asking.tsx";
import { Invited, type Invitation } from "./invited.tsx";

/** Makes an account for a person of the book. */
export function Invite({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { people: words } = useTexts().settings;
  return (
    <Asking<Invitation>
      title={words.invite}
      asked={[
        { as: "person", label: words.person, hint: words.personHint, must: true, most: 100 },
        { as: "administrator", label: words.administrator, type: "tick" },
      ]}
      path="/api/accounts"
      bodyOf={({ person = "", administrator }) => ({ person: person.trim(), administrator: administrator === "on" })}
      names={["accounts", "audit"]}
      onClose={onClose}
      renderAnswer={(invitation) => <Invited invitation={invitation} onClose={onClose} />}
    />
  );
}

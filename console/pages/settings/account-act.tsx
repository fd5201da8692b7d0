import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Asking } from "../../ui/asking.tsx";
import { Invited, type Invitation } from "./invited.tsx";

export type AccountDeed = "reset" | "disable" | "enable";

interface Given {
  readonly person: string;
  readonly deed: AccountDeed;
  readonly onClose: () => void;
}

/** Says once more what it does to somebody, and asks why. */
export function AccountAct({ person, deed, onClose }: Given): ReactNode {
  const { people: words } = useTexts().settings;
  return (
    <Asking<{ readonly invitation?: Invitation }>
      title={format(words.actOf, { what: words.act[deed], person })}
      send={words.act[deed]}
      what={format(words.ask[deed], { person })}
      danger={deed !== "enable"}
      asked={[{ as: "reason", label: words.reason, hint: words.reasonHint, must: true, most: 1_000 }]}
      path={`/api/accounts/${encodeURIComponent(person)}/actions`}
      body={{ do: deed }}
      names={["accounts", "sessions", "session", "audit"]}
      onClose={onClose}
      renderAnswer={({ invitation }) => invitation && <Invited invitation={invitation} onClose={onClose} />}
    />
  );
}

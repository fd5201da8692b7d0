import type { ReactNode } from "react";
import type { Status } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";

/** What makes everything else on the page doubtful: the daemon's own work is held up. */
export function Banners({ status }: { readonly status: Status }): ReactNode {
  const { today } = useTexts();
  const ill = status.daemon?.ill;
  if (ill === null || ill === undefined) return null;
  return (
    <div role="alert" className="mb-4 rounded-xl border border-fail bg-fail-t px-4 py-3">
      <p className="font-medium">{today.heldUp}</p>
      <p>{ill.say}</p>
      <p>{ill.fix}</p>
    </div>
  );
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Status } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";

/** How long a gap is told after it, milliseconds. */
const TOLD_MS = 86_400_000;

/** What makes everything else on the page doubtful: the daemon's own work is held up, or nobody watched for a while. */
export function Banners({ status: { daemon, at } }: { readonly status: Status }): ReactNode {
  const { today } = useTexts();
  const { ill, down } = daemon ?? {};
  return (
    <>
      {ill != null && (
        <div role="alert" className="mb-4 rounded-xl border border-fail bg-fail-t px-4 py-3">
          <p className="font-medium">{today.heldUp}</p>
          <p>{ill.say}</p>
          <p>{ill.fix}</p>
        </div>
      )}
      {down != null && down.missed.length > 0 && at - down.to < TOLD_MS && <Down {...down} />}
    </>
  );
}

type Gap = NonNullable<NonNullable<Status["daemon"]>["down"]>;

function Down({ from, to, missed }: Gap): ReactNode {
  const { today } = useTexts();
  const times = useTimes();
  return (
    <div role="status" className="mb-4 rounded-xl border border-warn bg-warn-t px-4 py-3">
      <p className="font-medium">{format(today.down, { from: times.at(from), to: times.at(to) })}</p>
      <p>{today.downUnseen}</p>
      <p>
        {today.downMissed} <Link to="/duties">{missed.join(", ")}</Link>
      </p>
    </div>
  );
}

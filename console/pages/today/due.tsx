import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Status } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Section } from "../../ui/section.tsx";

const ORDER = ["open", "due", "running", "missed", "waiting", "done", "on-demand"];

/** Duties of the present period, those that need somebody first. */
export function Due({ status }: { readonly status: Status }): ReactNode {
  const { today } = useTexts();
  const times = useTimes();
  const sorted = status.duties.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return (
    <Section title={today.duties}>
      {sorted.length === 0 && <Empty say={today.dutiesEmpty} fix={today.dutiesFix} />}
      <ul>
        {sorted.map((duty) => (
          <li key={duty.id} className="border-t border-line py-2 first:border-0 first:pt-0">
            <div className="flex items-baseline justify-between gap-3">
              <Link data-row to="/duties/$id" params={{ id: duty.id }} className="font-medium">
                {duty.title}
              </Link>
              <Badge state={duty.state} />
            </div>
            <p className="text-[0.88rem] text-quiet">
              {duty.due !== null && duty.state !== "done" && format(today.due, { at: times.at(duty.due) })}
            </p>
            {duty.missed.length > 0 && (
              <p className="text-[0.88rem] text-fail">
                {format(today.missed, { count: duty.missed.length, last: duty.missed[0] ?? "" })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { DrillDue } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Section } from "../../ui/section.tsx";
import { wordOf } from "../../ui/word.ts";

const ORDER = ["overdue", "undrilled", "due", "later", "on-demand"] as const;

/** What is to be drilled, the overdue first, then what was never drilled. */
export function Drills({ drills }: { readonly drills: readonly DrillDue[] }): ReactNode {
  const { backups: words } = useTexts();
  const rank = ({ state }: DrillDue): number => ORDER.indexOf(state);
  const sorted = drills.toSorted((a, b) => rank(a) - rank(b) || (a.due ?? 0) - (b.due ?? 0));
  return (
    <Section title={words.drills} aside={drills.length}>
      {drills.length === 0 && <Empty say={words.noDrills} fix={words.noPromisesFix} />}
      <ul>
        {sorted.map((one) => (
          <DrillRow key={one.runbook} drill={one} />
        ))}
      </ul>
    </Section>
  );
}

function DrillRow({
  drill: { runbook, title, every, state, due, last, removed },
}: {
  readonly drill: DrillDue;
}): ReactNode {
  const { backups: words, evidence } = useTexts();
  const times = useTimes();
  const when = due === null ? [] : [format(state === "overdue" ? words.wasDue : words.dueOn, { at: times.at(due) })];
  const interval = every === null ? words.noInterval : wordOf(words.every, every);
  const newest =
    last && format(words.lastDrill, { verdict: wordOf(evidence.verdicts, last.verdict), at: times.at(last.at) });
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-t border-line py-2 first:border-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <Link data-row to="/runs/new/$runbook" params={{ runbook }} className="font-medium">
            {title}
          </Link>
        </p>
        <p className="text-[0.9rem] text-quiet">
          {[interval, ...when, ...(newest === null ? [] : [newest])].join(" · ")}
          {last !== null && (
            <>
              {" · "}
              <Link to="/evidence/$id" params={{ id: last.evidence }}>
                {words.evidence}
              </Link>
            </>
          )}
        </p>
        {removed && <p className="text-[0.9rem] text-fail">{words.drillRemoved}</p>}
      </div>
      <Badge state={state} />
    </li>
  );
}

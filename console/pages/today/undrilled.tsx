import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { promises } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";

const OWED = ["overdue", "undrilled", "due"] as const;

/** Drills that are owed, by how they stand; the way to their calendar. Nothing where none is. */
export function Undrilled(): ReactNode {
  const { today, states } = useTexts();
  const drills = useRead(promises).data?.drills ?? [];
  const owed = OWED.map((state) => ({ state, of: drills.filter((one) => one.state === state) }));
  const first = owed.flatMap(({ of }) => of).slice(0, 3);
  if (first.length === 0) return null;
  return (
    <div className="mb-2 border-b border-line pb-3">
      <p className="flex flex-wrap items-center gap-2">
        {owed
          .filter(({ of }) => of.length > 0)
          .map(({ state, of }) => (
            <Badge key={state} state={state} word={`${of.length} ${states[state]}`} />
          ))}
        <Link data-row to="/backups" hash="calendar">
          {today.calendar}
        </Link>
      </p>
      <p className="text-[0.9rem] text-quiet">
        {format(today.drills, { drills: first.map(({ title }) => title).join(", ") })}
      </p>
    </div>
  );
}

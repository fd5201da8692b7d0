import { useEffect, useState, type ReactNode } from "react";
import type { DrillDue } from "../../../src/api/contract.ts";
import { bookNow, drillDays } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { MonthGrid } from "../../ui/month-grid.tsx";
import { cellsOf } from "./calendar.ts";

/** Drills against the days of one month: done, due, overdue, never done. */
export function Calendar({ drills }: { readonly drills: readonly DrillDue[] }): ReactNode {
  const { backups: words } = useTexts();
  const [asked, ask] = useState<string>();
  const timeZone = useRead(bookNow).data?.zone ?? "UTC";
  const form = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const now = useRead((lang) => drillDays(lang, asked));
  const there = now.data !== undefined;
  // Whoever was led to the calendar is led there when it is.
  useEffect(() => {
    if (there && location.hash === "#calendar") document.querySelector("#calendar")?.scrollIntoView();
  }, [there]);
  if (drills.length === 0) return null;
  return (
    <Loaded of={now}>
      {({ month, today, days }) => {
        const given = { days, today, dayOf: (at: number) => form.format(at) };
        const rows = drills.map((one) => ({ id: one.runbook, title: one.title, cells: cellsOf(one, given) }));
        const said = { at: "calendar", title: words.calendar, of: words.runbook, legend: words.legend };
        return <MonthGrid {...said} month={month} today={today} asked={asked} rows={rows} onTurn={ask} />;
      }}
    </Loaded>
  );
}

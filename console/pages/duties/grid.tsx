import { useState, type ReactNode } from "react";
import type { DutyNow } from "../../../src/api/contract.ts";
import { bookNow, dutyDays } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { usePrefs } from "../../app/prefs.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { MonthGrid } from "../../ui/month-grid.tsx";
import { cellsOf } from "./month.ts";

/** Duties against the days of one month. */
export function Grid({ duties }: { readonly duties: readonly DutyNow[] }): ReactNode {
  const { texts, lang } = usePrefs();
  const words = texts.duties;
  const [asked, ask] = useState<string>();
  const timeZone = useRead(bookNow).data?.zone ?? "UTC";
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  return (
    <Loaded of={useRead((one) => dutyDays(one, asked))}>
      {({ month, today, days }) => {
        const rows = duties.map((duty) => {
          const next = duty.next.map((at) => day.format(at));
          return { id: duty.id, title: duty.title, cells: cellsOf(duty, days, { next, lang }) };
        });
        const given = { title: words.month, of: words.duty, legend: words.legend };
        return <MonthGrid {...given} month={month} today={today} asked={asked} rows={rows} onTurn={ask} />;
      }}
    </Loaded>
  );
}

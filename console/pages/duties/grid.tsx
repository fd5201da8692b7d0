import { useState, type ReactNode } from "react";
import type { DutyNow } from "../../../src/api/contract.ts";
import { bookNow, dutyDays } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { usePrefs } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Cells } from "./cells.tsx";
import { daysOf, monthAfter } from "./month.ts";

/** Duties against the days of one month. */
export function Grid({ duties }: { readonly duties: readonly DutyNow[] }): ReactNode {
  const { texts, lang } = usePrefs();
  const words = texts.duties;
  const [asked, ask] = useState<string>();
  const zone = useRead(bookNow).data?.zone ?? "UTC";
  return (
    <Loaded of={useRead((one) => dutyDays(one, asked))}>
      {({ month, today, days }) => {
        const name = new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", {
          month: "long",
          year: "numeric",
          timeZone: "UTC",
        });
        const all = daysOf(month);
        const turn = (
          <span className="flex items-center gap-1">
            <Button look="bare" aria-label={words.before} onClick={() => ask(monthAfter(month, -1))}>
              <span aria-hidden="true">◂</span>
            </Button>
            {name.format(new Date(`${month}-01T00:00:00Z`))}
            <Button look="bare" aria-label={words.after} onClick={() => ask(monthAfter(month, 1))}>
              <span aria-hidden="true">▸</span>
            </Button>
          </span>
        );
        return (
          <Section title={words.month} aside={turn}>
            {/* What is wider than the screen is scrolled, also by keyboard. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`${words.month}: ${month}`}>
              <table className="border-separate border-spacing-0.5">
                <thead>
                  <tr>
                    <th scope="col" className="sticky left-0 bg-card text-left font-normal text-quiet">
                      {words.duty}
                    </th>
                    {all.map((day) => (
                      <th
                        key={day}
                        scope="col"
                        className={`min-w-7 text-center text-[0.8rem] font-normal ${day === today ? "rounded bg-wait-t text-wait" : "text-quiet"}`}
                      >
                        {Number(day.slice(-2))}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {duties.map((duty) => (
                    <Cells key={duty.id} duty={duty} days={days} all={all} zone={zone} />
                  ))}
                </tbody>
              </table>
            </div>
            <p className="mt-2 text-[0.85rem] text-quiet">{words.legend}</p>
          </Section>
        );
      }}
    </Loaded>
  );
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { usePrefs } from "../app/prefs.tsx";
import { format } from "../i18n/format.ts";
import { Button } from "./button.tsx";
import { daysOf, monthAfter, type Cell, type MonthRow } from "./month.ts";
import { Section } from "./section.tsx";
import { signOf, toneOf } from "./signs.ts";
import { wordOf } from "./word.ts";

interface Given {
  readonly title: string;
  /** Its address on the page. */
  readonly at?: string;
  /** Over the column of names. */
  readonly of: string;
  readonly legend: string;
  /** `2026-11`, and the day that it is now. */
  readonly month: string;
  readonly today: string;
  /** The month that was asked for and may still be on its way: who turns twice turns from there. */
  readonly asked: string | undefined;
  readonly rows: readonly MonthRow[];
  readonly onTurn: (month: string) => void;
}

/** A narrow screen begins at the present day: the days before it are a finger away. */
function atToday(region: HTMLElement | null): void {
  const now = region?.querySelector<HTMLElement>("[data-today]");
  if (!region || !now) return;
  const ahead = now.getBoundingClientRect().left - region.getBoundingClientRect().left;
  region.scrollLeft = ahead - region.clientWidth / 2;
}

/** Lines against the days of one month; a sign leads to what proves it. */
export function MonthGrid({ title, at, of, legend, month, today, asked = month, rows, onTurn }: Given): ReactNode {
  const { texts, lang } = usePrefs();
  const words = texts.shell.month;
  const name = new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const all = daysOf(month);
  const turn = (
    <span className="flex items-center gap-1">
      <Button look="bare" aria-label={words.before} onClick={() => onTurn(monthAfter(asked, -1))}>
        <span aria-hidden="true">◂</span>
      </Button>
      {name.format(new Date(`${month}-01T00:00:00Z`))}
      <Button look="bare" aria-label={words.after} onClick={() => onTurn(monthAfter(asked, 1))}>
        <span aria-hidden="true">▸</span>
      </Button>
    </span>
  );
  return (
    <Section title={title} aside={turn} {...(at !== undefined && { at })}>
      {/* What is wider than the screen is scrolled, also by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={atToday} className="overflow-x-auto" tabIndex={0} role="region" aria-label={`${title}: ${month}`}>
        <table className="border-separate border-spacing-0.5">
          <thead>
            <tr>
              <th scope="col" className="sticky left-0 bg-card text-left font-normal text-quiet">
                {of}
              </th>
              {all.map((day) => (
                <th
                  key={day}
                  scope="col"
                  data-today={day === today ? "" : undefined}
                  className={`min-w-7 text-center text-[0.8rem] font-normal ${day === today ? "rounded bg-wait-t text-wait" : "text-quiet"}`}
                >
                  {Number(day.slice(-2))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.id} row={row} all={all} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-[0.85rem] text-quiet">{legend}</p>
    </Section>
  );
}

const Line = ({ row, all }: { readonly row: MonthRow; readonly all: readonly string[] }): ReactNode => (
  <tr>
    <th
      scope="row"
      className="sticky left-0 max-w-32 min-w-28 bg-card pr-2 text-left text-[0.9rem] font-normal wrap-break-word wide:max-w-64 wide:min-w-40"
    >
      {row.title}
    </th>
    {all.map((day) => (
      <td key={day} className="p-0 text-center">
        <Mark cell={row.cells.get(day)} title={row.title} day={day} />
      </td>
    ))}
  </tr>
);

function Mark({ cell, title, day }: { cell: Cell | undefined; title: string; day: string }): ReactNode {
  const { texts } = usePrefs();
  if (cell === undefined) return <span className="block h-7 rounded bg-sunk" />;
  const label = format(texts.shell.month.cell, { title, day, state: wordOf(texts.states, cell.state) });
  const look = `flex h-7 min-w-7 items-center justify-center rounded text-[0.8rem] ${toneOf(cell.state)}`;
  const sign = <span aria-hidden="true">{signOf(cell.state)}</span>;
  const given = { "aria-label": label, title: label, className: `plain ${look}` };
  if (cell.href === null)
    return (
      <span role="img" aria-label={label} title={label} className={look}>
        {sign}
      </span>
    );
  // Reports are pages of the server's own.
  if (cell.href.startsWith("/reports/"))
    return (
      <a href={cell.href} {...given}>
        {sign}
      </a>
    );
  return (
    <Link to={cell.href} {...given}>
      {sign}
    </Link>
  );
}

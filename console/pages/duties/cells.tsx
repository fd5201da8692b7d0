import type { ReactNode } from "react";
import type { DutyDay, DutyNow } from "../../../src/api/contract.ts";
import { usePrefs } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { signOf, toneOf } from "../../ui/signs.ts";
import { wordOf } from "../../ui/word.ts";
import { cellsOf, type Cell } from "./month.ts";

interface Given {
  readonly duty: DutyNow;
  readonly days: readonly DutyDay[];
  readonly all: readonly string[];
  readonly zone: string;
}

/** One duty through one month. */
export function Cells({ duty, days, all, zone }: Given): ReactNode {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const cells = cellsOf(
    duty,
    days,
    duty.next.map((at) => day.format(at)),
  );
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 max-w-32 min-w-28 bg-card pr-2 text-left text-[0.9rem] font-normal wrap-break-word wide:max-w-64 wide:min-w-40"
      >
        {duty.title}
      </th>
      {all.map((one) => (
        <td key={one} className="p-0 text-center">
          <Mark cell={cells.get(one)} duty={duty.title} day={one} />
        </td>
      ))}
    </tr>
  );
}

function Mark({ cell, duty, day }: { cell: Cell | undefined; duty: string; day: string }): ReactNode {
  const { texts, lang } = usePrefs();
  if (cell === undefined) return <span className="block h-7 rounded bg-sunk" />;
  const label = format(texts.duties.cell, { duty, day, state: wordOf(texts.states, cell.state) });
  const look = `flex h-7 min-w-7 items-center justify-center rounded text-[0.8rem] ${toneOf(cell.state)}`;
  const sign = <span aria-hidden="true">{signOf(cell.state)}</span>;
  if (cell.run === null)
    return (
      <span role="img" aria-label={label} title={label} className={look}>
        {sign}
      </span>
    );
  return (
    <a
      href={`/reports/${encodeURIComponent(cell.run)}?lang=${lang}`}
      aria-label={label}
      title={label}
      className={`plain ${look}`}
    >
      {sign}
    </a>
  );
}

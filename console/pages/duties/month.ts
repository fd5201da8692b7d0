import type { DutyDay, DutyNow } from "../../../src/api/contract.ts";
import type { Lang } from "../../../src/model/lang.ts";
import type { Cell } from "../../ui/month.ts";

const WORST = [
  "fail",
  "missed",
  "inconclusive",
  "warn",
  "open",
  "due",
  "running",
  "waiting",
  "rehearsal",
  "pass",
  "done",
];
const stateOf = ({ state, verdict }: DutyDay): string => (state === "done" && verdict !== null ? verdict : state);

/** Cells of one duty by day: of several periods in one day the worst. `next`: days on which it will be due. Pure. */
export function cellsOf(
  duty: Pick<DutyNow, "id">,
  days: readonly DutyDay[],
  { next, lang }: { readonly next: readonly string[]; readonly lang: Lang },
): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>(next.map((day) => [day, { state: "waiting", href: null }]));
  const rank = (state: string): number => (WORST.indexOf(state) + WORST.length + 1) % (WORST.length + 1);
  for (const one of days) {
    if (one.duty !== duty.id) continue;
    const there = cells.get(one.day);
    const state = stateOf(one);
    const href = one.run === null ? null : `/reports/${encodeURIComponent(one.run)}?lang=${lang}`;
    if (there === undefined || there.state === "waiting" || rank(state) < rank(there.state))
      cells.set(one.day, { state, href });
  }
  return cells;
}

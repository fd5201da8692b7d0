import type { DutyDay, DutyNow } from "../../../src/api/contract.ts";

/** Days of a month `YYYY-MM`, as `YYYY-MM-DD`. */
export function daysOf(month: string): readonly string[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, day) => `${month}-${String(day + 1).padStart(2, "0")}`);
}

/** The month `by` months later. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** What one cell shows: the worst of its day, and where its report is. */
export interface Cell {
  readonly state: string;
  readonly run: string | null;
}

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
  next: readonly string[],
): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>(next.map((day) => [day, { state: "waiting", run: null }]));
  const rank = (state: string): number => (WORST.indexOf(state) + WORST.length + 1) % (WORST.length + 1);
  for (const one of days) {
    if (one.duty !== duty.id) continue;
    const there = cells.get(one.day);
    const state = stateOf(one);
    if (there === undefined || there.state === "waiting" || rank(state) < rank(there.state))
      cells.set(one.day, { state, run: one.run });
  }
  return cells;
}

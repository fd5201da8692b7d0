import type { DrillDay, DrillDue } from "../../../src/api/contract.ts";
import type { Cell } from "../../ui/month.ts";

const WORST = ["fail", "inconclusive", "rehearsal", "pass"];

interface Given {
  readonly days: readonly DrillDay[];
  /** `2026-11-21`: what is due and was not done stands here too. */
  readonly today: string;
  /** `2026-11-21` of a moment, in the book's zone. */
  readonly dayOf: (at: number) => string;
}

/**
 * Days of one drill: each with the worst of its drills and the way to its evidence, the day on which it is due, and today what is
 * overdue or was never drilled. Pure.
 */
export function cellsOf(drill: DrillDue, { days, today, dayOf }: Given): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const { runbook, day, verdict, evidence } of days) {
    if (runbook !== drill.runbook) continue;
    const there = cells.get(day);
    const href = `/evidence/${encodeURIComponent(evidence)}`;
    if (there === undefined || WORST.indexOf(verdict) < WORST.indexOf(there.state))
      cells.set(day, { state: verdict, href });
  }
  const { state, due, runbook } = drill;
  const href = `/runs/new/${encodeURIComponent(runbook)}`;
  const put = (day: string, what: string): void => void (cells.has(day) || cells.set(day, { state: what, href }));
  if (due !== null) put(dayOf(due), state === "overdue" ? "overdue" : "due");
  if (state === "overdue" || state === "undrilled") put(today, state);
  return cells;
}

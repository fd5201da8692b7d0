import { basename } from "node:path";
import { drilledOf, type DrillableRunbook } from "../../engine/plan/drilled.ts";
import type { Drilled, DrillRecord } from "../../evidence/drills.ts";
import type { Book } from "../../model/book.ts";
import { periodDays } from "../../model/every.ts";
import { promisesOf } from "../../report/drill/promises.ts";
import type { DrillDay, DrillDue, Promises } from "../contract.ts";

const DAY = 86_400_000;
/** What falls due within this part of its period is due now. */
const SOON = 0.1;

/** Of a runbook: its drills, newest first, and whether evidence of a run is gone that came after them. */
interface Recorded {
  readonly drills: readonly Drilled[];
  readonly removed: boolean;
}

function recordedOf({ drills: all, removed }: DrillRecord, id: string): Recorded {
  const drills = all.filter(({ runbook, verdict }) => runbook === id && verdict !== "rehearsal");
  const last = drills[0]?.index ?? -1;
  const gone = removed === "all" || removed.some(({ runbook, index }) => runbook === id && index > last);
  return { drills, removed: gone };
}

function dueOf(runbook: DrillableRunbook, { drills, removed }: Recorded, now: number): DrillDue {
  const { id, title, kind, every, source } = runbook;
  const [newest] = drills;
  // A drill that failed proves nothing: what counts is the last that passed.
  const passed = drills.find(({ verdict }) => verdict === "pass")?.ended;
  const days = periodDays(every);
  const due = passed === undefined || days === undefined ? null : passed + days * DAY;
  const left = due === null ? Infinity : due - now;
  const state =
    passed === undefined
      ? "undrilled"
      : due === null
        ? "on-demand"
        : left < 0
          ? "overdue"
          : left < SOON * days! * DAY
            ? "due"
            : "later";
  const { ended: at, verdict, directory = "" } = newest ?? {};
  const last = at === undefined || verdict === undefined ? null : { at, verdict, evidence: basename(directory) };
  return { runbook: id, title, kind, every: every ?? null, source, state, due, last, passed: passed ?? null, removed };
}

/** Promises beside proofs, and the calendar of drills. `now`: milliseconds since the epoch. */
export function promisesView(book: Book, record: DrillRecord, now: number): Promises {
  const drilled = drilledOf(book);
  const promises = promisesOf(drilled, record).map(({ objective, best, worst, last, proven, ...rest }) => ({
    ...rest,
    objective: objective ?? null,
    ...{ best: best ?? null, worst: worst ?? null, last: last ?? null, proven: proven ?? null },
  }));
  return { at: now, promises, drills: drilled.map((one) => dueOf(one, recordedOf(record, one.id), now)) };
}

/** Drills that ended in one month `YYYY-MM`, newest first. `day`: `2026-11-20` of a moment in the book's zone. Pure. */
export const drillDays = (
  drills: readonly Drilled[],
  day: (at: number) => string,
  month: string,
): readonly DrillDay[] =>
  drills
    .map(({ runbook, ended, verdict, directory }) => ({
      ...{ runbook, verdict, day: day(ended) },
      evidence: basename(directory),
    }))
    .filter((one) => one.day.startsWith(month));

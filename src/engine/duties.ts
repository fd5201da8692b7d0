import { everyOf, missedPeriods, periodBounds, periodOf } from "../desk/duty/index.ts";
import { windowAt } from "../model/window.ts";
import type { DutyRecord } from "../model/duty.ts";
import type { Change, Store } from "../store/store.ts";
import { commitDuty } from "./duty-commit.ts";
import { dueIn, type Timetable } from "./schedule.ts";

/** What the calendar asks of one duty now. */
export type Asked =
  /** Nothing before `until`, milliseconds since the epoch: not due yet, or its period is done. */
  | { readonly kind: "wait"; readonly until: number }
  /** Somebody does it. */
  | { readonly kind: "running" }
  /** Do it now, in this period. */
  | { readonly kind: "do"; readonly period: string };

/**
 * What is due of one duty at `now`. Pure. A period that ended is never done late: it was missed. A missed period that is
 * the present one again (a clock ran ahead and was set right) may still be done.
 */
export function asked(table: Timetable, zone: string, now: number, record: DutyRecord | undefined): Asked {
  const period = periodOf(table.duty.every, now, zone);
  const { start, end } = periodBounds(period, zone);
  const state = record?.period === period ? record.state : undefined;
  if (state === "running") return { kind: "running" };
  if (state === "done" || state === "open") return { kind: "wait", until: end };
  // A due time inside a gap of the clock may lie behind the end of a short period.
  const due = Math.min(dueIn(table, start), end - 1);
  if (now < due) return { kind: "wait", until: due };
  const hours = table.duty.window && windowAt(table.duty.window, now, zone);
  // Its hours are over: they come again in this period, or it is missed.
  return hours?.open === false ? { kind: "wait", until: Math.min(hours.opens, end) } : { kind: "do", period };
}

const sinceKey = (duty: string): string => `duty.since:${duty}`;

/**
 * Records every period of a duty that ended without it, in the order of time; gives how many. The first call for a
 * duty only notes that it is known from `now` on. Doing it twice, or in two processes, records nothing twice: the
 * store refuses a second record, and the loser reads again.
 */
export async function recordMissed(store: Store, table: Timetable, zone: string, now: number): Promise<number> {
  const { duty } = table;
  const stored = await store.value(sinceKey(duty.id));
  const since = stored === undefined ? now : Number(stored);
  const records = await store.duties({ duty: duty.id, limit: 1000 });
  // A clock that stands before what is on record (CLOCK-BEHIND) is not believed: by its time nothing was missed, and the
  // days between it and the right one were not all missed once it is set right.
  if (records.some((one) => everyOf(one.period) === duty.every && periodBounds(one.period, zone).start > now)) return 0;
  const known = new Map(records.map((one) => [one.period, one.state === "due" ? "due" : "other"] as const));
  const missed = missedPeriods(duty.every, since, now, zone, known);
  for (const period of missed.periods) {
    const where = { duty: duty.id, period };
    await commitDuty(store, where, { kind: "expire", ...where }, now);
  }
  // Everything before the present period is settled now. A clock set back, with nothing on record after it, moves the
  // mark back with it.
  const { start } = periodBounds(periodOf(duty.every, now, zone), zone);
  const mark = stored === undefined ? now : Math.min(now, Math.max(since, start));
  const changes: Change[] = [];
  if (String(mark) !== stored) changes.push({ kind: "value.set", key: sinceKey(duty.id), value: String(mark) });
  if (missed.older > 0) {
    const data = { count: missed.older, before: missed.periods[0] ?? "" };
    changes.push({ kind: "event.add", event: { at: now, kind: "duty.missed-older", subject: duty.id, data } });
  }
  if (changes.length > 0) await store.commit(changes);
  return missed.periods.length;
}

/** Marks a duty as due without doing it: drills are begun by a person. */
export async function markDue(store: Store, duty: string, period: string, now: number): Promise<void> {
  await commitDuty(store, { duty, period }, { kind: "due", duty, period }, now);
}

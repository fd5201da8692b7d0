import type { CalendarEvery } from "../../model/every.ts";
import { periodAfter, periodBounds, periodOf } from "./period.ts";

/** One record per missed hour of a month is what anybody reads; a clock that once stood at 1970 must not write 490,000. */
const MOST = 750;

export interface Missed {
  /** Oldest first, at most 750: the newest ones. */
  readonly periods: readonly string[];
  /** How many older ones are not listed. */
  readonly older: number;
}

/**
 * Periods that ended between `since` and `now` (milliseconds since the epoch) and have no record, or one that is still
 * due (`known` says which): all were missed. `since` is the moment the duty was first known; the period it lies in
 * counts. A clock set back (`now` before `since`) gives none.
 */
export function missedPeriods(
  every: CalendarEvery,
  since: number,
  now: number,
  zone: string,
  known: ReadonlyMap<string, "due" | "other">,
): Missed {
  const missed: string[] = [];
  let older = 0;
  if (now <= since) return { periods: missed, older };
  const current = periodOf(every, now, zone);
  let period = periodOf(every, since, zone);
  while (period !== current && periodBounds(period, zone).end <= now) {
    if (known.get(period) !== "other") missed.push(period);
    period = periodAfter(period, zone);
    if (missed.length > MOST) {
      missed.shift();
      older += 1;
    }
  }
  return { periods: missed, older };
}

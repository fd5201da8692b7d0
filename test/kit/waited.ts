import { setTimeout as pause } from "node:timers/promises";
import { systemClock } from "../../src/model/time.ts";

/** Least time between two looks, milliseconds, and the longest. */
const [LEAST, MOST] = [10, 100];
/** Real time, looks included, may be so many times the limit. */
const REAL = 3;

/**
 * Looks until `look` gives something, and gives that. Fails with `what`, and the seconds that have really gone by, after so
 * many milliseconds of waiting: what a look itself takes does not count, as a machine with ten tests at once takes ten times as
 * long for each; but at three times the limit it is over, also in the middle of a look. One that costs is done less often.
 */
export async function waited<T>(
  what: string | (() => string),
  look: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = 60_000,
): Promise<T> {
  const millisecondsSince = (then: bigint): number => Number(systemClock.monotonic() - then) / 1e6;
  const begun = systemClock.monotonic();
  const found = new AbortController();
  const over = pause(limitMs * REAL, undefined, { signal: found.signal }).catch(() => undefined);
  try {
    for (let waiting = 0; ;) {
      const before = systemClock.monotonic();
      const seen = await Promise.race([look(), over]);
      if (seen !== undefined && seen !== false) return seen;
      const real = millisecondsSince(begun);
      if (waiting > limitMs || real >= limitMs * REAL)
        throw new Error(`waited ${Math.round(real / 1_000)} s in vain: ${typeof what === "string" ? what : what()}`);
      const next = Math.min(MOST, Math.max(LEAST, millisecondsSince(before) * 5));
      await pause(next);
      waiting += next;
    }
  } finally {
    found.abort();
  }
}

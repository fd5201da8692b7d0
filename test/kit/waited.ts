import { setTimeout as pause } from "node:timers/promises";
import { systemClock } from "../../src/model/time.ts";

/** Longest time between two looks, milliseconds, and the least. */
const [LEAST, MOST] = [10, 100];

/**
 * Looks until `look` gives something, and gives that; fails with `what` after so many milliseconds of waiting. What a look
 * itself takes does not count: a machine with ten tests at once takes ten times as long for each. One that costs is done less often.
 */
export async function waited<T>(
  what: string | (() => string),
  look: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = 60_000,
): Promise<T> {
  for (let waiting = 0; ;) {
    const begun = systemClock.monotonic();
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (waiting > limitMs)
      throw new Error(`waited ${limitMs / 1_000} s in vain: ${typeof what === "string" ? what : what()}`);
    const cost = Number(systemClock.monotonic() - begun) / 1e6;
    const next = Math.min(MOST, Math.max(LEAST, cost * 5));
    await pause(next);
    waiting += next;
  }
}

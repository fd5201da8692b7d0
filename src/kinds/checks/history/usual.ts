import type { Sample } from "../../../model/check.ts";

const HOUR_MS = 3_600_000;
/** Fewer samples of the same hour than this say nothing about the hour. */
const ENOUGH = 5;
/** Turns a median absolute deviation into a standard deviation of a normal distribution. */
const TO_SIGMA = 1.4826;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Middle and spread of earlier values; not moved by a few outliers. */
export interface Usual {
  readonly median: number;
  readonly deviation: number;
  readonly samples: number;
}

export function usual(values: readonly number[]): Usual {
  const middle = median(values);
  const deviation = TO_SIGMA * median(values.map((value) => Math.abs(value - middle)));
  return { median: middle, deviation, samples: values.length };
}

/**
 * The greatest sample of each window of time, without the window that now lasts: many short runs inside one window must
 * not make its growing figure the usual one.
 */
export function perWindow(history: readonly Sample[], windowMs: number, now: number): readonly Sample[] {
  const window = (at: number) => Math.floor(at / windowMs);
  const greatest = new Map<number, Sample>();
  for (const sample of history) {
    const known = greatest.get(window(sample.at));
    if (!known || sample.value > known.value) greatest.set(window(sample.at), sample);
  }
  greatest.delete(window(now));
  return [...greatest.values()];
}

/** Values of the same hour of the day (an hour either way), or of all hours while there are too few of those. */
export function sameHour(history: readonly Sample[], now: number): readonly number[] {
  const hour = (at: number) => Math.floor(at / HOUR_MS) % 24;
  const apart = (at: number) => Math.abs(hour(at) - hour(now));
  const near = history.filter((sample) => Math.min(apart(sample.at), 24 - apart(sample.at)) <= 1);
  return (near.length >= ENOUGH ? near : history).map((sample) => sample.value);
}

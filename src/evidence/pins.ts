import { reason, type Reason } from "./refusal.ts";
import type { Predicate } from "./statement.ts";

/** What the asker knows and the evidence must be about. */
export interface Pins {
  /** Milliseconds since the epoch: the moment of asking. */
  readonly now: number;
  /** Milliseconds since the end of the run that are still fresh. */
  readonly maxAge?: number;
  readonly host?: string;
  /** Commit of the manual, whole or its first 7 characters or more. */
  readonly commit?: string;
}

/** Clocks of two hosts may differ by so much, milliseconds. */
const SKEW = 5 * 60_000;

const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
] as const;

/** An age as `--max-age` takes it, in whole seconds: `1d 2h 30s`. */
function ageText(ms: number): string {
  let rest = Math.floor(ms / 1_000);
  const words = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count === 0 ? [] : [`${count}${unit}`];
  });
  return words.join(" ") || "0s";
}

/**
 * Reasons why the evidence, sound as it may be, is not the one that was asked for. `measured`: when its oldest restated
 * reading was measured, milliseconds since the epoch; answering later makes no reading fresh.
 */
export function checkPins(predicate: Predicate, pins: Pins, measured?: number): readonly Reason[] {
  const ended = pins.now - Date.parse(predicate.ended);
  const age = measured === undefined ? ended : Math.max(ended, pins.now - measured);
  const commit = predicate.book.commit ?? "none";
  const wanted = pins.commit?.toLowerCase();
  return [
    ...(ended < -SKEW ? [reason("from-the-future", { ended: predicate.ended })] : []),
    ...(pins.maxAge !== undefined && age > pins.maxAge
      ? [reason("stale", { age: ageText(age), max: ageText(pins.maxAge) })]
      : []),
    ...(pins.host !== undefined && pins.host !== predicate.host
      ? [reason("other-host", { wanted: pins.host, host: predicate.host })]
      : []),
    ...(wanted !== undefined && !(wanted.length >= 7 && commit.startsWith(wanted))
      ? [reason("other-commit", { wanted, commit })]
      : []),
  ];
}

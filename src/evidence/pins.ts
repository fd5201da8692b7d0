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

const hours = (ms: number): number => Math.round(ms / 36_000) / 100;

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
      ? [reason("stale", { hours: hours(age), max: hours(pins.maxAge) })]
      : []),
    ...(pins.host !== undefined && pins.host !== predicate.host
      ? [reason("other-host", { wanted: pins.host, host: predicate.host })]
      : []),
    ...(wanted !== undefined && !(wanted.length >= 7 && commit.startsWith(wanted))
      ? [reason("other-commit", { wanted, commit })]
      : []),
  ];
}

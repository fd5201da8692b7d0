import type { Bands } from "./check.ts";
import type { Outcome } from "./states.ts";

/** Bands that name no limit judge nothing. */
export const hasLimit = ({ normal, warn, critical }: Bands): boolean =>
  normal !== undefined || warn !== undefined || critical !== undefined;

/**
 * Outcome of a value against bands; a value on a limit has reached it. NaN, and bands without a limit, are unknown.
 * Where only `normal` is known, what is not normal is a warning: nothing else would ever say so.
 */
export function judge(value: number, bands: Bands): { readonly outcome: Outcome; readonly elevated: boolean } {
  if (Number.isNaN(value) || !hasLimit(bands)) return { outcome: "unknown", elevated: false };
  const reached = (limit: number | undefined): boolean =>
    limit !== undefined && (bands.bad === "above" ? value >= limit : value <= limit);
  if (reached(bands.critical)) return { outcome: "fail", elevated: false };
  if (reached(bands.warn)) return { outcome: "warn", elevated: false };
  if (!reached(bands.normal)) return { outcome: "pass", elevated: false };
  return bands.warn === undefined && bands.critical === undefined
    ? { outcome: "warn", elevated: false }
    : { outcome: "pass", elevated: true };
}

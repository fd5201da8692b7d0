import type { Bands } from "./check.ts";
import type { Outcome } from "./states.ts";

/** Outcome of a value against bands; a value on a limit has reached it. NaN is unknown. */
export function judge(value: number, bands: Bands): { readonly outcome: Outcome; readonly elevated: boolean } {
  if (Number.isNaN(value)) return { outcome: "unknown", elevated: false };
  const reached = (limit: number | undefined): boolean =>
    limit !== undefined && (bands.bad === "above" ? value >= limit : value <= limit);
  if (reached(bands.critical)) return { outcome: "fail", elevated: false };
  if (reached(bands.warn)) return { outcome: "warn", elevated: false };
  return { outcome: "pass", elevated: reached(bands.normal) };
}

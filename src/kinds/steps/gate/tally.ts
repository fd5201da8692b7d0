import type { Bands } from "../../../model/check.ts";
import type { Look } from "../check/probe.ts";

/** What all looks of a gate saw together. Values are those that the check gave; a check of states gives none. */
export interface Tally {
  readonly looks: number;
  /** Looks that could be judged. */
  readonly measured: number;
  readonly unknown: number;
  readonly first?: number;
  /** By the side that is bad. */
  readonly worst?: number;
  readonly last?: number;
  /** The last look of all. */
  readonly latest?: Look;
  /** The last look that could not be judged. */
  readonly blind?: Look;
}

export const NOTHING: Tally = { looks: 0, measured: 0, unknown: 0 };

/** One look more. */
export function counted(tally: Tally, look: Look, bad: Bands["bad"]): Tally {
  const next = { ...tally, looks: tally.looks + 1, latest: look };
  if (look.outcome === "unknown") return { ...next, unknown: tally.unknown + 1, blind: look };
  const { value } = look;
  const judged = { ...next, measured: tally.measured + 1 };
  if (value === undefined) return judged;
  const { first = value, worst = value } = tally;
  const worse = bad === "below" ? Math.min(worst, value) : Math.max(worst, value);
  return { ...judged, first, worst: worse, last: value };
}

/**
 * Whether enough was seen to say that it held: as many looks gave a value as are needed, not more went blind than saw, and
 * the last one saw.
 */
export const isMeasured = ({ measured, unknown, latest }: Tally, least: number): boolean =>
  measured >= least && unknown <= measured && latest !== undefined && latest.outcome !== "unknown";

/** Looks that fit into a time, the first at its beginning and the last at its end. */
export const looksIn = (seconds: number, every: number): number => Math.ceil(seconds / every - 1e-9) + 1;

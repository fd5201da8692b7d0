import type { Cell } from "./protocol.ts";

/** Older samples stand for five minutes each. */
export const ROLL_MS = 300_000;

/** Samples of a stretch of time as one: outcome and facts as they lie in the file. */
export interface Folded {
  at: number;
  min: number;
  sum: number;
  max: number;
  last: number;
  count: number;
  worst: number | null;
  facts: string | null;
}

/** One sample: at, value, facts, seq, outcome. */
export const foldedOf = ([at, value, facts, , outcome]: readonly Cell[]): Folded => {
  const number = Number(value);
  const worst = outcome === null || outcome === undefined ? null : Number(outcome);
  return {
    ...{ at: Number(at), min: number, sum: number, max: number, last: number, count: 1, worst },
    facts: facts === null || facts === undefined ? null : String(facts),
  };
};

/**
 * Joins what lies in the same stretch of `everyMs` since `from`; the beginning of the stretch becomes the time. `rows`
 * come oldest first; so does what is given.
 */
export function fold(rows: Iterable<Folded>, everyMs: number, from = 0): Folded[] {
  const all: Folded[] = [];
  for (const row of rows) {
    const at = from + Math.floor((row.at - from) / everyMs) * everyMs;
    const open = all.at(-1);
    if (open?.at !== at) all.push({ ...row, at });
    else join(open, row);
  }
  return all;
}

function join(open: Folded, row: Folded): void {
  open.min = Math.min(open.min, row.min);
  open.max = Math.max(open.max, row.max);
  open.sum += row.sum;
  open.count += row.count;
  open.last = row.last;
  open.facts = row.facts;
  if (row.worst !== null) open.worst = Math.max(open.worst ?? 0, row.worst);
}

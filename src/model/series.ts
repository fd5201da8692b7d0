import type { Facts } from "./check.ts";
import type { Outcome } from "./states.ts";

/** What a check's samples of one stretch of time come to. */
export interface SeriesPoint {
  /** Beginning of the stretch, milliseconds since the epoch. */
  readonly at: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** The newest one. */
  readonly last: number;
  readonly count: number;
  /** Absent where no sample said its outcome. */
  readonly worst?: Outcome;
}

/** What is asked for charts, sparklines and forecasts. */
export interface SeriesQuery {
  readonly check: string;
  readonly target: string;
  /** Milliseconds since the epoch; `from` is part of it, `to` is not. */
  readonly from: number;
  readonly to: number;
  /** Points at most, at least 1. Stretches without a sample give none. */
  readonly points: number;
}

/** A point with the facts of its newest sample. */
export interface KeptPoint extends SeriesPoint {
  readonly facts?: Facts;
}

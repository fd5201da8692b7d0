import type { Bands } from "./check.ts";
import type { Args } from "./finding.ts";
import type { InspectionItem, Tick } from "./inspection.ts";
import type { Outcome, Verdict } from "./states.ts";
import type { Unit } from "./unit.ts";

/**
 * `data` of the events an inspection leaves, by type and in this order: one `run.started`; a `reading` per check and
 * target, in the order they ended; a `tick` per answer of a person; an `item` per item, in the manual's order; one
 * `run.ended`. A verifier needs nothing else to recompute the verdict.
 */
export interface InspectionEventData {
  readonly "run.started": {
    readonly id: string;
    readonly duty: string;
    readonly period: string;
    readonly by: string;
    readonly host: string;
    readonly book: string;
    readonly commit: string | null;
    readonly dirty: boolean;
    /** Run whose open items this one answers; its readings follow with the moment they were measured. */
    readonly answers?: string;
  };
  /**
   * `bands` is there exactly when they judged `value`: then `judge(value, bands)` must give `outcome`. Without bands
   * the probe judged a state itself, or nothing could be judged.
   */
  readonly reading: {
    readonly check: string;
    readonly target: string;
    readonly outcome: Outcome;
    readonly value?: number;
    readonly unit?: Unit;
    readonly bands?: Bands;
    readonly elevated?: boolean;
    readonly reason: string;
    readonly args: Args;
    readonly seconds: number;
    /** When it was measured, milliseconds since the epoch; only where an earlier run measured it. */
    readonly at?: number;
  };
  readonly tick: { readonly item: string } & Tick;
  /**
   * `readings`: `check@target` of the readings that judge it; `needs`: part of it that no check serves.
   * `outcome` must equal `itemOutcome(outcomes of readings, outcome of the tick, needs)`.
   */
  readonly item: {
    readonly id: string;
    readonly text: string;
    readonly outcome: InspectionItem["outcome"];
    readonly readings: readonly string[];
    readonly needs: boolean;
  };
  /** `interrupted`: the run did not come to its end; then the verdict is fail or inconclusive, never pass. */
  readonly "run.ended": { readonly verdict: Verdict; readonly seconds: number; readonly interrupted: boolean };
}

/** Name of a reading inside one run. */
export const readingKey = (reading: { readonly check: string; readonly target: string }): string =>
  `${reading.check}@${reading.target}`;

import type { Verdict } from "./states.ts";

/** What is asked of a record. */
export interface RecordDemand {
  /** Of a runbook: where it was done; absent: where the run stands that asks. */
  readonly environment?: string;
  /** An injected fault must have bitten, and been removed. */
  readonly fault: boolean;
}

/** The last doing of something, as its evidence says today. */
export interface LastDone {
  /** Id of the run or inspection. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly ended: number;
  /** refused: its evidence is not there, or cannot be believed. */
  readonly verdict: Verdict | "refused";
  /** Why it is not a pass: a code of i18n `evidence.reasons`; empty for a pass. */
  readonly why: string;
}

/** What was done before. */
export interface Records {
  /**
   * The last doing that has ended of a runbook or a duty, whatever its verdict; rehearsals are none. What the run that asks
   * has itself done of it, or of one of its own steps, comes first. undefined: never done.
   */
  last(of: string, demand: RecordDemand): Promise<LastDone | undefined>;
}

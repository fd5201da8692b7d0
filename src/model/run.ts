import type { EndState } from "./journal.ts";

/**
 * running: work goes on · waiting: for a person (approval, key, tick, answer, decision) or a timer · paused ·
 * undoing · cancelling; and how it can end.
 */
export const RUN_STATES = [
  "running",
  "waiting",
  "paused",
  "undoing",
  "cancelling",
  "done",
  "failed",
  "undone",
  "failed-undo",
  "cancelled",
  "refused",
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** A run as lists show it; its truth is the journal. */
export interface RunRecord {
  readonly id: string;
  readonly runbook: string;
  readonly title: string;
  readonly environment: string;
  readonly digest: string;
  readonly rehearsal: boolean;
  readonly by: string;
  readonly reason: string;
  readonly state: RunState;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly updated: number;
  readonly ended?: number;
  /** Steps ended, of all (a step on each target counts once per target). */
  readonly done: number;
  readonly total: number;
  /** What it waits for, in words of `Waiting.kind`. */
  readonly waits: readonly string[];
  /** Path of its evidence, once written. */
  readonly evidence?: string;
}

export const isEnded = (state: RunState): state is EndState =>
  ["done", "failed", "undone", "failed-undo", "cancelled", "refused"].includes(state);

/** A claim on a target × service: one run at a time. */
export interface Lock {
  readonly key: string;
  readonly run: string;
  readonly by: string;
  readonly reason: string;
  readonly taken: number;
  /** Milliseconds since the epoch; renewed while the run lives. After it anyone may take the lock. */
  readonly expires: number;
}

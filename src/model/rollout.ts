import type { BatchSize } from "./runbook-spec.ts";
import type { Source } from "./source.ts";

/**
 * recreate: all targets in one batch, each step on all of them before the next · rolling: batches of one size, one after
 * the other · canary: a few targets first, then the rest in batches of their own size.
 */
export const STRATEGIES = ["recreate", "rolling", "canary"] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** What a failure of a rollout does with what was changed: undone at once, a person is asked, left as it is. */
export const ROLLBACKS = ["auto", "ask", "none"] as const;
export type Rollback = (typeof ROLLBACKS)[number];

/** A gate as the book says it: parameters of a step of kind `gate`, and its name. */
export interface GateCheck {
  readonly name: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly source: Source;
}

/** What the book says of how a new version goes out. */
export interface RolloutSpec {
  readonly strategy: Strategy;
  /** Strategy canary: size of the first batch. */
  readonly first?: BatchSize;
  /** Size of the other batches. */
  readonly batch?: BatchSize;
  /** Time that each batch has before it is looked at, milliseconds. */
  readonly soakMs?: number;
  /** Looked at after each batch; all must hold. */
  readonly gates: readonly GateCheck[];
  readonly rollback?: Rollback;
  /** Objective for the time from a failure to the end of the last undo, seconds. */
  readonly rollbackWithin?: number;
  readonly source: Source;
}

/** What a plan keeps of it, beside its batches and its steps. */
export interface PlanRollout {
  readonly strategy: Strategy;
  /** Ids of the steps that are gates, in their order. */
  readonly gates: readonly string[];
  /** 0: none. */
  readonly soakMs: number;
  readonly rollback: Rollback;
  /** Seconds; absent: no objective. */
  readonly rollbackWithin?: number;
}

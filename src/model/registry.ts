import type { CheckKind } from "./check.ts";
import type { FaultKind } from "./fault.ts";
import type { NotifierLimits, Send } from "./notifier.ts";
import type { SharedRead, StepKind } from "./step.ts";
import type { Reach, TargetKind } from "./target.ts";

/** Kinds by name; main.ts hands them in, so that the engine knows none of them. */
export interface Registry {
  readonly checks: ReadonlyMap<string, CheckKind>;
  readonly targets: ReadonlyMap<string, TargetKind>;
  readonly steps: ReadonlyMap<string, StepKind>;
  readonly faults: ReadonlyMap<string, FaultKind>;
  /**
   * Removes what steps of an ended run left on a target for the sake of their receipts. False: something of it still runs
   * there, and stays. Rejects with ReachError. Absent: these kinds leave nothing.
   */
  sweep?(reach: Reach, run: string): Promise<boolean>;
  /**
   * Does reads of one target in one exec. Resolves when nothing of them runs any more; rejects with WatchbookError for
   * variables that cannot be given. Absent: each is done alone.
   */
  readTogether?(reach: Reach, reads: readonly SharedRead[], signal: AbortSignal): Promise<void>;
  /** One attempt to deliver a notice through a channel. Absent: these kinds tell nobody. */
  readonly send?: Send;
  /** What the receivers of a kind of notifier take; undefined for a kind that there is not. */
  readonly noticeLimits?: (kind: string) => Promise<(NotifierLimits & { readonly stateful?: true }) | undefined>;
}

import type { Attempt, AttemptEnd, EndReason, EndState, Purpose } from "../../../model/journal.ts";
import type { GuardSeen } from "../../../model/drill.ts";
import type { RunState } from "../../../model/run.ts";
import type { INNER, Inner } from "./inner.ts";

/**
 * pending: not begun · waiting: for a person (tick, answer) · running · verifying · doubt: it began, and how it ended
 * must be found out · retrying: before its next attempt · done · failed · skipped: a person let it be ·
 * undoing · undone · undo-failed: something was left · cancelled: broken off, or not taken to its end, because the run
 * stopped.
 */
export type TaskState =
  | "pending"
  | "waiting"
  | "running"
  | "verifying"
  | "doubt"
  | "retrying"
  | "done"
  | "failed"
  | "skipped"
  | "undoing"
  | "undone"
  | "undo-failed"
  | "cancelled";

/** One step on one target. */
export interface TaskView {
  readonly step: string;
  /** Name of a target, `-` (scope run) or `batch-N`. */
  readonly target: string;
  /** From 0. */
  readonly batch: number;
  readonly state: TaskState;
  /** Attempts at doing it that have begun. */
  readonly attempts: number;
  /** The attempt that has an intent and no outcome yet. */
  readonly open?: Attempt | undefined;
  /** How its last attempt ended, whatever it was for. */
  readonly end?: AttemptEnd;
  /** How doing it ended badly, also when it was undone afterwards. */
  readonly failure?: AttemptEnd;
}

/** What a run waits for; `since` and the times are milliseconds since the epoch. */
export interface Wait {
  readonly kind: "approval" | "key" | "tick" | "answer" | "decision" | "timer";
  readonly step?: string;
  readonly target?: string;
  /** Kind tick: whether it is to be done, looked at or undone. */
  readonly purpose?: Purpose;
  /** Kind key: the batch, from 0. */
  readonly batch?: number;
  /** Kind approval: `plan` or the id of a step. */
  readonly gate?: string;
  readonly expires?: number;
  readonly until?: number;
  readonly since: number;
}

/** An approval that was asked for. */
export interface GateView {
  readonly gate: string;
  readonly state: "asked" | "given" | "rejected" | "expired";
  readonly asked: number;
  readonly expires: number;
  /** Different people needed. */
  readonly quorum: number;
  /** Who agreed, in order, each person once. */
  readonly given: readonly { readonly by: string; readonly at: number }[];
  readonly rejected?: { readonly by: string; readonly reason: string; readonly at: number };
}

/** Everything a console shows of a run; plain data, changed in place by `fold`. Times: milliseconds since the epoch. */
export interface RunView {
  readonly digest: string;
  /** The requester; empty until `run.created` is folded. */
  readonly by: string;
  /** People who asked, whatever name was given; empty: nobody knows who. Absent: nobody looked. */
  readonly requesters?: readonly string[];
  /** Login names that stood behind the request. */
  readonly logins?: readonly string[];
  readonly reason: string;
  readonly host: string;
  readonly created: number;
  readonly updated: number;
  /** Number of the last entry folded; 0: none. */
  readonly seq: number;
  readonly epoch: number;
  readonly worker?: { readonly host: string; readonly pid: number };
  readonly state: RunState;
  readonly waits: readonly Wait[];
  /** In the order of the plan: batch, step, target. */
  readonly tasks: readonly TaskView[];
  readonly gates: readonly GateView[];
  /** Outputs of steps that ended well, by target (`-` and `batch-N` for their scopes) and name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Tasks that ended, well or not, of all. */
  readonly done: number;
  readonly total: number;
  /** Targets that dropped out, in order. */
  readonly dropped: readonly string[];
  readonly paused?: { readonly by: string; readonly reason: string; readonly at: number };
  /** A cancel that comes while things are being undone does not stop the undoing. */
  readonly cancelled?: { readonly by: string; readonly reason: string; readonly undo: boolean; readonly at: number };
  /** What a guard of a drill saw that was not green. */
  readonly guard?: GuardSeen;
  readonly ended?: { readonly state: EndState; readonly reasons: readonly EndReason[]; readonly at: number };
  /** How it stands inside; not shown, not serialised. */
  readonly [INNER]: Inner;
}

import type { Attempt, AttemptEnd, Entry, Purpose } from "../../../model/journal.ts";
import type { PlanStep } from "../../../model/plan.ts";
import type { Shape, Spec } from "./shape.ts";
import type { GateView, RunView, TaskState, TaskView } from "./view.ts";

export const INNER: unique symbol = Symbol("inner");

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The next thing that can tell how a doubtful attempt ended; `repeat`: it is simply done again; `human`: ask. */
export type Rung = "receipt" | "verify" | "repeat" | "human";

export interface Doubt {
  rung: Rung;
  /** The worker itself did not know how it ended; otherwise the worker is gone. */
  readonly live: boolean;
  readonly since: number;
  /** What a person decided. */
  decided?: Extract<Entry, { type: "decided" }>;
}

/** One task and what must be known to take it further. */
export interface Work {
  readonly task: Mutable<TaskView>;
  readonly spec: Spec;
  /** Attempts begun, by purpose. */
  readonly used: Record<Purpose, number>;
  /** What the next attempt is for, once there is no open one; undefined: nothing is to be started. */
  expects?: Purpose | undefined;
  /** Attempts that count against `retry`. */
  tries: number;
  /** Nothing before this time: the pause before a retry, or the end of a wait. */
  until?: number | undefined;
  /** `until` stands in the journal. */
  timed: boolean;
  doubt?: Doubt | undefined;
  /** What a person said of a manual step. */
  ticked?: Extract<Entry, { type: "tick" }> | undefined;
  /** A person is asked what to do about its failure. */
  asks: boolean;
  /** Milliseconds since the epoch: the last entry about it. */
  since: number;
  /** Number of the intent of the last attempt at doing it that may have had an effect; 0: none. */
  began: number;
  /** `began` before the open attempt. */
  before: number;
  /** It is taken for done only because a person said so. */
  trusted: boolean;
  /** It ended well at least once: an injected fault bit. */
  held: boolean;
}

/** Why no new step begins. */
export interface Halt {
  readonly cause: "failed" | "cancelled" | "refused";
  /** Everything that was applied is undone. */
  undo: boolean;
}

/** An applied task, as long as `work.began` is still `seq`. */
export interface Applied {
  readonly work: Work;
  readonly seq: number;
}

/** How a run stands. */
export interface Inner {
  readonly shape: Shape;
  /** One per task, in the order of the tasks. */
  readonly work: Work[];
  readonly at: Map<string, Work>;
  readonly gates: Map<string, Mutable<GateView>>;
  /** Steps × batches that a person let begin. */
  readonly keys: Set<string>;
  /** Index of the stage that is worked on; as many as there are stages: all have ended. */
  stage: number;
  /** When the stage was entered, and when it may have begun waiting for its approval or key. */
  since: number;
  /** Index, within the stage, before which no task is left to begin. */
  fresh: number;
  /** Tasks of the stage that have not ended, on targets that are in. */
  left: number;
  /** Tasks begun and not ended, and tasks being undone. */
  readonly active: Set<Work>;
  readonly out: Set<string>;
  /** Everything applied that can be undone, in the order of intents; and by target. */
  readonly applied: Applied[];
  readonly appliedOn: Map<string, Applied[]>;
  /** Applied steps with `until`, not yet undone. */
  readonly faults: Set<Work>;
  /** Targets that dropped out and are being undone. */
  readonly undoing: Set<string>;
  /** Targets on which an undo failed: nothing more is undone there but faults. */
  readonly broken: Set<string>;
  /** A change may have been made. */
  changed: boolean;
  halt?: Halt | undefined;
}

export type View = Mutable<RunView>;

/** The inside of a view. Only the core looks at it. */
export const inner = (view: RunView): Inner => view[INNER];

export const taskKey = (step: string, target: string): string => `${step}\n${target}`;

export const isForward = (purpose: Purpose): boolean => purpose === "do" || purpose === "verify";

/** The attempt that `work` would begin next. */
export const upcoming = (work: Work, purpose: Purpose): Attempt => ({
  step: work.task.step,
  target: work.task.target,
  purpose,
  attempt: work.used[purpose] + 1,
});

/** Sets how a task stands. */
export function turn(work: Work, state: TaskState, end?: AttemptEnd): void {
  work.task.state = state;
  if (end) work.task.end = end;
}

/** The step that the open attempt performs. */
export const openStep = (work: Work): PlanStep | undefined =>
  work.task.open && work.spec.performs[work.task.open.purpose];

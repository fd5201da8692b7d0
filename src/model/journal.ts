import type { GuardSeen } from "./drill.ts";

/** What an attempt is for. `undo-verify`: the verify of the step that undoes. */
export const PURPOSES = ["do", "verify", "undo", "undo-verify"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How an attempt ended. `unknown`: it began and nobody knows how it ended. */
export const ENDINGS = ["ok", "failed", "timeout", "cancelled", "unreachable", "unknown"] as const;
export type Ending = (typeof ENDINGS)[number];

/** One attempt at one step on one target. `step` is the id of the step in `Plan.steps` also for its verify and undo. */
export interface Attempt {
  readonly step: string;
  /** Name of a target, `-` (scope run) or `batch-N`. */
  readonly target: string;
  readonly purpose: Purpose;
  /** From 1, counted per step, target and purpose. */
  readonly attempt: number;
}

/** Reason of an undo that found the fault gone already: it did not last until the step it was for had ended. */
export const FAULT_EXPIRED = "fault-expired";

/** Reason of a fault that was injected and had no effect: whatever else the run shows, it shows nothing. */
export const FAULT_MISSED = "fault-did-not-bite";

/** Reason of a drill that did not begin, for what it drills was not well before. */
export const NOT_STEADY = "not-steady";

/** Reason of a drill whose fault nobody noticed in time. */
export const NOT_DETECTED = "not-detected";

/** Reasons of a fault whose turn came when nothing may be broken. */
const HELD_BACK = ["fault-frozen", "fault-incident", "fault-outside-window"];

/** Whatever else a run shows that broke off for one of these, it shows nothing. */
export const PROVES_NOTHING: ReadonlySet<unknown> = new Set([FAULT_MISSED, NOT_STEADY, ...HELD_BACK]);

/** A run broke off for no other reason than that its fault had no effect, or that it did not begin from a steady state. */
export const brokeOffForFault = (reasons: readonly EndReason[]): boolean => {
  const failed = reasons.filter(({ code }) => code === "step-failed");
  return failed.length > 0 && failed.every(({ args }) => PROVES_NOTHING.has(args["reason"]));
};

/** Reasons of an end that a guard has brought about, or would have: it was red, or could not be measured. */
export const GUARD_REASONS: ReadonlySet<string> = new Set(["guard-red", "guard-blind"]);

/** A drill was broken off by a guard, and by nothing else. */
export const brokeOffForGuard = (reasons: readonly EndReason[]): boolean =>
  reasons.some(({ code }) => GUARD_REASONS.has(code)) && reasons.every(({ code }) => code !== "step-failed");

/** A program that a step was executed with on its target: what it is called, where it lies, how it tells its version. */
export interface ToolUsed {
  readonly name: string;
  /** Absolute, links resolved. */
  readonly path: string;
  /** Empty where it tells none. */
  readonly version: string;
}

/** A file that is kept with a run until its evidence is written. */
export interface KeptFile {
  /** Without folders. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What is known of an ended attempt. */
export interface AttemptEnd {
  readonly ending: Ending;
  /** Exit status, when there is one. */
  readonly code?: number;
  /** Monotonic; 0 when it was not measured (decided after a crash). */
  readonly seconds: number;
  /** Key of i18n `steps.reasons` with its values: why it failed. */
  readonly reason?: string;
  readonly args?: Readonly<Record<string, string | number>>;
  readonly outputs?: Readonly<Record<string, string>>;
  /** What it left for the evidence, kept with the run. */
  readonly files?: readonly KeptFile[];
  /** Bytes of output: seen, kept, and the digest of all that was seen (after masking). */
  readonly output?: { readonly bytes: number; readonly kept: number; readonly sha256: string };
  /** Interpreter of a script, and clients that it calls. */
  readonly tools?: readonly ToolUsed[];
  /** How it is known. Absent: seen by the worker that started it. */
  readonly via?: "receipt" | "verify" | "human" | "repeat";
}

/**
 * What was committed about a run, in order: the truth from which its state is folded. An `intent` is committed before
 * its effect, the `outcome` after it. Persons are ids of the book's people, or names of accounts where there is none.
 */
export type Entry =
  | {
      readonly type: "run.created";
      readonly by: string;
      readonly reason: string;
      readonly digest: string;
      readonly host: string;
      /** Login names of the operating system that stood behind the request. */
      readonly logins?: readonly string[];
      /** People who asked as those logins or a token show, whatever name was given. Empty: nobody knows who asked. */
      readonly requesters?: readonly string[];
    }
  /** A worker took the run: every attempt that was going on is in doubt from here. */
  | {
      readonly type: "run.taken";
      readonly epoch: number;
      readonly host: string;
      readonly pid: number;
      /** Boot of the kernel: entries of one boot share one monotonic clock, whichever process wrote them. */
      readonly boot?: string;
    }
  | ({ readonly type: "intent" } & Attempt)
  | ({ readonly type: "outcome" } & Attempt & AttemptEnd)
  /** The next thing in the ladder receipt → verify → repeat → human was tried and could not tell. */
  | ({ readonly type: "undecided"; readonly tried: "receipt" | "verify" } & Attempt)
  | ({
      readonly type: "decided";
      readonly happened: "yes" | "no" | "redo";
      readonly by: string;
      readonly note: string;
    } & Attempt)
  /** Nothing before this time, milliseconds since the epoch: a wait step, or the pause before a retry. */
  | ({ readonly type: "timer"; readonly until: number } & Attempt)
  | { readonly type: "approval.asked"; readonly gate: string; readonly expires: number }
  | {
      readonly type: "approval.given";
      readonly gate: string;
      readonly by: string;
      readonly signature: string;
      readonly text: string;
      /** Signed by the server for somebody who was signed in; absent: with the person's own key. */
      readonly via?: "console";
    }
  | { readonly type: "approval.rejected"; readonly gate: string; readonly by: string; readonly reason: string }
  | { readonly type: "approval.expired"; readonly gate: string }
  /** Posture assist: a person lets one step begin (on all targets of its batch). */
  | { readonly type: "key"; readonly step: string; readonly batch: number; readonly by: string }
  /** A person did a manual step. */
  | {
      readonly type: "tick";
      readonly step: string;
      readonly target: string;
      readonly by: string;
      readonly done: boolean;
      readonly note: string;
      /** A file kept with the run. With its size it is a part of the run's evidence. */
      readonly file?: { readonly name: string; readonly sha256: string; readonly bytes?: number };
      /** The declared outputs of the step, as the person told them. */
      readonly outputs?: Readonly<Record<string, string>>;
      /** What the person saw, kept like any output. */
      readonly output?: NonNullable<AttemptEnd["output"]>;
    }
  /** Answer to a failed step whose on-fail is ask. */
  | {
      readonly type: "answer";
      readonly step: string;
      readonly target: string;
      readonly choice: "retry" | "skip" | "undo" | "stop";
      readonly by: string;
      readonly note: string;
    }
  | { readonly type: "pause"; readonly by: string; readonly reason: string }
  | { readonly type: "resume"; readonly by: string }
  | { readonly type: "cancel"; readonly by: string; readonly reason: string; readonly undo: boolean }
  /** A guard of a drill was not green. `breaks`: the drill is broken off; else it goes on, for what it began is the way out. */
  | ({ readonly type: "guard"; readonly breaks: boolean; readonly undo: boolean } & GuardSeen)
  | { readonly type: "run.ended"; readonly state: EndState; readonly reasons: readonly EndReason[] };

export const END_STATES = ["done", "failed", "undone", "failed-undo", "cancelled", "refused"] as const;
/**
 * done: every step ended well · failed: stopped, what was applied stays · undone: failed or cancelled, and all that was
 * applied is undone · failed-undo: an undo failed, something was left · cancelled · refused: an approval was rejected
 * or expired before anything began.
 */
export type EndState = (typeof END_STATES)[number];

/** Key of i18n `runs.reasons` with its values. */
export interface EndReason {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
}

/** An entry as it is stored: numbered from 1 without holes within its run. */
export interface Journalled {
  readonly seq: number;
  /** Fence of the worker that wrote it. */
  readonly epoch: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Nanoseconds on the worker's monotonic clock, decimal: what durations in evidence come from. */
  readonly mono?: string;
  readonly entry: Entry;
}

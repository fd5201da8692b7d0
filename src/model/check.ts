import type { Beat } from "./beat.ts";
import type { Args } from "./finding.ts";
import type { Records } from "./records.ts";
import type { Source } from "./source.ts";
import type { Outcome } from "./states.ts";
import type { Reach } from "./target.ts";
import type { Schema } from "./schema.ts";
import type { Clock } from "./time.ts";
import type { Unit } from "./unit.ts";

/**
 * Limits of a value. `bad` says which side is bad. A value on a limit has reached it: warn 70 warns at 70.
 * Between normal and warn the outcome is pass, and the reading is marked elevated.
 */
export interface Bands {
  readonly bad: "above" | "below";
  readonly normal?: number;
  readonly warn?: number;
  readonly critical?: number;
}

/** One check the book asks for: which probe, where, with which limits, and the sentence it comes from. */
export interface CheckSpec {
  readonly id: string;
  /** The manual's own words, for example `磁盘使用率`. */
  readonly title: string;
  readonly kind: string;
  readonly params: unknown;
  readonly bands?: Bands;
  readonly unit?: Unit;
  readonly service?: string;
  /** Name of the target; absent: local. */
  readonly target?: string;
  readonly source: Source;
  /** Hard limit of one probe, milliseconds; default 10 000. */
  readonly timeoutMs?: number;
  /** Milliseconds between two readings by the daemon; default: the book's interval, else that of its kind. */
  readonly everyMs?: number;
}

/** Facts kept beside a value, shown in the report: plain names to plain values. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Why nothing could be judged. Every one of these is unknown, never green. */
export const UNKNOWN_REASONS = [
  "command-missing",
  "no-permission",
  "timeout",
  "unparsable",
  "absent",
  "unreachable",
  "by-hand",
  "no-baseline",
  "no-report",
  "no-bands",
  "no-probe",
  "no-driver",
  "unsettled",
  "bad-params",
  "secret-missing",
  "too-large",
  "packed",
  "aborted",
  "own-network",
  "internal",
] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** What a probe saw. */
export type Measured =
  /** A number that the bands judge. */
  | { readonly kind: "value"; readonly value: number; readonly unit: Unit; readonly facts?: Facts }
  /** A state that the probe itself judges; `reason` is a key of i18n `checks.reasons`. */
  | {
      readonly kind: "state";
      readonly outcome: Exclude<Outcome, "unknown">;
      readonly reason: string;
      readonly args?: Args;
      readonly value?: number;
      readonly unit?: Unit;
      readonly facts?: Facts;
    }
  | {
      readonly kind: "unknown";
      readonly reason: UnknownReason;
      readonly args?: Args;
      readonly facts?: Facts;
      /** Kept with the facts as a sample although nothing could be judged: a first run begins its baseline with it. */
      readonly sample?: number;
    };

/** An earlier value of the same check on the same target. */
export interface Sample {
  readonly check: string;
  readonly target: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
  readonly outcome?: Outcome;
  readonly facts?: Facts;
}

export interface CheckContext {
  readonly reach: Reach;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Earlier samples of this check on this target, oldest first; empty on the first run. */
  readonly history: readonly Sample[];
  /** Limits that the value will be judged by, for a probe that must choose the worst of several; absent: none. */
  readonly bands?: Bands;
  /** What was done before; absent where nobody keeps a record of it. */
  readonly records?: Records;
  /** What the job behind this check has said of itself; absent where nobody keeps that. */
  readonly beat?: () => Promise<Beat | undefined>;
  /** By how many milliseconds the clock on the wall was set in all, as far as is known; absent: not at all. */
  readonly clockSet?: () => Promise<number>;
  /** Value of a secret reference; rejects with WatchbookError when it is not to be had. */
  secret(reference: string): Promise<string>;
}

/**
 * One probe. One file in kinds/checks.
 * MUST: finish or reject soon after `signal` aborts; return unknown (with its reason) for a missing command, refused
 * permission, time-out or output that cannot be read; bound what it reads; change nothing on the target.
 */
export interface CheckKind<P = unknown> {
  readonly kind: string;
  readonly params: Schema<P>;
  /** Unit of its values; absent for probes that only have a state. */
  readonly unit?: Unit;
  /** Used when the book gives none. */
  readonly bands?: Bands;
  /**
   * Asks over this machine's network only: many may be in flight at once, whatever their target, and it is given no
   * `history`. Absent: it works on its target, where few may be at once.
   */
  readonly light?: true;
  /** Milliseconds between two readings where neither check nor book says; absent: a minute. Short for what costs a request or a stat. */
  readonly everyMs?: number;
  run(params: P, context: CheckContext): Promise<Measured>;
}

/** Milliseconds between two readings of what costs a request, a stat or a small file. */
export const SOON_MS = 10_000;
/** Milliseconds between two readings of everything else: what starts programs, reads logs or walks folders. */
export const USUAL_MS = 60_000;

/** Milliseconds between two readings of a check: its own, else `interval` of the book, else its kind's. */
export const everyMsOf = (
  spec: Pick<CheckSpec, "everyMs">,
  kind: Pick<CheckKind, "everyMs"> | undefined,
  interval?: number,
): number => spec.everyMs ?? interval ?? kind?.everyMs ?? USUAL_MS;

/** A judged reading: what an inspection keeps of one check. */
export interface Reading {
  readonly check: string;
  readonly target: string;
  readonly outcome: Outcome;
  readonly value?: number;
  readonly unit?: Unit;
  readonly bands?: Bands;
  /** Above normal, below warn. */
  readonly elevated?: boolean;
  /** Key of i18n `checks.reasons`. */
  readonly reason: string;
  readonly args: Args;
  readonly facts: Facts;
  /** Milliseconds since the epoch, when the probe began. */
  readonly at: number;
  readonly seconds: number;
}

/** The other end of defineCheck: keeps P inside the file that knows it. */
export const defineCheck = <P>(kind: CheckKind<P>): CheckKind<P> => kind;

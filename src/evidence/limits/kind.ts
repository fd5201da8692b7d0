import type { Env } from "../env.ts";
import type { Reason } from "../refusal.ts";
import type { Verdict } from "../../model/states.ts";

/** Limits of a verification; absent: the kind's default. Seconds may have fractions, events are whole. */
export interface Limits {
  readonly maxRtoSeconds?: number;
  readonly maxRpoEvents?: number;
  readonly maxRollbackSeconds?: number;
  readonly maxFailoverSeconds?: number;
  readonly maxDataLagEvents?: number;
  readonly requireFaultStep?: boolean;
}

/** What a file says by itself, before anybody asks who signed it. */
export interface Judged {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly measured: Readonly<Record<string, number | string>>;
}

/** One of the four evidence files of a drill. */
export interface EnvKind {
  readonly kind: "wal" | "rollback" | "failover" | "rollout";
  /** Keys that only this kind has: one of them decides. */
  readonly marks: readonly string[];
  /** Options that are about this kind. */
  readonly options: readonly (keyof Limits)[];
  /** The verdict that the published verifier gives on the same file: accepted or not. */
  compat(values: Env, limits: Limits): boolean;
  /** Our verdict. */
  strict(values: Env, limits: Limits): Judged;
}

const RANK: readonly Verdict[] = ["fail", "rehearsal", "inconclusive", "pass"];

/** The worst of several verdicts: a fail is not hidden by a rehearsal. */
export const worstVerdict = (verdicts: readonly Verdict[]): Verdict =>
  RANK.find((verdict) => verdicts.includes(verdict)) ?? "inconclusive";

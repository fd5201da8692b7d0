import type { Source } from "./source.ts";
import type { Unit } from "./unit.ts";

/**
 * compare: a reading beside a limit · ratio: one counter's growth beside another's · absence: nothing that could be judged ·
 * forecast: a straight line through the last hours reaches a limit · log-rate: lines a minute, on average ·
 * age: how old something is, growing between readings · certificate-life: days left, shrinking between readings.
 */
export const RULE_FORMS = ["compare", "ratio", "absence", "forecast", "log-rate", "age", "certificate-life"] as const;
export type RuleForm = (typeof RULE_FORMS)[number];

/** A limit, reached as `judge` has it: 70 has reached 70. */
export interface Limit {
  readonly bad: "above" | "below";
  readonly fire: number;
  /** Where it is over: not before the value no longer reaches this. Absent: `fire`. */
  readonly clear?: number;
}

/** How bad a reading is as a number: pass 0, elevated 0.5, warn 1, fail 2. */
export const LEVEL = { pass: 0, elevated: 0.5, warn: 1, fail: 2 } as const;

interface RuleBase {
  readonly id: string;
  readonly title: string;
  /** Check whose readings it judges; one check has one target. */
  readonly check: string;
  readonly target: string;
  readonly service?: string;
  /** A name of the scale of alerts. */
  readonly severity: string;
  /** What it is about: of several on one metric and target the worst mutes the others. */
  readonly metric: string;
  /** How long it must be so before it fires, milliseconds. */
  readonly forMs: number;
  /**
   * When it fires, the service itself is gone: what needs the service is not told apart from it. seen: when what was seen says
   * so.
   */
  readonly down: boolean | "seen";
  readonly runbook?: string;
  /** Of the values of the check. */
  readonly unit?: Unit;
  readonly source: Source;
}

/** One declared condition on the readings of one check. All windows are milliseconds and reach (now - window, now]. */
export type Rule = RuleBase &
  (
    | ({ readonly form: "compare"; readonly of: "value" | "level" } & Limit)
    | ({
        readonly form: "ratio";
        /** Check that counts the whole; both are counters. */
        readonly whole: string;
        readonly windowMs: number;
        /** Below this growth of the whole nothing is said. */
        readonly atLeast: number;
      } & Limit)
    | { readonly form: "absence"; readonly windowMs: number }
    | ({
        readonly form: "forecast";
        readonly windowMs: number;
        readonly horizonMs: number;
        /** The value itself must have reached this: the teeth of a rotation stay below. */
        readonly guard?: number;
      } & Limit)
    | ({ readonly form: "log-rate"; readonly windowMs: number } & Limit)
    /** Seconds. */
    | ({ readonly form: "age" } & Limit)
    /** Days. */
    | ({ readonly form: "certificate-life" } & Limit)
  );

/** A rule as watchbook.yaml declares it: what it does not say follows from its check and the book. */
export interface DeclaredRule {
  readonly id: string;
  readonly title?: string;
  readonly form: RuleForm;
  readonly check: string;
  readonly severity: string;
  readonly metric?: string;
  readonly of?: "value" | "level";
  readonly bad?: "above" | "below";
  readonly fire?: number;
  readonly clear?: number;
  readonly whole?: string;
  readonly atLeast?: number;
  readonly guard?: number;
  readonly windowMs?: number;
  readonly horizonMs?: number;
  readonly forMs?: number;
  readonly down?: boolean;
  readonly runbook?: string;
  readonly source: Source;
}

/** A reading as rules see it. Neither value nor level: something was tried, and nothing could be judged. */
export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value?: number;
  readonly level?: number;
  /** By what was seen the service is gone. */
  readonly gone?: true;
}

/** The readings of a check, oldest first. */
export type Series = (check: string) => readonly Point[];

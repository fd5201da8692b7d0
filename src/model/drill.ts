import type { Bands, CheckSpec } from "./check.ts";
import type { Outcome } from "./states.ts";
import type { FaultSpec, GateSpec, StepSpec } from "./runbook-spec.ts";
import type { Source } from "./source.ts";
import type { Window } from "./window.ts";

/** What watchbook.yaml says of drills of one runbook; with a fault of its own it is a runbook by itself. */
export interface DrillSpec {
  /** Id of the runbook, of a backup set (its restore), or a name of its own. */
  readonly id: string;
  readonly title?: string;
  readonly service?: string;
  /** Hours of the book's zone in which it may be begun in a protected environment. */
  readonly window?: Window;
  /** Approval that it needs there; absent: one person with a key. */
  readonly approval?: GateSpec;
  /** Ids of checks that are green before it begins, and again when it is over. */
  readonly steady: readonly string[];
  /** Time in which they must be green again, seconds. */
  readonly settle: number;
  /** Time for which they must then stay so, seconds. */
  readonly hold: number;
  /** Ids of checks that must stay green while it goes on. */
  readonly guards: readonly string[];
  /** Between two looks at a guard, seconds. */
  readonly every: number;
  /** The check that must notice the fault. */
  readonly detect?: DetectSpec;
  /** A drill of its own: what is broken, and where. */
  readonly fault?: FaultSpec & { readonly targets?: readonly string[] };
  /** How long the fault stays, behind whoever must notice it, where nothing else puts it right; seconds. */
  readonly lasts: number;
  /** How it is put right; absent: the fault is taken away when it was noticed. */
  readonly recover: readonly StepSpec[];
  readonly source: Source;
}

export interface DetectSpec {
  readonly check: string;
  /** Seconds between two looks: how exact the time is. */
  readonly every: number;
  /** Seconds in which it must have noticed. */
  readonly within: number;
}

/** A check as a plan carries it: all that a look needs. */
export interface PlanCheck extends Pick<CheckSpec, "id" | "title" | "kind" | "params"> {
  readonly bands?: Bands;
  /** Name of a target of the plan, one of `PlanDrill.places`, or `local`. */
  readonly target: string;
  /** Hard limit of one look, milliseconds. */
  readonly timeoutMs: number;
}

/** What a guard saw that ends a drill, or makes it prove nothing. */
export interface GuardSeen {
  /** Id of the check. */
  readonly check: string;
  /** Name of the target that it looks from. */
  readonly where: string;
  readonly outcome: Exclude<Outcome, "pass">;
  /** Key of i18n `checks.reasons`. */
  readonly reason: string;
  readonly value?: number;
  /** What the probe said beside it. */
  readonly detail: string;
}

import type { Command } from "./block.ts";
import type { Automation, OnFail, Scope } from "./plan.ts";
import type { RolloutSpec } from "./rollout.ts";
import type { Blank } from "./runbook.ts";
import type { Source } from "./source.ts";
import type { Risk } from "./states.ts";

/** Types of a run's parameters; secrets are given as references, never as values. */
export const PARAMETER_TYPES = ["text", "number", "boolean", "choice", "secret"] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** A parameter that watchbook.yaml declares for a runbook. */
export interface ParameterSpec {
  readonly name: string;
  readonly type: ParameterType;
  readonly title?: string;
  readonly default?: string;
  readonly choices: readonly string[];
  /** Regular expression that the whole value must match. */
  readonly pattern?: string;
  /** Text in the manual's commands that the value stands for: `<version>`, `20240101`. */
  readonly stands?: string;
  readonly source: Source;
}

/** What a book says of an approval; what is absent has its default when the plan is made. */
export interface GateSpec {
  readonly roles?: readonly string[];
  readonly quorum?: number;
  readonly expiresMs?: number;
  readonly requesterMay?: boolean;
}

/** Size of a batch: a number of targets, or a part of all of them (0 < part ≤ 1). */
export type BatchSize = { readonly count: number } | { readonly part: number };

/** A step that another one names, or is: kind and parameters. */
export interface StepBody {
  readonly kind?: string;
  /** Parameters of the kind, as written. */
  readonly with?: Readonly<Record<string, unknown>>;
  readonly title?: string;
  readonly risk?: Risk;
  readonly idempotent?: boolean;
  readonly timeoutMs?: number;
  readonly sudo?: boolean;
  readonly scope?: Scope;
  readonly cwd?: string;
  /** Shell steps: `with.script` read into commands. */
  readonly commands?: readonly Command[];
  readonly blanks?: readonly Blank[];
}

/** What watchbook.yaml says of a step of the manual, or a step that only watchbook.yaml has. */
export interface StepSpec extends StepBody {
  /** As written: the step's id, or its number in the runbook. */
  readonly id: string;
  readonly source: Source;
  readonly retry?: { readonly times: number; readonly delayMs?: number; readonly maxMs?: number };
  /** Id of another step of the runbook, or a step of its own. */
  readonly verify?: string | StepBody;
  readonly undo?: string | StepBody;
  readonly declares?: boolean;
  /** Seconds within which the verify must turn green. */
  readonly within?: number;
  readonly onFail?: OnFail;
  readonly approval?: GateSpec;
  readonly until?: string;
  readonly outputs?: readonly string[];
  readonly targets?: readonly string[];
  readonly banner?: string;
  readonly phase?: string;
  /** Left out of every plan, and why. */
  readonly skip?: string;
  /** Only in a drill (true), or in every other run (false); absent: always. */
  readonly drill?: boolean;
  /** Where a step that the manual does not have stands. */
  readonly before?: string;
  readonly after?: string;
}

/** A fault that may be injected into a runbook. */
export interface FaultSpec {
  readonly name: string;
  readonly kind: string;
  readonly with: Readonly<Record<string, unknown>>;
  /** Step before which it belongs; absent: before any. */
  readonly step?: string;
  /** After this it is removed even when nobody comes back, milliseconds. */
  readonly limitMs?: number;
  readonly source: Source;
}

/** How a runbook is rolled out; an environment may say it differently. */
export interface Rollout {
  readonly targets?: readonly string[];
  readonly parallel?: number;
  readonly batches?: readonly BatchSize[];
  /** How a new version goes out: takes the place of `batches`. */
  readonly rollout?: RolloutSpec;
  readonly maxFailures?: number;
  /** Word that takes the service's place in the lock of each target. */
  readonly lock?: string;
  /** false: none, although the posture would want one. */
  readonly approval?: GateSpec | false;
  readonly cwd?: string;
}

/** What watchbook.yaml says of one runbook. */
export interface RunbookSpec extends Rollout {
  readonly id: string;
  readonly service?: string;
  /** Takes the place of the service's: what is declared whole, bytes and place, needs nobody's key each night. */
  readonly automation?: Automation;
  readonly params: readonly ParameterSpec[];
  readonly onFail?: OnFail;
  /** Whether nobody is told of its service while it changes it; absent: as its kind is. */
  readonly maintenance?: boolean;
  /** Id of the runbook that undoes this one as a whole; false: none, although the manual has one. */
  readonly undo?: string | false;
  readonly steps: readonly StepSpec[];
  readonly add: readonly StepSpec[];
  readonly faults: readonly FaultSpec[];
  readonly environments: readonly (Rollout & {
    readonly id: string;
    /** Values that take the place of defaults. */
    readonly params: Readonly<Record<string, string>>;
  })[];
  readonly source: Source;
}

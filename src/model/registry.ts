import type { CheckKind } from "./check.ts";
import type { FaultKind } from "./fault.ts";
import type { StepKind } from "./step.ts";
import type { TargetKind } from "./target.ts";

/** Kinds by name; main.ts hands them in, so that the engine knows none of them. */
export interface Registry {
  readonly checks: ReadonlyMap<string, CheckKind>;
  readonly targets: ReadonlyMap<string, TargetKind>;
  readonly steps: ReadonlyMap<string, StepKind>;
  readonly faults: ReadonlyMap<string, FaultKind>;
}

import type { Plan, PlanStep } from "../../model/plan.ts";
import { RUN_SCOPE } from "../../model/plan.ts";

/** Values that steps gave, by target (`-` for steps of scope run), then by name. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where a step stands when it is done. */
export interface StepPlace {
  readonly plan: Plan;
  readonly step: PlanStep;
  /** Name of a target or of a scope. */
  readonly target: string;
  readonly run: string;
  readonly outputs: Outputs;
}

export interface EnvironmentParts extends StepPlace {
  /** Value of a secret reference. */
  secret(reference: string): Promise<string>;
}

/** A value, or the reference of a secret. */
export interface Variable {
  readonly value: string;
  readonly secret: boolean;
}

/**
 * Variables that a step finds, by name: parameters, what earlier steps gave out (those of its own target win), the target's
 * own, and where it stands.
 */
export function variablesOf({ plan, step, target, run, outputs }: StepPlace): ReadonlyMap<string, Variable> {
  const own = plan.targets.find(({ name }) => name === target)?.env;
  const known = {
    ...outputs[RUN_SCOPE],
    ...outputs[target],
    ...own,
    WB_RUN: run,
    WB_RUNBOOK: plan.runbook,
    WB_ENVIRONMENT: plan.environment,
    WB_STEP: step.id,
    WB_TARGET: target,
  };
  return new Map([
    ...plan.parameters.map(({ name, value, secret }) => [name, { value, secret }] as const),
    ...Object.entries(known).map(([name, value]) => [name, { value, secret: false }] as const),
  ]);
}

/** The same with secrets by value. */
export async function environmentOf(parts: EnvironmentParts): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [name, { value, secret }] of variablesOf(parts)) found[name] = secret ? await parts.secret(value) : value;
  return found;
}

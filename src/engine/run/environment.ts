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
export function variablesOf(place: StepPlace): ReadonlyMap<string, Variable> {
  return new Map([
    ...place.plan.parameters.map(({ name, value, secret }) => [name, { value, secret }] as const),
    ...Object.entries(knownOf(place)).map(([name, value]) => [name, { value, secret: false }] as const),
  ]);
}

/** The same without the parameters, over which they win. */
const knownOf = ({ plan, step, target, run, outputs }: StepPlace): Readonly<Record<string, string>> => ({
  ...outputs[RUN_SCOPE],
  ...outputs[target],
  ...plan.targets.find(({ name }) => name === target)?.env,
  WB_RUN: run,
  WB_RUNBOOK: plan.runbook,
  WB_ENVIRONMENT: plan.environment,
  WB_STEP: step.id,
  WB_TARGET: target,
});

/** The same with secrets by value. */
export async function environmentOf(parts: EnvironmentParts): Promise<Readonly<Record<string, string>>> {
  const known = knownOf(parts);
  const found: Record<string, string> = {};
  for (const { name, value, secret } of parts.plan.parameters)
    if (!Object.hasOwn(known, name)) found[name] = secret ? await parts.secret(value) : value;
  return Object.assign(found, known);
}

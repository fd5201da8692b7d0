import type { PlanStep, PlanTarget, Plan } from "../../model/plan.ts";
import { RUN_SCOPE } from "../../model/plan.ts";

/** Values that steps gave, by target (`-` for steps of scope run), then by name. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface EnvironmentParts {
  readonly plan: Plan;
  readonly step: PlanStep;
  /** Name of a target or of a scope. */
  readonly target: string;
  readonly run: string;
  readonly outputs: Outputs;
  /** Value of a secret reference. */
  secret(reference: string): Promise<string>;
}

/**
 * Variables that a step finds: parameters (secrets by value), what earlier steps gave out (those of its own target win),
 * the target's own, and where it stands.
 */
export async function environmentOf(parts: EnvironmentParts): Promise<Readonly<Record<string, string>>> {
  const { plan, step, target, run, outputs } = parts;
  const parameters: Record<string, string> = {};
  for (const { name, value, secret } of plan.parameters) parameters[name] = secret ? await parts.secret(value) : value;
  const of = plan.targets.find((one: PlanTarget) => one.name === target);
  return {
    ...parameters,
    ...outputs[RUN_SCOPE],
    ...outputs[target],
    ...of?.env,
    WB_RUN: run,
    WB_RUNBOOK: plan.runbook,
    WB_ENVIRONMENT: plan.environment,
    WB_STEP: step.id,
    WB_TARGET: target,
  };
}

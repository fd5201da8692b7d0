import type { Plan, PlanStep } from "../../../model/plan.ts";

function* flawsOfSteps(plan: Plan, others: ReadonlyMap<string, PlanStep>): Generator<string> {
  const seen = new Set<string>();
  const ids = new Set(plan.steps.map((step) => step.id));
  for (const step of [...plan.steps, ...plan.others]) {
    if (seen.has(step.id)) yield `step ${step.id} twice`;
    seen.add(step.id);
    for (const other of [step.verify, step.undo])
      if (other !== undefined && !others.has(other)) yield `step ${step.id} names ${other}, which is not in others`;
    if (step.kind === "wait" && !(waitMs(step) >= 0)) yield `step ${step.id} waits for no number of milliseconds`;
  }
  for (const step of plan.steps) {
    if (step.kind === "approve" && !step.gate) yield `step ${step.id} approves without a gate`;
    if (step.until !== undefined && !ids.has(step.until)) yield `step ${step.id} lasts until ${step.until}, no step`;
    if (step.until !== undefined && step.undo === undefined) yield `step ${step.id} has an until and no undo`;
  }
  for (const step of plan.others)
    if (step.gate || step.kind === "approve") yield `step ${step.id} verifies or undoes and wants an approval`;
}

function* flawsOfTargets(plan: Plan): Generator<string> {
  const batched = plan.batches.flat();
  if (new Set(batched).size < batched.length) yield "a target in two batches";
  const names = new Set(plan.targets.map((target) => target.name));
  if (names.size < plan.targets.length) yield "a target twice";
  if (batched.length !== names.size || batched.some((name) => !names.has(name))) yield "batches other than the targets";
  if (batched.some((name) => name === "-" || /^batch-\d+$/.test(name))) yield "a target named like a scope";
  if (!(plan.parallel >= 1)) yield "nothing at a time";
}

/** Milliseconds that a step of kind `wait` waits; NaN when it does not say. */
export function waitMs(step: PlanStep): number {
  const ms: unknown = (step.params as { readonly ms?: unknown } | null)?.ms;
  return typeof ms === "number" ? ms : Number.NaN;
}

/**
 * What the maker of plans guarantees, and without which a run could lose a step, an approval or the undo of a fault:
 * ids unique and known, every target in one batch, an `until` with an undo, gates only on steps that are done.
 * @throws TypeError naming what is wrong.
 */
export function checkPlan(plan: Plan): void {
  const others = new Map(plan.others.map((step) => [step.id, step]));
  const flaws = [...flawsOfSteps(plan, others), ...flawsOfTargets(plan)];
  if (flaws.length > 0) throw new TypeError(`plan ${plan.digest}: ${flaws.join("; ")}`);
}

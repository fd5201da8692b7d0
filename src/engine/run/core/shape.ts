import type { Attempt, Purpose } from "../../../model/journal.ts";
import { batchScope, RUN_SCOPE, type Plan, type PlanStep } from "../../../model/plan.ts";
import { checkPlan } from "./coherent.ts";

/** A step of the plan with what belongs to it. */
export interface Spec {
  readonly step: PlanStep;
  /** Which step each purpose performs. */
  readonly performs: Readonly<Partial<Record<Purpose, PlanStep>>>;
  /** It, its verify, or the undo that is done in any case may change something: unknown counts as write. */
  readonly changes: boolean;
  /** A person must press a key before it begins. */
  readonly keyed: boolean;
}

/** One step in one batch. A step begins when the stage before has ended. */
export interface Stage {
  readonly spec: Spec;
  readonly batch: number;
  /** Index of its first task; the tasks of a stage stand together. */
  readonly first: number;
  readonly targets: readonly string[];
}

/** A plan, indexed: computed once per plan. */
export interface Shape {
  readonly plan: Plan;
  readonly specs: ReadonlyMap<string, Spec>;
  readonly stages: readonly Stage[];
  readonly total: number;
  /** Stages of each step, by batch. */
  readonly stagesOf: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

/** Kinds that the engine does itself: they have no effect of their own. */
export const isOwn = (step: PlanStep): boolean => ["wait", "manual", "approve"].includes(step.kind);

/** May be begun again though it may have happened. */
export const isRepeatable = (step: PlanStep): boolean => step.risk === "read" || step.idempotent;

/** In posture assist every change waits for a key, and every banner; what a person does anyway does not. */
function isKeyed(plan: Plan, step: PlanStep, changes: boolean): boolean {
  if (plan.automation !== "assist" || step.kind === "manual" || step.kind === "approve") return false;
  return changes || step.banner !== undefined;
}

function specOf(plan: Plan, step: PlanStep, others: ReadonlyMap<string, PlanStep>): Spec {
  const verify = step.verify === undefined ? undefined : others.get(step.verify)!;
  const undo = step.undo === undefined ? undefined : others.get(step.undo)!;
  const proof = undo?.verify === undefined ? undefined : others.get(undo.verify)!;
  const changes = [step, verify, step.until === undefined ? undefined : undo].some((one) => one && one.risk !== "read");
  return {
    step,
    performs: { do: step, ...(verify && { verify }), ...(undo && { undo }), ...(proof && { "undo-verify": proof }) },
    changes,
    keyed: isKeyed(plan, step, changes),
  };
}

function targetsOf(plan: Plan, step: PlanStep, batch: number): readonly string[] {
  if (step.scope === "run") return batch === 0 ? [RUN_SCOPE] : [];
  if (step.scope === "batch") return [batchScope(batch)];
  return (plan.batches[batch] ?? []).filter((target) => step.targets?.includes(target) ?? true);
}

function build(plan: Plan): Shape {
  checkPlan(plan);
  const others = new Map(plan.others.map((step) => [step.id, step]));
  const specs = new Map(plan.steps.map((step) => [step.id, specOf(plan, step, others)]));
  const stagesOf = new Map(plan.steps.map((step) => [step.id, new Map<number, number>()]));
  const stages: Stage[] = [];
  let total = 0;
  for (let batch = 0; batch < Math.max(1, plan.batches.length); batch++)
    for (const spec of specs.values()) {
      const targets = targetsOf(plan, spec.step, batch);
      if (targets.length === 0) continue;
      stagesOf.get(spec.step.id)!.set(batch, stages.length);
      stages.push({ spec, batch, first: total, targets });
      total += targets.length;
    }
  return { plan, specs, stages, total, stagesOf };
}

const known = new WeakMap<Plan, Shape>();

/** @throws TypeError for a plan that no plan-maker may make: see `checkPlan`. */
export function shapeOf(plan: Plan): Shape {
  let shape = known.get(plan);
  if (!shape) known.set(plan, (shape = build(plan)));
  return shape;
}

/**
 * The step that an attempt performs: the step itself, or its verify or undo, or the verify of its undo.
 * @throws TypeError when the plan has no such step.
 */
export function performedBy(plan: Plan, attempt: Pick<Attempt, "step" | "purpose">): PlanStep {
  const step = shapeOf(plan).specs.get(attempt.step)?.performs[attempt.purpose];
  if (!step) throw new TypeError(`plan ${plan.digest} has no ${attempt.purpose} of step ${attempt.step}`);
  return step;
}

/**
 * The stage after whose end an `until` step of this batch is undone: that of the named step in the same batch, or, for a
 * step done once in the run, the last one of the named step; never before its own.
 */
export function lastStageOf(shape: Shape, spec: Spec, batch: number): number {
  const named = shape.stagesOf.get(spec.step.until!)!;
  const own = shape.stagesOf.get(spec.step.id)!.get(batch)!;
  const there = spec.step.scope === "run" ? Math.max(...named.values()) : (named.get(batch) ?? own);
  return Math.max(own, there);
}

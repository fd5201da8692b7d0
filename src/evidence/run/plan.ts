import { createHash } from "node:crypto";
import { batchScope, RUN_SCOPE, type Plan, type PlanStep } from "../../model/plan.ts";
import { canonical } from "../canonical.ts";

/** What the digest of a plan covers: all of it but where it stands in the manual, what nobody stated, what is missing, who asked how. */
export type BoundPlan = Omit<Plan, "unstated" | "parts" | "missing" | "request" | "book" | "digest">;

function bare(whole: PlanStep): PlanStep {
  const { source: _, ...step } = whole;
  return step;
}

export function boundPart(plan: Plan | BoundPlan): BoundPlan {
  const { unstated: _u, parts: _p, missing: _m, request: _r, book: _b, digest: _d, ...bound } = plan as Plan;
  const { steps, others, ...rest } = bound;
  return { ...rest, steps: steps.map(bare), others: others.map(bare) };
}

/** `sha256:…` over the canonical JSON (RFC 8785) of what is bound. */
export const planDigest = (plan: Plan | BoundPlan): string =>
  `sha256:${createHash("sha256")
    .update(canonical(boundPart(plan)))
    .digest("hex")}`;

/** One step in one batch; stages are done one after the other. */
export interface Stage {
  readonly step: PlanStep;
  /** From 0. */
  readonly batch: number;
  /** Names of targets, `-` (once in the run) or `batch-N`. */
  readonly targets: readonly string[];
}

function targetsOf(plan: BoundPlan, step: PlanStep, batch: number): readonly string[] {
  if (step.scope === "run") return batch === 0 ? [RUN_SCOPE] : [];
  if (step.scope === "batch") return [batchScope(batch)];
  return (plan.batches[batch] ?? []).filter((target) => step.targets?.includes(target) ?? true);
}

/** Everything that a plan does, in its order. */
export const stagesOf = (plan: BoundPlan): readonly Stage[] =>
  Array.from({ length: Math.max(1, plan.batches.length) }, (_, batch) =>
    plan.steps.map((step) => ({ step, batch, targets: targetsOf(plan, step, batch) })),
  )
    .flat()
    .filter(({ targets }) => targets.length > 0);

/** The step of `others` with this id. */
export const otherOf = (plan: BoundPlan, id: string | undefined): PlanStep | undefined =>
  id === undefined ? undefined : plan.others.find((step) => step.id === id);

/** It, its verify, or the undo that is done in any case may change something: unknown counts as write. */
export const changes = (plan: BoundPlan, step: PlanStep): boolean =>
  [step, otherOf(plan, step.verify), step.until === undefined ? undefined : otherOf(plan, step.undo)].some(
    (one) => one !== undefined && one.risk !== "read",
  );

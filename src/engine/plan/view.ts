import type { Gate } from "../../model/gate.ts";
import type { ByHand, Missing, Plan, PlanStep } from "../../model/plan.ts";
import type { PlanRollout } from "../../model/rollout.ts";
import { summaryOf, type PlanSummary } from "../../model/plan-summary.ts";
import type { Source } from "../../model/source.ts";
import type { Risk } from "../../model/states.ts";

/** A step as `run --json` gives it: verify and undo are the exact commands. */
export interface StepPlanView {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly risk: Risk;
  readonly sudo: boolean;
  /** Names of targets; empty for a step that is done once in the run. */
  readonly targets: readonly string[];
  /** A person does it at a console: the kind of step it would be elsewhere, and what is to be seen. Null: a program does. */
  readonly byHand: ByHand | null;
  readonly command: string;
  readonly verify: string | null;
  readonly undo: string | null;
  readonly approval: Gate | null;
  readonly timeoutSeconds: number;
  readonly onFail: PlanStep["onFail"];
  readonly source: Source | null;
}

/** The plan as `run --json` gives it. */
export interface PlanView {
  readonly runbook: string;
  readonly title: string;
  readonly env: string;
  readonly planDigest: string;
  readonly rehearsal: boolean;
  /** How far the run goes by itself; `unstated` names what of it is only the default. */
  readonly posture: Pick<Plan, "automation" | "unstated">;
  readonly steps: readonly StepPlanView[];
  readonly batches: Plan["batches"];
  readonly rollout: PlanRollout | null;
  readonly parameters: Plan["parameters"];
  readonly files: Plan["files"];
  readonly approval: Gate | null;
  readonly missing: readonly Missing[];
  readonly summary: PlanSummary;
}

/** A plan as plain data for scripts; the form is part of the command line's contract. */
export function planView(plan: Plan): PlanView {
  const commandOf = (id: string | undefined): string | null =>
    plan.others.find((step) => step.id === id)?.command ?? null;
  const names = plan.targets.map(({ name }) => name);
  return {
    runbook: plan.runbook,
    title: plan.title,
    env: plan.environment,
    planDigest: plan.digest,
    rehearsal: plan.rehearsal,
    posture: { automation: plan.automation, ...(plan.unstated && { unstated: plan.unstated }) },
    steps: plan.steps.map((step) => ({
      id: step.id,
      title: step.title,
      kind: step.kind,
      risk: step.risk,
      sudo: step.sudo,
      targets: step.scope === "run" ? [] : (step.targets ?? names).filter((name) => names.includes(name)),
      byHand: step.byHand ?? null,
      command: step.command,
      verify: commandOf(step.verify),
      undo: commandOf(step.undo),
      approval: step.gate ?? null,
      timeoutSeconds: step.timeoutMs / 1000,
      onFail: step.onFail,
      source: step.source ?? null,
    })),
    batches: plan.batches,
    rollout: plan.rollout ?? null,
    parameters: plan.parameters,
    files: plan.files,
    approval: plan.gate ?? null,
    missing: plan.missing,
    summary: summaryOf(plan),
  };
}

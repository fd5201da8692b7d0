import type { Plan } from "../../model/plan.ts";
import type { RunbookKind } from "../../model/runbook.ts";
import { utc } from "../../model/time.ts";
import { writeEnv } from "../env.ts";
import { drillPairs, line, stepPairs } from "./drill-keys.ts";
import type { RunJudged } from "./judge.ts";
import { boundPart, planDigest, stagesOf } from "./plan.ts";

/** What is known of a run that was only looked at. */
export interface DryRun {
  readonly plan: Plan;
  readonly kind: RunbookKind;
  readonly by: string;
  readonly reason: string;
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The plan as if each step had ended well in no time: everything simulated, and it says so. */
function simulated({ plan, kind, by, reason, now }: DryRun): RunJudged {
  const rehearsal = { ...boundPart(plan), rehearsal: true };
  const { digest: book, commit = null, dirty } = plan.book;
  const { runbook, title, environment } = plan;
  return {
    started: {
      id: "none",
      runbook,
      title,
      kind,
      environment,
      by,
      reason,
      host: "none",
      book,
      commit,
      dirty,
      plan: planDigest(plan),
      only: null,
    },
    plan: rehearsal,
    people: [],
    state: "done",
    reasons: [],
    verdict: "rehearsal",
    clock: "wall",
    seconds: 0,
    workMs: 0,
    began: now,
    tasks: [],
    steps: stagesOf(rehearsal).map(({ step, targets }, index) => ({
      n: index + 1,
      name: step.id,
      targets,
      status: "simulated_ok",
      ms: 0,
    })),
    approvals: [],
    outputs: {},
    journal: [],
  };
}

/**
 * Text of the file that `--output-file` writes for a dry run: the keys of an executed run, every step `simulated_ok`,
 * marked as a dry run, without a run id. The published verifiers accept it; ours calls it a rehearsal.
 */
export function dryRunEnv(of: DryRun): string {
  const run = simulated(of);
  const { started, plan } = run;
  return writeEnv([
    ...drillPairs(run),
    ["EVIDENCE_FORMAT", "watchbook-run/1"],
    ["RUNBOOK", line(plan.runbook)],
    ["RUNBOOK_KIND", of.kind],
    ["ENVIRONMENT", line(plan.environment)],
    ["PLAN_DIGEST", started.plan],
    ["OPERATOR", line(of.by)],
    ["DRY_RUN", "true"],
    ["MANUAL_DIGEST", started.book],
    ["MANUAL_COMMIT", started.commit ?? "none"],
    ["MANUAL_DIRTY", String(started.dirty)],
    ["WATCHBOOK_VERSION", of.version],
    ["STARTED_UTC", utc(of.now)],
    ["STEPS_TOTAL", String(run.steps.length)],
    ...stepPairs(run),
    ["VERDICT", "rehearsal"],
  ]);
}

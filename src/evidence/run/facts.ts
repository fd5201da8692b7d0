import { canonical } from "../canonical.ts";
import type { Env } from "../env.ts";
import { FILES } from "../files.ts";
import { Refusal } from "../refusal.ts";
import { attachmentsOf, type Attachment } from "./attachments.ts";
import { drillPairs, failedStep, line, measurePairs, objectivePairs, stepPairs, type Pair } from "./drill-keys.ts";
import type { RunJudged } from "./judge.ts";
import { guardPairs } from "./guard-keys.ts";
import { outcomeOf } from "./tasks.ts";

/** Keys of result.env that follow from the events; those of place and time are the recorder's. */
export function runPairs(run: RunJudged): readonly Pair[] {
  const { started, plan, approvals, fault } = run;
  const drill = drillPairs(run);
  const known = new Set(drill.map(([key]) => key));
  return [
    ...drill,
    ["EVIDENCE_FORMAT", "watchbook-run/1"],
    ["RUN_ID", started.id],
    ["RUNBOOK", line(started.runbook)],
    ["RUNBOOK_KIND", started.kind],
    ["ENVIRONMENT", line(started.environment)],
    ["PLAN_DIGEST", started.plan],
    ["OPERATOR", line(started.by)],
    ["REASON", line(started.reason)],
    ["APPROVED_BY", line([...new Set(approvals.map(({ by }) => by))].join(",")) || "none"],
    ["DRY_RUN", String(plan.rehearsal)],
    ["PARTIAL", String(started.only !== null)],
    ["STATE", run.state],
    ["DURATION_SECONDS", run.seconds.toFixed(3)],
    ["WORK_SECONDS", (run.workMs / 1000).toFixed(3)],
    ["CLOCK_SOURCE", run.clock],
    ...(fault
      ? ([
          ["FAULT_EFFECT_VERIFIED", String(fault.bit)],
          ["FAULT_REMOVED", String(fault.removed)],
        ] as const)
      : []),
    ...measurePairs(run).filter(([key]) => !known.has(key)),
    ...objectivePairs(run),
    ...guardPairs(run),
    ["STEPS_TOTAL", String(run.steps.length)],
    ["FAILED_STEP", failedStep(run)],
    ...stepPairs(run),
    ["VERDICT", run.verdict],
  ];
}

/** Outcomes by step and target: what in-toto's test result lists. */
export const itemsOf = (run: RunJudged) =>
  run.tasks.map((task) => ({ id: `${task.step.id}@${task.target}`, outcome: outcomeOf(task) }));

/** What persons gave; absent where nobody gave anything. */
function filesOf({ journal }: RunJudged): { readonly files?: readonly Attachment[] } {
  const files = attachmentsOf(journal);
  return files.length === 0 ? {} : { files };
}

/** result.json of a run as far as it follows from the events. Plain JSON. */
export const runResult = (run: RunJudged): Readonly<Record<string, unknown>> => ({
  format: "watchbook-run/1",
  ...run.started,
  state: run.state,
  verdict: run.verdict,
  reasons: run.reasons,
  seconds: run.seconds,
  clock: run.clock,
  items: itemsOf(run),
  tasks: run.tasks.map(({ step, target, state, attempts, seconds, end, hands }) => ({
    step: step.id,
    target,
    state,
    attempts,
    seconds,
    // Never seen by a program: it counts as what a person said, and says so.
    ...(step.byHand && { by: "person", persons: hands }),
    ...(end?.reason !== undefined && { reason: end.reason, args: end.args ?? {} }),
    ...(end?.output !== undefined && { output: end.output }),
  })),
  steps: run.steps,
  approvals: run.approvals,
  people: run.people,
  ...(run.fault && { fault: run.fault }),
  ...(run.drill && { drill: run.drill }),
  ...filesOf(run),
  measures: Object.fromEntries(measurePairs(run)),
  plan: { ...run.plan, digest: run.started.plan },
});

/** result.env and result.json must say what the events say; what else they say is not a fact of the run. */
export function checkRunFacts(run: RunJudged, env: Env, result: Readonly<Record<string, unknown>>): void {
  for (const [key, is] of runPairs(run))
    if (env.get(key) !== is)
      throw new Refusal("verdict-disagrees", { where: `${FILES.env} ${key}`, said: env.get(key) ?? "-", is });
  for (const [key, is] of Object.entries(runResult(run))) {
    const said = Object.hasOwn(result, key) ? canonical(result[key]) : "-";
    // The plan and the list of steps are too long to be said; their name is enough.
    if (said !== canonical(is)) throw new Refusal("facts-disagree", { where: FILES.json, key });
  }
}

import type { Automation, OnFail, Plan, PlanStep, PlanTarget } from "../../model/plan.ts";
import type { Rollout, RunbookSpec } from "../../model/runbook-spec.ts";
import type { Draft } from "./draft.ts";
import type { Drafts } from "./drafts.ts";
import { MissingList } from "./missing.ts";
import { onFailIn, planRollout } from "./rollout.ts";
import { settle } from "./settle.ts";
import type { SettleParts } from "./settle.ts";
import type { WholeUndo } from "./whole-undo.ts";

export interface AllParts extends Omit<SettleParts, "drafts" | "variables"> {
  readonly targets: readonly PlanTarget[];
  readonly rollout: Rollout;
  readonly automation: Automation;
}

/** Variables that every target has. */
const ofTargets = (targets: readonly PlanTarget[]): readonly string[] => {
  const [first, ...rest] = targets;
  return Object.keys(first?.env ?? {}).filter((name) => rest.every(({ env }) => Object.hasOwn(env, name)));
};

const GIVEN = ["WB_RUN", "WB_RUNBOOK", "WB_ENVIRONMENT", "WB_STEP", "WB_TARGET", "WB_OUTPUT"];

/** Steps and what verifies and undoes them, each finding what the steps before it give out. */
export function settleAll(
  given: Drafts,
  back: WholeUndo | undefined,
  spec: RunbookSpec | undefined,
  all: AllParts,
): Pick<Plan, "steps" | "others" | "rollout"> {
  const { rollout, targets, automation, ...rest } = all;
  const placed = (draft: Draft): Draft => inPlace(draft, rollout.cwd);
  const [steps, others] = [given.steps.map(placed), given.others.map(placed)];
  const undo = back?.draft ? { ...back, draft: placed(back.draft) } : back;
  const parts = { ...rest, drafts: [...steps, ...others] };
  const variables = new Set([...GIVEN, ...ofTargets(targets)]);
  const done: PlanStep[] = [];
  for (const draft of steps) {
    done.push(settle(draft, { ...parts, variables: new Set(variables) }));
    for (const name of draft.outputs) variables.add(name);
  }
  const beside = others.map((draft) => settle(draft, { ...parts, variables }));
  const whole = undo && settleWhole(undo, { ...parts, variables });
  const at = done.findIndex((step) => step.risk !== "read" && step.undo === undefined);
  const undone = whole && at >= 0 ? done.with(at, { ...done[at]!, undo: whole.id }) : done;
  const { missing } = parts;
  const frame = { rollout, steps: undone, whole: whole !== undefined, spec };
  const inRollout = onFailIn({ ...frame, targets: targets.length, missing });
  const elsewhere = (index: number): OnFail => spec?.onFail ?? onFailOf(undone, index, automation);
  const said = new Map<string, OnFail | undefined>([...steps].map((draft) => [draft.id, draft.onFail]));
  return {
    ...planRollout(frame),
    steps: undone.map((step, index) => ({ ...step, onFail: said.get(step.id) ?? (inRollout ?? elsewhere)(index) })),
    others: whole && at >= 0 ? [...beside, whole] : beside,
  };
}

/** Where a step starts: what watchbook.yaml says of it, else of the runbook there, else what the manual says. */
function inPlace(draft: Draft, cwd: string | undefined): Draft {
  const place = draft.place ?? cwd ?? draft.cwd;
  return place === undefined ? draft : { ...draft, cwd: place };
}

/** Where something was applied that can be undone, a person is asked, or it is undone where none is waited for. */
function onFailOf(steps: readonly PlanStep[], index: number, automation: Automation): OnFail {
  const step = steps[index]!;
  if (step.onFail !== "stop" || steps.slice(0, index + 1).every(({ undo }) => undo === undefined)) return step.onFail;
  return automation === "auto" ? "undo" : "ask";
}

/** One finding for a rollback that cannot be executed: it is a runbook of its own, and says there what it lacks. */
function settleWhole({ runbook, draft }: WholeUndo, parts: SettleParts): PlanStep | undefined {
  const own = new MissingList();
  const step =
    draft && settle(draft, { ...parts, drafts: [draft, { ...draft, id: "", undo: draft.id }], missing: own });
  if (step && own.all.length === 0) return step;
  parts.missing.add("rollback-not-executable", { runbook: runbook.id }, { source: runbook.source });
  return undefined;
}

import type { OnFail, Plan, PlanStep } from "../../model/plan.ts";
import type { PlanRollout, Rollback, RolloutSpec } from "../../model/rollout.ts";
import type { BatchSize, Rollout, RunbookSpec } from "../../model/runbook-spec.ts";
import { ONE_FIRST } from "./batches.ts";
import type { Draft } from "./draft.ts";
import type { MissingList } from "./missing.ts";

const SOAK = "rollout/soak";
const gateId = (name: string): string => `gate/${name}`;

const ALL: BatchSize = { part: 1 };
const ONE: BatchSize = { count: 1 };

function strategySizes({ strategy, first = ONE, batch }: RolloutSpec): readonly BatchSize[] {
  if (strategy === "recreate") return [ALL];
  return strategy === "rolling" ? [batch ?? ONE] : [first, batch ?? ALL];
}

/** Sizes of the batches: those of the strategy, else those that are said, else one target first where something changes. */
export function sizesOf({ rollout, batches }: Rollout, changes: boolean): readonly BatchSize[] {
  if (rollout) return strategySizes(rollout);
  return batches ?? (changes ? ONE_FIRST : [ALL]);
}

/** What stands behind the steps of each batch, the last one too: time to show what is wrong, then the gates. */
export function afterEachBatch({ rollout }: Rollout, runbook: string): readonly Draft[] {
  if (!rollout) return [];
  const { soakMs = 0, gates, source } = rollout;
  const common = { commands: [], blanks: [], details: [], role: "do", runbook, scope: "batch", outputs: [] } as const;
  const named = (id: string) => ({ id, title: id });
  return [
    ...(soakMs > 0 ? [{ ...common, ...named(SOAK), kind: "wait", with: { ms: soakMs }, source }] : []),
    ...gates.map((gate) => ({
      ...common,
      ...named(gateId(gate.name)),
      kind: "gate",
      with: gate.with,
      source: gate.source,
    })),
  ];
}

const ON_FAIL: Readonly<Record<Rollback, OnFail>> = { auto: "undo", ask: "ask", none: "stop" };
const SAID: Readonly<Partial<Record<OnFail, Rollback>>> = { undo: "auto", ask: "ask", stop: "none" };

const changing = (steps: readonly PlanStep[]): readonly PlanStep[] => steps.filter(({ risk }) => risk !== "read");

/** Said for the rollout, else what the runbook says of failures, else whatever can be done without a person. */
function policyOf(
  rollout: RolloutSpec,
  steps: readonly PlanStep[],
  whole: boolean,
  onFail: OnFail | undefined,
): Rollback {
  const undoable = whole || changing(steps).every(({ undo }) => undo !== undefined);
  return rollout.rollback ?? (onFail && SAID[onFail]) ?? (undoable ? "auto" : "ask");
}

export interface FailureParts {
  readonly rollout: Rollout;
  /** With their undos. */
  readonly steps: readonly PlanStep[];
  /** A runbook undoes all of it as a whole. */
  readonly whole: boolean;
  readonly spec: RunbookSpec | undefined;
  readonly targets: number;
  readonly missing: MissingList;
}

/**
 * What a failure of each step does in a rollout, where the step does not say it; undefined without a rollout. From the
 * second batch on something was changed before any step; in the only batch a look before the first change just stops.
 */
export function onFailIn(parts: FailureParts): ((index: number) => OnFail) | undefined {
  const { rollout: said, steps, whole, spec, targets, missing } = parts;
  const { rollout } = said;
  if (!rollout) return undefined;
  const policy = policyOf(rollout, steps, whole, spec?.onFail);
  const bare = changing(steps).filter(({ undo }) => undo === undefined);
  if (rollout.rollback === "auto" && bare.length > 0 && bare.length === changing(steps).length)
    missing.add("rollback-without-undo", { steps: bare.map(({ id }) => id).join(", ") }, { source: rollout.source });
  const runbooks = rollout.rollback === undefined ? spec?.onFail : undefined;
  const single = targets <= 1 || rollout.strategy === "recreate";
  const first = steps.findIndex(({ undo }) => undo !== undefined);
  return (index) => {
    const step = steps[index]!;
    if (step.kind === "gate") return ON_FAIL[policy];
    if (runbooks !== undefined) return runbooks;
    const before = first < 0 || index < first;
    return before && (single || step.scope === "run") ? step.onFail : ON_FAIL[policy];
  };
}

/** With as many failures as a whole batch has targets nobody would be left to look at, and the next batch would begin. */
export function judgeFailures(
  { rollout }: Rollout,
  { batches, maxFailures }: Pick<Plan, "batches" | "maxFailures">,
  missing: MissingList,
): void {
  const size = Math.min(...batches.map((names) => names.length));
  if (rollout && maxFailures >= size)
    missing.add("rollout-failures", { max: maxFailures, size }, { source: rollout.source });
}

/** What a plan says of its rollout. The policy is that of its gates and steps: the same was asked for both. */
export function planRollout(parts: Omit<FailureParts, "targets" | "missing">): Pick<Plan, "rollout"> {
  const { rollout } = parts.rollout;
  if (!rollout) return {};
  const { strategy, soakMs = 0, rollbackWithin } = rollout;
  const plan: PlanRollout = {
    strategy,
    gates: parts.steps.filter(({ kind, scope }) => kind === "gate" && scope === "batch").map(({ id }) => id),
    soakMs,
    rollback: policyOf(rollout, parts.steps, parts.whole, parts.spec?.onFail),
    ...(rollbackWithin !== undefined && { rollbackWithin }),
  };
  return { rollout: plan };
}

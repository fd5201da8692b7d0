import type { Plan } from "../../../model/plan.ts";
import { enterStage } from "./course.ts";
import { INNER, taskKey, type Inner, type View, type Work } from "./inner.ts";
import { shapeOf, type Shape } from "./shape.ts";
import { stateOf } from "./state.ts";
import type { RunView } from "./view.ts";
import { waitsOf } from "./waits.ts";

function workOf(shape: Shape): Work[] {
  return shape.stages.flatMap(({ spec, batch, targets }) =>
    targets.map((target) => ({
      task: { step: spec.step.id, target, batch, state: "pending", attempts: 0 },
      spec,
      used: { do: 0, verify: 0, undo: 0, "undo-verify": 0 },
      tries: 0,
      timed: false,
      asks: false,
      since: 0,
      began: 0,
      before: 0,
      trusted: false,
      held: false,
    })),
  );
}

function innerOf(shape: Shape): Inner {
  const work = workOf(shape);
  return {
    shape,
    work,
    at: new Map(work.map((one) => [taskKey(one.task.step, one.task.target), one])),
    gates: new Map(),
    keys: new Set(),
    stage: 0,
    since: 0,
    fresh: 0,
    left: 0,
    active: new Set(),
    out: new Set(),
    applied: [],
    appliedOn: new Map(),
    faults: new Set(),
    undoing: new Set(),
    broken: new Set(),
    changed: false,
  };
}

/**
 * A run of which nothing is journalled yet.
 * @throws TypeError for a plan that no plan-maker may make: see `checkPlan`.
 */
export function begin(plan: Plan): RunView {
  const run = innerOf(shapeOf(plan));
  const view: View = {
    digest: plan.digest,
    by: "",
    reason: "",
    host: "",
    created: 0,
    updated: 0,
    seq: 0,
    epoch: 0,
    get state() {
      return stateOf(view);
    },
    get waits() {
      return waitsOf(view);
    },
    tasks: run.work.map((one) => one.task),
    gates: [],
    outputs: Object.create(null) as RunView["outputs"],
    done: 0,
    total: run.work.length,
    dropped: [],
    [INNER]: run,
  };
  enterStage(view, 0, 0);
  return view;
}

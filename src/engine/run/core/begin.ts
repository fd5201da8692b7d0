import type { Plan } from "../../../model/plan.ts";
import type { RunState } from "../../../model/run.ts";
import { enterStage } from "./course.ts";
import { INNER, taskKey, type Inner, type View, type Work } from "./inner.ts";
import { shapeOf, type Shape } from "./shape.ts";
import { stateOf } from "./state.ts";
import type { RunView, Wait } from "./view.ts";
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
 * The getters are the class's, not each object's: an object with getters of its own has a shape of its own, and all that
 * these reach outlives it until the next full collection.
 */
class Standing {
  by = "";
  reason = "";
  host = "";
  created = 0;
  updated = 0;
  seq = 0;
  epoch = 0;
  gates: View["gates"] = [];
  outputs = Object.create(null) as View["outputs"];
  done = 0;
  dropped: View["dropped"] = [];
  readonly digest: string;
  readonly tasks: View["tasks"];
  readonly total: number;
  readonly [INNER]: Inner;

  constructor(digest: string, run: Inner) {
    this.digest = digest;
    this.tasks = run.work.map((one) => one.task);
    this.total = run.work.length;
    this[INNER] = run;
  }

  get state(): RunState {
    return stateOf(this);
  }

  get waits(): readonly Wait[] {
    return waitsOf(this);
  }

  /** What is told to others has them too, though they are the class's. */
  toJSON(): object {
    return Object.assign({}, this, { state: this.state, waits: this.waits });
  }
}

/**
 * A run of which nothing is journalled yet.
 * @throws TypeError for a plan that no plan-maker may make: see `checkPlan`.
 */
export function begin(plan: Plan): RunView {
  const view: View = new Standing(plan.digest, innerOf(shapeOf(plan)));
  enterStage(view, 0, 0);
  return view;
}

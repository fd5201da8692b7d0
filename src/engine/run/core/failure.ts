import { PLAN_GATE } from "../../../model/gate.ts";
import type { AttemptEnd } from "../../../model/journal.ts";
import { endTask, halt } from "./ending.ts";
import { inner, turn, type View, type Work } from "./inner.ts";

/**
 * The target of a failed task drops out; undone too, if asked for. One more than `maxFailures`, or a step that is not
 * done on each target, stops the whole run, and what is undone then is everything.
 */
export function dropOut(view: View, work: Work, undo: boolean): void {
  const run = inner(view);
  const { target } = work.task;
  turn(work, "failed");
  endTask(view, work);
  if (work.spec.step.scope !== "target") return halt(view, "failed", undo);
  run.out.add(target);
  view.dropped = [...run.out];
  if (run.out.size > run.shape.plan.maxFailures) halt(view, "failed", undo);
  else if (undo) run.undoing.add(target);
}

/** A task failed for good: its on-fail decides. */
export function failTask(view: View, work: Work, end: AttemptEnd): void {
  const run = inner(view);
  turn(work, "failed", end);
  work.task.failure = end;
  const { onFail } = work.spec.step;
  if (run.halt || onFail === "continue") return endTask(view, work);
  if (onFail !== "ask") return dropOut(view, work, onFail === "undo");
  turn(work, "waiting");
  work.asks = true;
  run.active.add(work);
}

/** Tasks of the current stage that may still begin. */
export function* pending(view: View): Generator<Work> {
  const run = inner(view);
  const stage = run.shape.stages[run.stage];
  if (!stage) return;
  for (let at = run.fresh; at < stage.targets.length; at++) {
    const work = run.work[stage.first + at]!;
    if (work.task.state === "pending" && isIn(view, work)) yield work;
  }
}

/** Whether the task's target is still in; a batch is until all of its targets have dropped out. */
export function isIn(view: View, work: Work): boolean {
  const { out, shape } = inner(view);
  const { scope } = work.spec.step;
  if (scope === "run" || out.size === 0) return true;
  if (scope === "target") return !out.has(work.task.target);
  const batch = shape.plan.batches[work.task.batch] ?? [];
  return batch.length === 0 || batch.some((target) => !out.has(target));
}

/**
 * An approval was refused, or nobody gave it in time. Before the first change, and for the approval of the whole plan,
 * that refuses the run; later it is a failure of the step everywhere, and its on-fail decides for the run.
 */
export function failByGate(view: View, gate: string, reason: "approval-rejected" | "approval-expired"): void {
  const run = inner(view);
  const stage = run.shape.stages[run.stage];
  if (!run.changed || !stage || gate === PLAN_GATE) return halt(view, "refused", false);
  const end: AttemptEnd = { ending: "failed", seconds: 0, reason, args: { gate } };
  const { onFail } = stage.spec.step;
  for (const work of [...pending(view)]) {
    if (onFail === "ask" || onFail === "continue") failTask(view, work, end);
    else {
      turn(work, "failed", end);
      endTask(view, work);
    }
  }
  if (onFail === "stop" || onFail === "undo") halt(view, "failed", onFail === "undo");
}

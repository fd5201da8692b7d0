import { failByGate, isIn } from "./failure.ts";
import { inner, type View } from "./inner.ts";
import { isPast, undoOn } from "./back.ts";

/** The cursor moves to a stage. Targets that dropped out are left aside for good. */
export function enterStage(view: View, index: number, at: number): void {
  const run = inner(view);
  const stage = run.shape.stages[index];
  run.stage = index;
  run.since = at;
  run.fresh = 0;
  run.left = 0;
  if (!stage) return;
  for (let task = 0; task < stage.targets.length; task++) if (isIn(view, run.work[stage.first + task]!)) run.left += 1;
  const gate = run.gates.get(stage.spec.step.id);
  if (run.left > 0 && (gate?.state === "rejected" || gate?.state === "expired"))
    failByGate(view, gate.gate, `approval-${gate.state}`);
}

/** Forgets the targets that are undone as far as they can be. */
function closeUndoing(view: View): void {
  const run = inner(view);
  if (run.undoing.size === 0) return;
  const busy = new Set([...run.active].map((work) => work.task.target));
  const faulty = new Set([...run.faults].map((work) => work.task.target));
  for (const target of run.undoing)
    if (!busy.has(target) && !faulty.has(target) && !undoOn(view, target)) run.undoing.delete(target);
}

/**
 * Moves on as far as the run has come: past a stage that ended on all targets that are in, once the faults that were
 * to last until then are removed; past a batch, once the targets that dropped out of it are undone.
 */
export function settle(view: View, at: number): void {
  const run = inner(view);
  const { stages } = run.shape;
  closeUndoing(view);
  while (!run.halt && run.stage < stages.length && run.left === 0) {
    for (const fault of run.faults) if (isPast(view, fault)) return;
    if (stages[run.stage]!.batch !== stages[run.stage + 1]?.batch && run.undoing.size > 0) return;
    enterStage(view, run.stage + 1, at);
  }
  skipBegun(view);
}

/** What has begun at the head of the stage need not be looked at again. */
function skipBegun(view: View): void {
  const run = inner(view);
  const stage = run.shape.stages[run.stage];
  const first = stage?.first ?? 0;
  const count = stage?.targets.length ?? 0;
  for (; run.fresh < count; run.fresh += 1) {
    const work = run.work[first + run.fresh]!;
    if (work.task.state === "pending" && isIn(view, work)) return;
  }
}

import { inner, type Applied, type View, type Work } from "./inner.ts";
import { lastStageOf } from "./shape.ts";

/** No step will begin any more: all have ended, or the run was halted. */
export function isOver(view: View): boolean {
  const run = inner(view);
  return run.halt !== undefined || run.stage >= run.shape.stages.length;
}

/** Whether a fault has lasted long enough: its last step ended, its target dropped out, or the run is over. */
export function isPast(view: View, work: Work): boolean {
  const run = inner(view);
  if (isOver(view) || run.out.has(work.task.target)) return true;
  const last = lastStageOf(run.shape, work.spec, work.task.batch);
  return run.stage > last || (run.stage === last && run.left === 0);
}

const isBack = (work: Work): boolean => work.task.state === "undone" || work.task.state === "undo-failed";

/** The last of them that is still applied. What is found to be settled is forgotten, so that none is looked at twice. */
function lastApplied(view: View, stack: Applied[] | undefined): Work | undefined {
  const { broken } = inner(view);
  for (let top = stack?.at(-1); top; stack!.pop(), top = stack!.at(-1)) {
    const { work, seq } = top;
    if (work.began === seq && !isBack(work) && !broken.has(work.task.target)) return work;
  }
  return undefined;
}

/** What is to be undone next on a target that dropped out. */
export const undoOn = (view: View, target: string): Work | undefined =>
  lastApplied(view, inner(view).appliedOn.get(target));

/**
 * What is to be undone now. Faults first, since they may hinder everything else, one at a time per target; then
 * targets that dropped out, each in reverse order; then, when nothing else goes on, everything in reverse order, one
 * after the other. A pause holds all but the faults.
 */
export function undoNext(view: View): { readonly faults: readonly Work[]; readonly steps: readonly Work[] } {
  const run = inner(view);
  if (run.faults.size === 0 && run.undoing.size === 0 && !run.halt?.undo) return { faults: [], steps: [] };
  const busy = new Set([...run.active].map((work) => work.task.target));
  const faults = [...run.faults].reverse().filter((work) => {
    const free = isPast(view, work) && !busy.has(work.task.target);
    if (free) busy.add(work.task.target);
    return free;
  });
  const steps: Work[] = [];
  for (const target of run.undoing) {
    const work = busy.has(target) ? undefined : undoOn(view, target);
    if (work) steps.push(work);
  }
  if (run.halt?.undo && run.active.size === 0 && faults.length === 0 && steps.length === 0) {
    const work = lastApplied(view, run.applied);
    if (work) steps.push(work);
  }
  return { faults, steps };
}

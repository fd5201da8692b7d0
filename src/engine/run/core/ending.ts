import { inner, isForward, turn, type Halt, type View, type Work } from "./inner.ts";

/** The task is over, as it stands: its stage waits for it no longer. */
export function endTask(view: View, work: Work): void {
  const run = inner(view);
  work.asks = false;
  work.until = undefined;
  run.active.delete(work);
  run.left -= 1;
  view.done += 1;
}

/** A worker began it in the moment in which the run was halted. */
export function reopen(view: View): void {
  inner(view).left += 1;
  view.done -= 1;
}

/** What the task is being taken towards. */
export const aims = (work: Work): "forward" | "back" =>
  isForward(work.task.open?.purpose ?? work.expects ?? "do") ? "forward" : "back";

/** No new step begins. What is going on is let finish; what only waited is over. The first cause stays. */
export function halt(view: View, cause: Halt["cause"], undo: boolean): void {
  const run = inner(view);
  if (run.halt) {
    run.halt.undo ||= undo;
    return;
  }
  run.halt = { cause, undo };
  for (const work of [...run.active]) {
    if (work.task.open || aims(work) === "back") continue;
    turn(work, work.asks || work.task.state === "retrying" ? "failed" : "cancelled");
    endTask(view, work);
  }
}

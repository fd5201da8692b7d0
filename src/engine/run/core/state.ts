import type { RunState } from "../../../model/run.ts";
import { aims } from "./ending.ts";
import { inner, type View } from "./inner.ts";
import { isBusy } from "./next.ts";
import { waitsOf } from "./waits.ts";

/** Something is being undone, or it is the turn of undoing. */
function isUndoing(view: View): boolean {
  const { active, halt } = inner(view);
  const works = [...active];
  if (works.some((work) => aims(work) === "forward")) return false;
  return works.length > 0 || halt?.undo === true;
}

/** Its end; else paused; else waiting, when nothing goes on without a person or before a timer; else what goes on. */
export function stateOf(view: View): RunState {
  if (view.ended) return view.ended.state;
  if (view.paused) return "paused";
  if (waitsOf(view).length > 0 && !isBusy(view)) return "waiting";
  if (inner(view).halt && isUndoing(view)) return "undoing";
  return view.cancelled ? "cancelling" : "running";
}

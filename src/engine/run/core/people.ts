import type { Entry } from "../../../model/journal.ts";
import { halt, endTask } from "./ending.ts";
import { dropOut } from "./failure.ts";
import { barrier, keyOf } from "./gates.ts";
import { inner, openStep, turn, type View, type Work } from "./inner.ts";

type Of<T extends Entry["type"]> = Extract<Entry, { type: T }>;

/** Counts only while the run waits for this key: a key pressed ahead is no consent to what comes between. */
export function onKey(view: View, entry: Of<"key">, at: number): void {
  const wall = barrier(view);
  if (wall?.kind !== "key" || wall.step !== entry.step || wall.batch !== entry.batch) return;
  inner(view).keys.add(keyOf(entry.step, entry.batch));
  inner(view).since = at;
}

/** The first word about a manual step that is open counts. */
export function onTick(work: Work, entry: Of<"tick">, at: number): void {
  if (openStep(work)?.kind !== "manual" || work.ticked !== undefined) return;
  work.ticked = entry;
  work.since = at;
}

/** The first answer to a failed step counts. */
export function onAnswer(view: View, work: Work, entry: Of<"answer">, at: number): void {
  if (!work.asks) return;
  work.asks = false;
  work.since = at;
  if (entry.choice === "retry") return again(view, work);
  if (entry.choice !== "skip") return dropOut(view, work, entry.choice === "undo");
  turn(work, "skipped");
  endTask(view, work);
}

/** Another attempt, with its retries from the start; what an approval failed before it began asks for it again. */
function again(view: View, work: Work): void {
  const run = inner(view);
  if (work.used.do === 0) {
    const gate = run.gates.get(work.task.step);
    if (gate?.state === "rejected" || gate?.state === "expired") run.gates.delete(gate.gate);
    run.active.delete(work);
    run.fresh = 0;
    return turn(work, "pending");
  }
  work.expects = "do";
  work.tries = 0;
  turn(work, "retrying");
}

/** The first decision of a doubt that was put to people counts. */
export function onDecided(work: Work, entry: Of<"decided">): void {
  const { doubt } = work;
  const open = work.task.open;
  if (!open || doubt?.rung !== "human" || doubt.decided) return;
  if (open.purpose === entry.purpose && open.attempt === entry.attempt) doubt.decided = entry;
}

export function onPause(view: View, entry: Of<"pause">, at: number): void {
  if (!view.paused && !view.cancelled) view.paused = { by: entry.by, reason: entry.reason, at };
}

export function onResume(view: View): void {
  delete view.paused;
}

/** The first breach is the one that is told. It breaks the drill off as a cancel does, or only makes it prove nothing. */
export function onGuard(view: View, entry: Of<"guard">, at: number): void {
  const { type: _, breaks, undo, ...seen } = entry;
  view.guard ??= seen;
  if (!breaks) return;
  view.cancelled ??= { by: "watchbook", reason: "", undo, at };
  delete view.paused;
  halt(view, "cancelled", undo);
}

/** Ends a pause too. A later one can only add that everything is undone. */
export function onCancel(view: View, entry: Of<"cancel">, at: number): void {
  const { by, reason, undo } = entry;
  if (!view.cancelled) view.cancelled = { by, reason, undo, at };
  else if (undo) view.cancelled = { ...view.cancelled, undo };
  delete view.paused;
  halt(view, "cancelled", undo);
}

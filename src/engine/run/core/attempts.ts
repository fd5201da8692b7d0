import type { Attempt, Entry } from "../../../model/journal.ts";
import { reopen } from "./ending.ts";
import { isIn } from "./failure.ts";
import { barrier } from "./gates.ts";
import { inner, isForward, openStep, turn, type View, type Work } from "./inner.ts";
import { JournalError } from "./journal-error.ts";
import { waitMs } from "./coherent.ts";
import { isOwn, isRepeatable } from "./shape.ts";
import type { TaskState } from "./view.ts";

type Of<T extends Entry["type"]> = Extract<Entry, { type: T }>;

/** Whether an attempt may begin now. A worker may have begun it in the moment in which the run was halted or paused. */
function mayBegin(view: View, work: Work, { purpose }: Attempt): boolean {
  const run = inner(view);
  const { state } = work.task;
  if (work.task.open || work.asks) return false;
  if (purpose === "undo" && !run.active.has(work))
    return work.began > 0 && state !== "undone" && state !== "undo-failed";
  if (work.expects === purpose) return true;
  const stage = run.shape.stages[run.stage];
  const current = stage?.spec === work.spec && stage.batch === work.task.batch;
  return purpose === "do" && state === "pending" && current && isIn(view, work) && !barrier(view);
}

const STATE: Readonly<Record<Attempt["purpose"], TaskState>> = {
  do: "running",
  verify: "verifying",
  undo: "undoing",
  "undo-verify": "undoing",
};

/** An attempt at doing a step may have had an effect from its intent on. */
function apply(view: View, work: Work, seq: number): void {
  const run = inner(view);
  work.before = work.began;
  work.began = seq;
  work.task.attempts += 1;
  if (work.spec.step.until !== undefined) run.faults.add(work);
  if (!work.spec.performs.undo) return;
  const { target } = work.task;
  const there = run.appliedOn.get(target) ?? [];
  run.appliedOn.set(target, there);
  for (const stack of [run.applied, there]) stack.push({ work, seq });
}

/** @throws JournalError where the plan allows no such attempt. */
export function onIntent(view: View, work: Work, entry: Of<"intent">, seq: number, at: number): void {
  const run = inner(view);
  const { step, target, purpose, attempt } = entry;
  const performed = work.spec.performs[purpose];
  if (!performed) throw new JournalError("foreign", seq, `step ${step} has no ${purpose}`);
  if (attempt !== work.used[purpose] + 1 || !mayBegin(view, work, entry))
    throw new JournalError("order", seq, `${purpose} ${attempt} of ${step} on ${target} may not begin here`);
  if (isForward(purpose) && run.halt && work.task.state !== "pending" && !run.active.has(work)) reopen(view);
  work.task.open = { step, target, purpose, attempt };
  work.used[purpose] = attempt;
  if (work.expects !== purpose) work.tries = 0;
  work.tries += 1;
  work.expects = undefined;
  work.until = performed.kind === "wait" ? at + waitMs(performed) : undefined;
  work.timed = false;
  work.doubt = undefined;
  work.ticked = undefined;
  work.since = at;
  run.active.add(work);
  if (performed.risk !== "read" && performed.kind !== "wait" && performed.kind !== "approve") run.changed = true;
  turn(work, performed.kind === "manual" && isForward(purpose) ? "waiting" : STATE[purpose]);
  if (purpose === "do") apply(view, work, seq);
}

/** Every attempt that was going on is in doubt; what the engine does itself just goes on. */
export function onTaken(view: View, entry: Of<"run.taken">, at: number): void {
  view.epoch = entry.epoch;
  view.worker = { host: entry.host, pid: entry.pid };
  for (const work of inner(view).active) {
    const performed = openStep(work);
    if (!performed || isOwn(performed) || work.doubt?.decided) continue;
    work.doubt = { rung: "receipt", live: work.doubt?.live ?? false, since: work.doubt?.since ?? at };
    work.since = at;
    turn(work, "doubt");
  }
}

/** The open attempt that an entry is about. @throws JournalError when it is not open. */
export function opened(work: Work, entry: Attempt, seq: number): void {
  const open = work.task.open;
  if (open?.purpose === entry.purpose && open.attempt === entry.attempt) return;
  const { step, target, purpose, attempt } = entry;
  throw new JournalError("order", seq, `${purpose} ${attempt} of ${step} on ${target} is not going on`);
}

/** The ladder goes one rung on: a declared state, else doing it again where that is harmless, else a person. */
export function climb(work: Work): void {
  const { doubt } = work;
  const performed = openStep(work);
  if (!doubt || !performed) return;
  const declares = performed.declares && performed.verify !== undefined && !work.task.open!.purpose.endsWith("verify");
  if (doubt.rung === "receipt" && declares) doubt.rung = "verify";
  else doubt.rung = isRepeatable(performed) ? "repeat" : "human";
}

export function onUndecided(work: Work, entry: Of<"undecided">, seq: number, at: number): void {
  opened(work, entry, seq);
  if (work.doubt?.rung !== entry.tried) return;
  work.since = at;
  climb(work);
}

/** The pause before an attempt, or the end of a wait. One that does not apply any more is left aside. */
export function onTimer(view: View, work: Work, entry: Of<"timer">): void {
  if (!inner(view).active.has(work) || work.until === undefined || work.timed) return;
  work.until = entry.until;
  work.timed = true;
}

import { FAULT_EXPIRED, type AttemptEnd, type Entry, type Purpose } from "../../../model/journal.ts";
import type { PlanStep, Retry } from "../../../model/plan.ts";
import { climb, opened } from "./attempts.ts";
import { endTask, halt } from "./ending.ts";
import { failTask } from "./failure.ts";
import { inner, isForward, turn, type Doubt, type View, type Work } from "./inner.ts";
import { JournalError } from "./journal-error.ts";
import { isRepeatable } from "./shape.ts";

type Outcome = Extract<Entry, { type: "outcome" }>;

/** Reasons that the core gives or understands: keys of i18n `steps.reasons`. */
export const NEVER_BEGAN = "never-began";
export const DECIDED_NO = "decided-no";
export const LEFT_IN_DOUBT = "left-in-doubt";

/** Pause before the attempt after `tries` attempts, milliseconds. */
export const pauseAfter = (retry: Retry, tries: number): number =>
  Math.min(retry.maxMs, retry.delayMs * 2 ** Math.min(tries - 1, 40));

/** Declared, not used up, and harmless: it reads, is idempotent, or nothing began. An undo is not retried silently. */
function mayRetry(work: Work, purpose: Purpose, performed: PlanStep, end: AttemptEnd): boolean {
  if (purpose === "undo" || !performed.retry || work.tries > performed.retry.times) return false;
  if (end.via === "human" || end.ending === "cancelled" || end.ending === "ok") return false;
  return end.ending === "unreachable" || isRepeatable(performed);
}

/** Nothing happened in the last attempt at doing it: it is not among what was applied. */
function unapply(view: View, work: Work): void {
  work.began = work.before;
  if (work.began === 0) inner(view).faults.delete(work);
}

function undone(view: View, work: Work): void {
  turn(work, "undone");
  inner(view).active.delete(work);
  inner(view).faults.delete(work);
}

/** Something was left: nothing more is undone there, no step begins any more, and the run ends loudly. */
function undoFailed(view: View, work: Work): void {
  const run = inner(view);
  turn(work, "undo-failed");
  run.active.delete(work);
  run.faults.delete(work);
  run.broken.add(work.task.target);
  halt(view, "failed", false);
}

/** It was done: now its verify, if it has one. */
function succeeded(view: View, work: Work, purpose: Purpose, end: AttemptEnd): void {
  const forward = isForward(purpose);
  if (purpose === "do" && end.outputs) {
    const { target } = work.task;
    const outputs = view.outputs as Record<string, Readonly<Record<string, string>>>;
    outputs[target] = { ...outputs[target], ...end.outputs };
  }
  if (forward) work.trusted = end.via === "human";
  if (purpose === "undo" && end.reason === FAULT_EXPIRED) work.held = false;
  const proof = purpose === "do" ? "verify" : "undo-verify";
  if ((purpose === "do" || purpose === "undo") && work.spec.performs[proof]) {
    work.expects = proof;
    work.tries = 0;
    if (!forward) return turn(work, "undoing");
    turn(work, inner(view).halt ? "cancelled" : "verifying");
    if (inner(view).halt) endTask(view, work);
    return;
  }
  if (!forward) return undone(view, work);
  turn(work, "done");
  if (work.task.failure) delete work.task.failure;
  work.held = true;
  endTask(view, work);
}

/** What was known of an attempt when it closed. */
interface Closed {
  readonly performed: PlanStep;
  readonly doubt: Doubt | undefined;
  readonly at: number;
}

function failed(view: View, work: Work, purpose: Purpose, end: AttemptEnd, { performed, at }: Closed): void {
  const run = inner(view);
  if (purpose === "do" && (end.ending === "unreachable" || end.reason === DECIDED_NO)) unapply(view, work);
  const retry = mayRetry(work, purpose, performed, end);
  if (!isForward(purpose) ? retry : retry && !run.halt) {
    work.expects = purpose;
    work.until = at + pauseAfter(performed.retry!, work.tries);
    work.timed = false;
    return turn(work, isForward(purpose) ? "retrying" : "undoing");
  }
  if (!isForward(purpose)) return undoFailed(view, work);
  if (!run.halt || end.ending !== "cancelled") return failTask(view, work, end);
  turn(work, "cancelled");
  endTask(view, work);
}

/** The same again; the attempt that came to nothing does not count as a try. */
function restart(view: View, work: Work, purpose: Purpose): void {
  work.tries -= 1;
  work.expects = purpose;
  if (!isForward(purpose)) return turn(work, "undoing");
  turn(work, purpose === "do" ? "running" : "verifying");
  if (!inner(view).halt) return;
  turn(work, "cancelled");
  endTask(view, work);
}

/** The receipt says that the attempt never began and never will. */
const neverBegan = (end: AttemptEnd): boolean =>
  end.ending === "unknown" && end.via === "receipt" && end.reason === NEVER_BEGAN;

/** It says how the attempt ended, or that it may simply be done again. */
function tells(end: AttemptEnd, performed: PlanStep, doubt: Doubt | undefined): boolean {
  // That a target cannot be reached now does not mean that nothing began there when it could.
  if (end.ending === "unreachable") return doubt === undefined;
  if (end.ending !== "unknown" || neverBegan(end) || end.via === "human" || end.via === "repeat") return true;
  return end.via === undefined && isRepeatable(performed);
}

/** Nobody knows how it ended. True: the attempt stays open, in doubt. */
function doubted(work: Work, performed: PlanStep, end: AttemptEnd, at: number): boolean {
  const { doubt } = work;
  if (tells(end, performed, doubt)) return false;
  work.doubt ??= { rung: "receipt", live: true, since: at };
  turn(work, "doubt");
  if (end.via === work.doubt.rung || (doubt && end.via === undefined)) climb(work);
  return true;
}

/** A person's word stands in the journal before what follows from it; only what is harmless is done again unasked. */
function checkVia(work: Work, performed: PlanStep, end: AttemptEnd, seq: number): void {
  if (end.via === "human" && !work.doubt?.decided && end.reason !== LEFT_IN_DOUBT)
    throw new JournalError("order", seq, "decided by nobody");
  if (end.via === "repeat" && (end.ending !== "unknown" || !isRepeatable(performed)))
    throw new JournalError("order", seq, `${performed.id} may not be repeated`);
}

/** A closed attempt that ended `unknown`. */
function unknown(view: View, work: Work, purpose: Purpose, end: AttemptEnd, known: Closed): void {
  if (neverBegan(end)) {
    // A target that says so of a living worker's attempt could be asked for ever: that is a failure to reach it.
    if (known.doubt?.live ?? true) return failed(view, work, purpose, { ...end, ending: "unreachable" }, known);
    if (purpose === "do") unapply(view, work);
    return restart(view, work, purpose);
  }
  if (end.reason === LEFT_IN_DOUBT) return failed(view, work, purpose, { ...end, ending: "cancelled" }, known);
  return end.via === undefined ? failed(view, work, purpose, end, known) : restart(view, work, purpose);
}

/**
 * An attempt ended. Ending `unknown` without `via` on a step that may not be repeated leaves it open, in doubt; a second
 * outcome then closes it.
 * @throws JournalError for an attempt that is not open.
 */
export function onOutcome(view: View, work: Work, entry: Outcome, seq: number, at: number): void {
  opened(work, entry, seq);
  const { type: _type, step: _step, target: _target, purpose, attempt: _attempt, ...end } = entry;
  const performed = work.spec.performs[purpose]!;
  checkVia(work, performed, end, seq);
  work.since = at;
  if (doubted(work, performed, end, at)) return;
  const known: Closed = { performed, doubt: work.doubt, at };
  work.task.open = undefined;
  work.doubt = undefined;
  work.until = undefined;
  work.task.end = end;
  if (end.ending === "ok") return succeeded(view, work, purpose, end);
  if (end.ending === "unknown") return unknown(view, work, purpose, end, known);
  // The declared state is not there yet, and doing it again is harmless.
  const notYet = end.via === "verify" && known.doubt !== undefined && isRepeatable(performed);
  return notYet ? restart(view, work, purpose) : failed(view, work, purpose, end, known);
}

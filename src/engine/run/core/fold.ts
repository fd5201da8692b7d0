import type { Entry, Journalled } from "../../../model/journal.ts";
import { onIntent, onTaken, onTimer, onUndecided } from "./attempts.ts";
import { settle } from "./course.ts";
import { gateOf, onAsked, onExpired, onGiven, onRejected } from "./gates.ts";
import { inner, taskKey, type View, type Work } from "./inner.ts";
import { JournalError } from "./journal-error.ts";
import { onOutcome } from "./outcome.ts";
import { onAnswer, onCancel, onDecided, onGuard, onKey, onPause, onResume, onTick } from "./people.ts";
import type { RunView } from "./view.ts";

export { begin } from "./begin.ts";

/** Numbers without holes, epochs that never go back, one beginning, nothing after the end. */
function checkOrder(view: View, { seq, epoch, entry }: Journalled): void {
  if (seq !== view.seq + 1) throw new JournalError("hole", seq, `follows entry ${view.seq}`);
  if (view.ended) throw new JournalError("after-end", seq, `${entry.type} after the end of the run`);
  if (epoch < view.epoch) throw new JournalError("epoch", seq, `epoch ${epoch} after ${view.epoch}`);
  if (entry.type === "run.taken" && entry.epoch <= view.epoch && view.worker)
    throw new JournalError("epoch", seq, `taken with epoch ${entry.epoch} after ${view.epoch}`);
  if ((entry.type === "run.created") !== (seq === 1)) throw new JournalError("order", seq, `${entry.type} there`);
  if (entry.type === "run.created" && entry.digest !== view.digest)
    throw new JournalError("foreign", seq, `of plan ${entry.digest}, not ${view.digest}`);
}

function taskOf(view: View, { step, target }: { readonly step: string; readonly target: string }, seq: number): Work {
  const work = inner(view).at.get(taskKey(step, target));
  if (!work) throw new JournalError("foreign", seq, `no step ${step} on ${target} in the plan`);
  return work;
}

function checkGate(view: View, gate: string, seq: number): void {
  if (!gateOf(view, gate)) throw new JournalError("foreign", seq, `no gate ${gate} in the plan`);
}

function onCreated(view: View, entry: Extract<Entry, { type: "run.created" }>, at: number): void {
  const { by, reason, host } = entry;
  Object.assign(view, { by, reason, host, created: at });
  const { requesters, logins } = entry;
  Object.assign(view, { ...(requesters && { requesters }), ...(logins && { logins }) });
  inner(view).since = at;
}

function applyRun(view: View, entry: Entry, at: number): void {
  switch (entry.type) {
    case "run.created":
      return onCreated(view, entry, at);
    case "run.taken":
      return onTaken(view, entry, at);
    case "pause":
      return onPause(view, entry, at);
    case "resume":
      return onResume(view);
    case "cancel":
      return onCancel(view, entry, at);
    case "guard":
      return onGuard(view, entry, at);
    case "run.ended":
      if (inner(view).work.some((work) => work.task.open))
        throw new JournalError("order", view.seq, "the run ended while an attempt was going on");
      view.ended = { state: entry.state, reasons: entry.reasons, at };
      return;
    case "approval.asked":
      return onAsked(view, entry, at);
    case "approval.given":
      return onGiven(view, entry, at);
    case "approval.rejected":
      return onRejected(view, entry, at);
    case "approval.expired":
      return onExpired(view, entry);
    case "key":
      return onKey(view, entry, at);
    default:
      throw new TypeError(`entry of type ${entry.type}`);
  }
}

/** Entries about one step on one target. */
type TaskEntry = Extract<Entry, { readonly target: string }>;

function applyTask(view: View, entry: TaskEntry, seq: number, at: number): void {
  const work = taskOf(view, entry, seq);
  switch (entry.type) {
    case "intent":
      return onIntent(view, work, entry, seq, at);
    case "outcome":
      return onOutcome(view, work, entry, seq, at);
    case "undecided":
      return onUndecided(work, entry, seq, at);
    case "timer":
      return onTimer(view, work, entry);
    case "decided":
      return onDecided(work, entry);
    case "tick":
      return onTick(work, entry, at);
    case "answer":
      return onAnswer(view, work, entry, at);
  }
}

/**
 * The run after one more entry: the same view, changed. What a person says that does not apply (a second answer, a tick
 * of a step that is done, a yes after a no) changes nothing. Cost does not grow with the journal or the plan.
 * @throws JournalError for an entry that no worker can have written there; the view is spoilt then.
 */
export function fold(given: RunView, journalled: Journalled): RunView {
  const view = given as View;
  const { seq, epoch, at, entry } = journalled;
  checkOrder(view, journalled);
  if ("gate" in entry) checkGate(view, entry.gate, seq);
  if (entry.type === "key" && !inner(view).shape.specs.has(entry.step))
    throw new JournalError("foreign", seq, `no step ${entry.step} in the plan`);
  view.seq = seq;
  view.epoch = Math.max(view.epoch, epoch);
  view.updated = Math.max(view.updated, at);
  if ("target" in entry) applyTask(view, entry, seq, at);
  else applyRun(view, entry, at);
  if (!view.ended) settle(view, at);
  return view;
}

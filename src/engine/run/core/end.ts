import type { GuardSeen } from "../../../model/drill.ts";
import type { EndReason, EndState } from "../../../model/journal.ts";
import { inner, type View, type Work } from "./inner.ts";
import { LEFT_IN_DOUBT } from "./outcome.ts";

/** Codes of reasons: keys of i18n `runs.reasons`. */
export const END_REASONS = [
  /** {by, reason} */
  "cancelled",
  /** {check, where, outcome, why, value, detail}: a guard of a drill was not green, or could not be measured. */
  "guard-red",
  "guard-blind",
  /** {gate, by, reason} */
  "approval-rejected",
  /** {gate} */
  "approval-expired",
  /** {failures, max}: more targets dropped out than the plan allows, when it allows any. */
  "too-many-failures",
  /** {step, target, ending, reason}: `reason` is a key of `steps.reasons` or empty. */
  "step-failed",
  /** {step, target}: begun, and broken off or not verified because the run stopped. */
  "broken-off",
  /** {step, target}: begun, and nobody knows how it ended. */
  "in-doubt",
  /** {step, target}: a person let it be. */
  "skipped",
  /** {step, target}: an injected fault that did not take effect; it was removed, and proves nothing. */
  "not-held",
  /** {step, target}: done because a person said so, and no verify saw it. */
  "decided",
  /** {step, target} */
  "undo-failed",
  /** {step, target}: applied, and not undone because an undo before it failed there. */
  "left",
  /** {step, target}: applied, and the plan has no undo for it. */
  "no-undo",
  /** {objective, limit, unit, measured}: a drill was slower, or lost more, than the manual allows. */
  "objective-missed",
  /** {objective, limit, unit}: nothing measured it, or only a clock that proves nothing. */
  "objective-unmeasured",
  /** {}: the run has not ended. */
  "not-ended",
] as const;
export type EndReasonCode = (typeof END_REASONS)[number];

export const reason = (code: EndReasonCode, args: EndReason["args"] = {}): EndReason => ({ code, args });

function reasonsOfTask(work: Work, undoing: boolean): readonly EndReason[] {
  const { step, target, state, end, failure } = work.task;
  const where = { step, target };
  const found: EndReason[] = [];
  // What failed and was then undone is still why.
  const why = state === "failed" ? (end ?? failure) : state === "undone" ? failure : undefined;
  if (why) found.push(reason("step-failed", { ...where, ending: why.ending, reason: why.reason ?? "" }));
  if (state === "cancelled") found.push(reason(end?.reason === LEFT_IN_DOUBT ? "in-doubt" : "broken-off", where));
  if (state === "skipped") found.push(reason("skipped", where));
  if (state === "undo-failed") found.push(reason("undo-failed", where));
  const stays = undoing && work.began > 0 && state !== "undone" && state !== "undo-failed";
  if (stays && work.spec.performs.undo) found.push(reason("left", where));
  else if (stays && work.spec.step.risk !== "read") found.push(reason("no-undo", where));
  return found;
}

function guardReason({ check, where, outcome, reason: why, value, detail }: GuardSeen): EndReason {
  return reason(outcome === "unknown" ? "guard-blind" : "guard-red", {
    ...{ check, where, outcome, why, detail },
    value: value ?? "-",
  });
}

function reasonsOfRun(view: View): readonly EndReason[] {
  const run = inner(view);
  const found: EndReason[] = [];
  if (view.guard) found.push(guardReason(view.guard));
  const byGuard = view.guard !== undefined && view.cancelled?.by === "watchbook";
  if (view.cancelled && !byGuard)
    found.push(reason("cancelled", { by: view.cancelled.by, reason: view.cancelled.reason }));
  for (const { gate, state, rejected } of view.gates) {
    if (rejected) found.push(reason("approval-rejected", { gate, by: rejected.by, reason: rejected.reason }));
    else if (state === "expired") found.push(reason("approval-expired", { gate }));
  }
  const max = run.shape.plan.maxFailures;
  if (max > 0 && run.out.size > max) found.push(reason("too-many-failures", { failures: run.out.size, max }));
  return found;
}

/**
 * How a run that is over ends, and why. A run that came to its end without a target that dropped out on the way is not
 * `done` but `failed`: not every step ended well.
 */
export function endOf(view: View): { readonly state: EndState; readonly reasons: readonly EndReason[] } {
  const { work, halt, out } = inner(view);
  const failedUndo = work.some((one) => one.task.state === "undo-failed");
  const undoing = failedUndo || halt?.undo === true;
  const reasons = [...reasonsOfRun(view), ...work.flatMap((one) => reasonsOfTask(one, undoing))];
  if (failedUndo) return { state: "failed-undo", reasons };
  if (halt?.undo) return { state: "undone", reasons };
  return { state: halt?.cause ?? (out.size > 0 ? "failed" : "done"), reasons };
}

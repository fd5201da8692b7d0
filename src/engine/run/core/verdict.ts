import { brokeOffForFault, brokeOffForGuard, NOT_DETECTED, type EndReason } from "../../../model/journal.ts";
import type { Plan } from "../../../model/plan.ts";
import type { Verdict } from "../../../model/states.ts";
import { reason } from "./end.ts";
import { inner } from "./inner.ts";
import type { RunView } from "./view.ts";

/**
 * What a run proves. A rehearsal proves nothing. failed, undone, failed-undo, refused: fail, unless it broke off because its
 * fault had no effect, a guard broke it off, or nothing was well before it began. A fault that nobody noticed in time: fail. cancelled, or not ended: inconclusive. done: pass when every step was seen to end well; inconclusive when one failed and the run was to go on
 * (on-fail continue), when a person skipped one (its verify was never asked), or when one counts as done only because a
 * person said so after a crash and no verify saw it, or when an injected fault did not take effect. A manual step that a person ticked was seen by that person.
 */
export function verdictOf(
  view: RunView,
  plan: Plan,
): { readonly verdict: Verdict; readonly reasons: readonly EndReason[] } {
  const ended = view.ended;
  if (!ended) return { verdict: plan.rehearsal ? "rehearsal" : "inconclusive", reasons: [reason("not-ended")] };
  const decided = inner(view)
    .work.filter((work) => work.trusted)
    .map(({ task }) => reason("decided", { step: task.step, target: task.target }));
  const idle = inner(view)
    .work.filter(
      ({ spec, held, task }) => spec.step.until !== undefined && !held && task.state === "undone" && !task.failure,
    )
    .map(({ task }) => reason("not-held", { step: task.step, target: task.target }));
  const reasons = [...ended.reasons, ...decided, ...idle];
  if (plan.rehearsal) return { verdict: "rehearsal", reasons };
  if (ended.state === "cancelled") return { verdict: "inconclusive", reasons };
  if (ended.state === "failed" || ended.state === "undone") {
    const nothing = brokeOffForFault(ended.reasons) || brokeOffForGuard(ended.reasons);
    return { verdict: nothing ? "inconclusive" : "fail", reasons };
  }
  const unseen = ended.reasons.some(({ args }) => args["reason"] === NOT_DETECTED);
  if (ended.state !== "done" || unseen) return { verdict: "fail", reasons };
  return { verdict: reasons.length > 0 ? "inconclusive" : "pass", reasons };
}

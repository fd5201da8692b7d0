import type { Attempt, AttemptEnd, Entry, Purpose } from "../../../model/journal.ts";
import type { PlanStep } from "../../../model/plan.ts";
import type { Command } from "./command.ts";
import { aims } from "./ending.ts";
import { inner, openStep, upcoming, type View, type Work } from "./inner.ts";
import { DECIDED_NO, LEFT_IN_DOUBT } from "./outcome.ts";
import { isOwn } from "./shape.ts";

/** Where commands are said. */
export interface Say {
  readonly now: number;
  command(command: Command): void;
  record(entry: Entry): void;
  /** Nothing before this time. */
  wake(at: number): void;
}

/** The next attempt begins. What the engine does itself has only its intent. */
export function begin(work: Work, purpose: Purpose, say: Say): void {
  const attempt = upcoming(work, purpose);
  if (isOwn(work.spec.performs[purpose]!)) say.record({ type: "intent", ...attempt });
  else say.command({ do: "start", attempt });
}

const close = (say: Say, attempt: Attempt, end: Omit<AttemptEnd, "seconds">): void =>
  say.record({ type: "outcome", ...attempt, seconds: 0, ...end });

/** What a person said of a manual step, with what they saw and the values that they told. */
function tickedEnd({ done, outputs, output }: NonNullable<Work["ticked"]>): Omit<AttemptEnd, "seconds"> {
  const seen = output && { output };
  if (!done) return { ending: "failed", reason: "not-ticked", ...seen };
  return { ending: "ok", ...(outputs && { outputs }), ...seen };
}

/** wait, manual and approve: nothing happens but in the journal. */
function sayOwn(work: Work, open: Attempt, kind: string, stopped: boolean, say: Say): void {
  if (stopped) return close(say, open, { ending: "cancelled", reason: "run-stopped" });
  if (kind === "approve") return close(say, open, { ending: "ok" });
  if (kind === "manual") {
    if (work.ticked === undefined) return;
    return close(say, open, tickedEnd(work.ticked));
  }
  if (!work.timed) say.record({ type: "timer", ...open, until: work.until! });
  else if (say.now >= work.until!) close(say, open, { ending: "ok" });
  else say.wake(work.until!);
}

/** The ladder: receipt, declared state, harmless repetition, a person. */
function sayDoubt(view: View, work: Work, open: Attempt, say: Say): void {
  const { rung, decided } = work.doubt!;
  if (decided?.happened === "yes") return close(say, open, { ending: "ok", via: "human" });
  if (decided?.happened === "no") return close(say, open, { ending: "failed", via: "human", reason: DECIDED_NO });
  if (decided) return close(say, open, { ending: "unknown", via: "human", reason: "decided-redo" });
  const given = view.cancelled !== undefined && aims(work) === "forward";
  if (rung === "receipt") {
    say.command({ do: "attach", attempt: open, by: "receipt" });
    if (given) say.command({ do: "stop", attempt: open });
  } else if (given) close(say, open, { ending: "unknown", via: "human", reason: LEFT_IN_DOUBT });
  else if (rung === "repeat") close(say, open, { ending: "unknown", via: "repeat" });
  else if (rung === "verify" && !view.paused) say.command({ do: "attach", attempt: open, by: "verify" });
}

function sayOpen(view: View, work: Work, open: Attempt, performed: PlanStep, say: Say): void {
  const forward = aims(work) === "forward";
  if (isOwn(performed)) sayOwn(work, open, performed.kind, forward && inner(view).halt !== undefined, say);
  else if (work.doubt) sayDoubt(view, work, open, say);
  else if (view.cancelled && forward) say.command({ do: "stop", attempt: open });
}

/** What is to be done about a task that has begun and not ended, or is being undone. */
export function taskCommands(view: View, work: Work, say: Say): void {
  const { open } = work.task;
  if (open) return sayOpen(view, work, open, openStep(work)!, say);
  const { expects } = work;
  if (expects === undefined) return;
  if (work.until !== undefined && !work.timed)
    return say.record({ type: "timer", ...upcoming(work, expects), until: work.until });
  if (work.until !== undefined && say.now < work.until) return say.wake(work.until);
  const isFault = work.spec.step.until !== undefined && aims(work) === "back";
  if (!view.paused || isFault) begin(work, expects, say);
}

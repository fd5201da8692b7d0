import { undoNext } from "./back.ts";
import type { Command } from "./command.ts";
import { endOf } from "./end.ts";
import { isIn } from "./failure.ts";
import { barrier } from "./gates.ts";
import { inner, openStep, type View, type Work } from "./inner.ts";
import { begin, taskCommands, type Say } from "./say.ts";
import type { RunView } from "./view.ts";

/** The approval before the current stage: asked for, waited for, expired. True when no task may begin. */
function sayBarrier(view: View, say: Say): boolean {
  const wall = barrier(view);
  if (wall?.kind !== "gate") return wall !== undefined;
  const { gate } = wall;
  const asked = inner(view).gates.get(gate);
  if (asked?.state === "asked") {
    if (say.now >= asked.expires) say.record({ type: "approval.expired", gate });
    else say.wake(asked.expires);
  } else if (!view.paused) say.record({ type: "approval.asked", gate, expires: say.now + wall.of.expiresMs });
  return true;
}

/** Tasks of the current stage begin, at most `parallel` at a time. */
function sayBegins(view: View, say: Say, busy: number): void {
  const run = inner(view);
  const stage = run.shape.stages[run.stage];
  if (!stage || run.halt || sayBarrier(view, say) || view.paused) return;
  const free = run.shape.plan.parallel - busy;
  for (let at = run.fresh, left = free; left > 0 && at < stage.targets.length; at++) {
    const work = run.work[stage.first + at]!;
    if (work.task.state !== "pending" || !isIn(view, work)) continue;
    begin(work, "do", say);
    left -= 1;
  }
}

function sayAll(view: View, say: Say): void {
  const run = inner(view);
  for (const work of run.active) taskCommands(view, work, say);
  const back = undoNext(view);
  for (const work of back.faults) begin(work, "undo", say);
  if (!view.paused) for (const work of back.steps) begin(work, "undo", say);
  const busy = run.active.size + back.faults.length + back.steps.length;
  sayBegins(view, say, busy);
  const over = run.halt !== undefined || run.stage >= run.shape.stages.length;
  if (over && busy === 0) say.record({ type: "run.ended", ...endOf(view) });
}

/**
 * What may be done right now; `now` in milliseconds since the epoch. The same view and time give the same commands; cost
 * grows with what is going on at once, not with the plan or what has ended. Empty before `run.created` and after
 * `run.ended`; otherwise empty only while something is going on or a person is waited for (`view.waits`).
 */
export function next(given: RunView, now: number): readonly Command[] {
  const view = given as View;
  if (view.seq === 0 || view.ended) return [];
  const commands: Command[] = [];
  let first = Number.POSITIVE_INFINITY;
  sayAll(view, {
    now,
    command: (command) => void commands.push(command),
    record: (entry) => void commands.push({ do: "record", entry }),
    wake: (at) => void (first = Math.min(first, at)),
  });
  if (Number.isFinite(first)) commands.push({ do: "wake", at: first });
  return commands;
}

/** Whether anything goes on or may begin without a person and before a timer. */
export function isBusy(view: View): boolean {
  for (const work of inner(view).active) if (isGoingOn(work)) return true;
  return next(view, Number.NEGATIVE_INFINITY).some((command) => command.do !== "wake");
}

/** A worker is at it: not a timer, nor a person who does, looks, undoes or decides. */
const isGoingOn = (work: Work): boolean =>
  work.task.open !== undefined &&
  work.until === undefined &&
  work.task.state !== "waiting" &&
  openStep(work)?.kind !== "manual" &&
  work.doubt?.rung !== "human";

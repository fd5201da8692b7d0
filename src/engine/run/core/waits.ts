import { barrier } from "./gates.ts";
import { inner, openStep, type View, type Work } from "./inner.ts";
import type { Wait } from "./view.ts";

function waitOf(view: View, work: Work): Wait | undefined {
  const { step, target, open } = work.task;
  const { since, until } = work;
  if (work.asks) return { kind: "answer", step, target, since };
  if (work.doubt?.rung === "human" && !work.doubt.decided)
    return { kind: "decision", step, target, since: work.doubt.since };
  if (open && openStep(work)!.kind === "manual" && work.ticked === undefined)
    return { kind: "tick", step, target, purpose: open.purpose, since };
  return until === undefined || view.ended ? undefined : { kind: "timer", step, target, until, since };
}

function waitBefore(view: View): Wait | undefined {
  const wall = barrier(view);
  const { gates, since } = inner(view);
  if (wall?.kind === "key") return { kind: "key", step: wall.step, batch: wall.batch, since };
  const asked = wall && gates.get(wall.gate);
  if (!wall || asked?.state !== "asked") return undefined;
  const step = wall.gate === "plan" ? {} : { step: wall.gate };
  return { kind: "approval", gate: wall.gate, ...step, expires: asked.expires, since: asked.asked };
}

/** What the run waits for: people first what stands before the next step, then tasks in the order in which they began. */
export function waitsOf(view: View): readonly Wait[] {
  if (view.seq === 0 || view.ended) return [];
  const before = waitBefore(view);
  const tasks = [...inner(view).active].map((work) => waitOf(view, work)).filter((wait) => wait !== undefined);
  return before ? [before, ...tasks] : tasks;
}

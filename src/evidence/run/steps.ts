import { stagesOf, type BoundPlan } from "./plan.ts";
import { outcomeOf, type Task, type TaskEnd } from "./tasks.ts";

/** One step in one batch, as STEP_n_… says it. */
export interface StepLine {
  /** From 1. */
  readonly n: number;
  readonly name: string;
  readonly targets: readonly string[];
  /** ok, simulated_ok (a rehearsal), or how it ended. */
  readonly status: string;
  /** From its first intent to its last outcome on all its targets, rounded up; human waiting counts. */
  readonly ms: number;
}

const WORDS: Readonly<Record<TaskEnd, string>> = {
  pending: "not_run",
  begun: "unknown",
  done: "ok",
  trusted: "decided",
  failed: "failed",
  skipped: "skipped",
  undone: "undone",
  "undo-failed": "undo_failed",
};

/** The word of the worst: a step is ok when it is on every target. */
const WORST: readonly TaskEnd[] = ["undo-failed", "failed", "begun", "undone", "trusted", "skipped", "pending"];

function statusOf(tasks: readonly Task[], rehearsal: boolean): string {
  const bad = tasks.filter((task) => outcomeOf(task) !== "pass");
  const worst = WORST.find((state) => bad.some((task) => task.state === state));
  if (bad.length === 0) return rehearsal ? "simulated_ok" : "ok";
  // A fault that held and is still there, or that never held and is gone.
  return worst === undefined ? "left" : worst === "undone" && bad.some(({ held }) => !held) ? "failed" : WORDS[worst];
}

/** Nanoseconds as milliseconds, rounded up: a duration is never flattered. */
const ceilMs = (nanoseconds: bigint): number => Number((nanoseconds + 999_999n) / 1_000_000n);

/** From the first intent of these tasks to their last outcome, milliseconds; 0 when none began. */
export function spanMs(tasks: readonly Task[]): number {
  const firsts = tasks.flatMap((task) => task.first ?? []);
  const lasts = tasks.flatMap((task) => task.last ?? []);
  if (firsts.length === 0 || lasts.length === 0) return 0;
  const first = firsts.reduce((a, b) => (a < b ? a : b));
  const last = lasts.reduce((a, b) => (a > b ? a : b));
  return last > first ? ceilMs(last - first) : 0;
}

/** Every step in every batch, in the order they are done. */
export function linesOf(plan: BoundPlan, tasks: readonly Task[]): readonly StepLine[] {
  let from = 0;
  return stagesOf(plan).map(({ step, targets }, index) => {
    const own = tasks.slice(from, (from += targets.length));
    return { n: index + 1, name: step.id, targets, status: statusOf(own, plan.rehearsal), ms: spanMs(own) };
  });
}

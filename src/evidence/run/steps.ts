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
  /**
   * From its first intent to its last outcome on all its targets, rounded up; human waiting counts. A read
   * that ended in the company of another, before its turn came, has the time that it took.
   */
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

/** What the attempts at these tasks took where they took longest, milliseconds, rounded up. */
const workedMs = (tasks: readonly Task[]): number =>
  Math.max(0, ...tasks.map(({ seconds }) => Math.ceil(Number((seconds * 1_000).toFixed(6)))));

/**
 * Reads that share an exec may be heard of at once, late: then the time of those behind stands with one before them. What a
 * step's own attempts took is given back to it; the sum stays what it is.
 */
function heardLate(spans: readonly number[], worked: readonly number[]): readonly number[] {
  const ms = [...spans];
  for (let at = ms.length - 1; at > 0; at -= 1)
    for (let from = at - 1; from >= 0 && ms[at]! < worked[at]!; from -= 1) {
      const spare = Math.min(worked[at]! - ms[at]!, Math.max(0, ms[from]! - worked[from]!));
      ms[from]! -= spare;
      ms[at]! += spare;
    }
  return ms;
}

/** Every step in every batch, in the order they are done. */
export function linesOf(plan: BoundPlan, tasks: readonly Task[]): readonly StepLine[] {
  let from = 0;
  const stages = stagesOf(plan).map(({ step, targets }) => {
    const own = tasks.slice(from, (from += targets.length));
    return { name: step.id, targets, status: statusOf(own, plan.rehearsal), own };
  });
  const ms = heardLate(
    stages.map(({ own }) => spanMs(own)),
    stages.map(({ own }) => workedMs(own)),
  );
  return stages.map(({ name, targets, status }, index) => ({ n: index + 1, name, targets, status, ms: ms[index]! }));
}

import { injectsFault } from "../limits/steps.ts";
import { otherOf, type BoundPlan } from "./plan.ts";
import type { Timed } from "./shape.ts";
import { tasksOf, type Task } from "./tasks.ts";

/** What was measured of a run that began to undo what it had done. Milliseconds, rounded up: never flattered. */
export interface RollbackJudged {
  /** Nothing that was begun to be undone was left. Only then it has a time. */
  readonly complete: boolean;
  /** From the moment the failure was known (or the run was cancelled) to the end of the last undo and its verify. */
  readonly ms?: number;
  /** The same from the moment a person had decided it, where one was asked. */
  readonly decidedMs?: number;
  /** The same from the beginning of the injected fault that took effect. */
  readonly fromFaultMs?: number;
  /** Longest allowed, seconds: the objective of the plan. */
  readonly within?: number;
  /** A person did some of it at a console: when it was back is what they say. */
  readonly byHand?: true;
  /** Whether it was kept; unknown where no monotonic clock tells the time, or a person does. */
  readonly met?: boolean | "unknown";
}

const ceilMs = (nanoseconds: bigint): number => Number((nanoseconds + 999_999n) / 1_000_000n);

const isUndo = ({ entry }: Timed): boolean =>
  (entry.type === "intent" || entry.type === "outcome") &&
  (entry.purpose === "undo" || entry.purpose === "undo-verify");

const least = (times: readonly bigint[]): bigint | undefined =>
  times.reduce<bigint | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);

/** Steps that failed for good and whose failure can lead to an undo, the first one first. */
const failures = (tasks: readonly Task[]): readonly (Task & { readonly last: bigint })[] =>
  tasks
    .filter((task): task is Task & { last: bigint } => task.last !== undefined && task.state === "failed")
    .filter(({ step }) => step.onFail === "undo" || step.onFail === "ask")
    .toSorted((a, b) => (a.last < b.last ? -1 : 1));

/** When it was known that something must be undone: what came before the first undo tells. */
function causeOf(before: readonly Timed[], tasks: readonly Task[]): { readonly at: bigint; readonly task?: Task } {
  const [first] = failures(tasks);
  const orders = before.filter(
    ({ entry }) =>
      ((entry.type === "cancel" || entry.type === "guard") && entry.undo) ||
      (entry.type === "answer" && entry.choice === "undo"),
  );
  const order = least(orders.map(({ mono }) => mono));
  if (first && (order === undefined || first.last <= order)) return { at: first.last, task: first };
  if (order !== undefined) return { at: order };
  const refused = before.findLast(
    ({ entry }) => entry.type === "approval.rejected" || entry.type === "approval.expired",
  );
  return { at: (refused ?? before.at(-1)!).mono };
}

/** When the injected fault began in the batch that failed; undefined when none took effect there. */
function faultAt(tasks: readonly Task[], batch: number | undefined): bigint | undefined {
  const there = tasks.filter(({ step, held, batch: own }) => injectsFault(step.id) && held && own === (batch ?? own));
  return least(there.flatMap(({ first }) => first ?? []));
}

/** A person undoes this step, or sees that it is undone. */
function isByHand(plan: BoundPlan, id: string): boolean {
  const undo = otherOf(plan, plan.steps.find((step) => step.id === id)?.undo);
  return undo?.byHand !== undefined || otherOf(plan, undo?.verify)?.byHand !== undefined;
}

/** Undefined when nothing was undone; the removal of an injected fault is no rollback. */
export function rollbackOf(
  plan: BoundPlan,
  journal: readonly Timed[],
  after: readonly Task[],
  clock: "monotonic" | "wall",
): RollbackJudged | undefined {
  const lasting = new Set(plan.steps.filter(({ until }) => until !== undefined).map(({ id }) => id));
  const undoes = (one: Timed): boolean => isUndo(one) && "step" in one.entry && !lasting.has(one.entry.step);
  const first = journal.findIndex(undoes);
  const last = journal.findLast((one) => one.entry.type === "outcome" && undoes(one));
  if (first < 1 || !last) return undefined;
  const within = plan.rollout?.rollbackWithin;
  const objective = within === undefined ? {} : { within };
  if (after.some(({ state }) => state === "undo-failed"))
    return { complete: false, ...objective, ...(within !== undefined && { met: false }) };
  const before = journal.slice(0, first);
  const tasks = tasksOf(plan, before);
  const { at, task } = causeOf(before, tasks);
  const decided = before.findLast(({ entry }) => entry.type === "answer" && entry.choice === "undo")?.mono;
  const fault = faultAt(tasks, task?.batch);
  const ms = ceilMs(last.mono - at);
  const byHand = journal.some((one) => undoes(one) && "step" in one.entry && isByHand(plan, one.entry.step));
  return {
    complete: true,
    ms,
    ...(byHand && { byHand }),
    ...(decided !== undefined && { decidedMs: ceilMs(last.mono - decided) }),
    ...(fault !== undefined && { fromFaultMs: ceilMs(last.mono - fault) }),
    ...objective,
    ...(within !== undefined && { met: clock === "wall" || byHand ? ("unknown" as const) : ms <= within * 1000 }),
  };
}

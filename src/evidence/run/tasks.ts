import { FAULT_EXPIRED, type Attempt, type AttemptEnd, type Entry } from "../../model/journal.ts";
import type { PlanStep } from "../../model/plan.ts";
import type { Outcome } from "../../model/states.ts";
import { Refusal } from "../refusal.ts";
import { otherOf, stagesOf, type BoundPlan } from "./plan.ts";
import type { Timed } from "./shape.ts";

/**
 * How a step ended on a target. begun: it began, and nobody saw it end well · trusted: done because a person said so,
 * and no verify saw it · skipped: a person let it be.
 */
export type TaskEnd = "pending" | "begun" | "done" | "trusted" | "failed" | "skipped" | "undone" | "undo-failed";

/** One step on one target, as the journal's entries alone have it. */
export interface Task {
  readonly step: PlanStep;
  readonly target: string;
  readonly batch: number;
  state: TaskEnd;
  /** It was done, and seen to be, at some time: also when it was undone later. */
  held: boolean;
  /** Attempts at doing it. */
  attempts: number;
  /** Sum of its attempts at doing and verifying, monotonic seconds. */
  seconds: number;
  /** Nanoseconds since the run was created: its first intent, its last outcome before any undo. */
  first?: bigint;
  last?: bigint;
  /** How its last attempt ended, whatever it was for. */
  end?: AttemptEnd;
  /** How doing it ended badly, also when it was undone afterwards. */
  failure?: AttemptEnd;
  answered: boolean;
  /** What a person said of the attempt that is open; absent: nothing yet. */
  ticked?: boolean | undefined;
  /** People who said that they did or saw it, each once, in order. */
  readonly hands: string[];
}

const keyOf = ({ step, target }: Pick<Attempt, "step" | "target">): string => `${step}\n${target}`;

const isForward = ({ purpose }: Pick<Attempt, "purpose">): boolean => purpose === "do" || purpose === "verify";

/** The step that an attempt performs. */
function performedBy(plan: BoundPlan, { step }: Task, purpose: Attempt["purpose"]): PlanStep | undefined {
  if (purpose === "do") return step;
  if (purpose === "verify") return otherOf(plan, step.verify);
  const undo = otherOf(plan, step.undo);
  return purpose === "undo" ? undo : otherOf(plan, undo?.verify);
}

/** The first word about an attempt counts, and only a person's word ends what a person does. */
function onTick(task: Task, { by, done }: Extract<Entry, { type: "tick" }>): void {
  if (task.ticked !== undefined) return;
  task.ticked = done;
  if (done && !task.hands.includes(by)) task.hands.push(by);
}

/** No program has seen a step of kind manual: without a person's word it has not ended well. */
function checkHand(plan: BoundPlan, task: Task, { purpose, ending }: Extract<Entry, { type: "outcome" }>): void {
  if (ending !== "ok" || performedBy(plan, task, purpose)?.kind !== "manual" || task.ticked === true) return;
  throw new Refusal("events-missing", { what: "tick", key: `${task.step.id}@${task.target}` });
}

function onIntent(task: Task, { purpose }: Attempt, mono: bigint): void {
  task.ticked = undefined;
  task.state = "begun";
  if (purpose === "do") task.attempts += 1;
  if (isForward({ purpose })) task.first ??= mono;
}

function onOutcome(plan: BoundPlan, task: Task, entry: Extract<Entry, { type: "outcome" }>, mono: bigint): void {
  const { purpose, ending, via, seconds } = entry;
  const { type: _t, step: _s, target: _g, purpose: _p, attempt: _a, ...end } = entry;
  task.end = end;
  if (isForward(entry)) {
    task.seconds += seconds;
    task.last = mono;
  }
  if (ending === "unknown") return;
  if (ending !== "ok") {
    if (isForward(entry)) task.failure = end;
    task.state = isForward(entry) ? "failed" : "undo-failed";
    task.answered = false;
    return;
  }
  if (purpose === "undo" && entry.reason === FAULT_EXPIRED) task.held = false;
  const proof = purpose === "do" ? task.step.verify : otherOf(plan, task.step.undo)?.verify;
  if ((purpose === "do" || purpose === "undo") && proof !== undefined) return;
  if (!isForward(entry)) {
    task.state = "undone";
    return;
  }
  delete task.failure;
  task.state = via === "human" ? "trusted" : "done";
  task.held = via !== "human";
}

/** The first answer to a failure counts; what never began, for want of an approval, may begin again. */
function onAnswer(task: Task, choice: "retry" | "skip" | "undo" | "stop"): void {
  if (task.state !== "failed" || task.step.onFail !== "ask" || task.answered) return;
  task.answered = true;
  if (choice === "skip") task.state = "skipped";
  else if (choice === "retry" && task.attempts === 0) task.state = "pending";
}

/** Without its approval a step does not begin: where the run goes on, it failed. */
function onNo(tasks: Iterable<Task>, gate: string): void {
  for (const task of tasks) if (task.step.id === gate && task.state === "pending") task.state = "failed";
}

/** Where every step of the plan stands on every target after these entries, in the order of the plan. */
export function tasksOf(plan: BoundPlan, journal: readonly Timed[]): readonly Task[] {
  const fresh = { state: "pending", held: false, attempts: 0, seconds: 0, answered: false } as const;
  const all = stagesOf(plan).flatMap(({ step, batch, targets }) =>
    targets.map((target): Task => ({ step, batch, target, ...fresh, hands: [] })),
  );
  const tasks = new Map(all.map((task) => [keyOf({ step: task.step.id, target: task.target }), task]));
  for (const { entry, mono } of journal) {
    if (entry.type === "approval.rejected" || entry.type === "approval.expired") onNo(all, entry.gate);
    if (!("target" in entry)) continue;
    const task = tasks.get(keyOf(entry));
    if (!task) throw new Refusal("events-missing", { what: "step", key: `${entry.step}@${entry.target}` });
    if (entry.type === "intent") onIntent(task, entry, mono);
    else if (entry.type === "tick") onTick(task, entry);
    else if (entry.type === "outcome") {
      checkHand(plan, task, entry);
      onOutcome(plan, task, entry, mono);
    } else if (entry.type === "answer") onAnswer(task, entry.choice);
  }
  return all;
}

/** A step that lasts until another (an injected fault) is good when it held and was removed. */
const isWhole = ({ step, state, held }: Task): boolean =>
  step.until === undefined ? state === "done" : held && state === "undone";

/** What a task proves. */
export function outcomeOf(task: Task): Outcome | "open" {
  if (isWhole(task)) return "pass";
  if (task.state === "pending" || task.state === "skipped") return "open";
  return ["failed", "undone", "undo-failed"].includes(task.state) ? "fail" : "unknown";
}

import { drillOf, missedReasons, withObjectives } from "../../../evidence/run/drill.ts";
import { measuresOf } from "../../../evidence/run/drill-keys.ts";
import { measureRun } from "../../../evidence/run/judge.ts";
import type { Attempt, AttemptEnd, EndReason, Journalled } from "../../../model/journal.ts";
import type { Silence } from "../../../model/silence.ts";
import { isEnded, type Lock } from "../../../model/run.ts";
import type { Verdict } from "../../../model/states.ts";
import type { Store } from "../../../store/store.ts";
import type { TaskState } from "../core/view.ts";
import { verdictOf } from "../core/verdict.ts";
import { runEvents } from "../evidence/events.ts";
import { heldBy } from "../locks.ts";
import { outputName } from "../output.ts";
import type { RunNow } from "../runner.ts";

/** One attempt as the journal has it. */
export interface AttemptShown extends Attempt {
  /** Name of its output. */
  readonly log: string;
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly ended?: number;
  readonly end?: AttemptEnd;
}

/** One step on one target, as `run --json` ends with it. */
export interface StepShown {
  readonly id: string;
  readonly target: string;
  readonly state: TaskState;
  readonly attempts: number;
  /** Sum of its attempts at doing and verifying. */
  readonly seconds: number;
}

/** A run with all that a person wants to see of it. */
export interface RunShown extends RunNow {
  readonly verdict: { readonly verdict: Verdict; readonly reasons: readonly EndReason[] };
  readonly steps: readonly StepShown[];
  /** In the order in which they began. */
  readonly attempts: readonly AttemptShown[];
  /** Locks that it holds. */
  readonly locks: readonly Lock[];
  /** Times in which nobody is told of its service's alerts, for it changes it; oldest first. */
  readonly windows: readonly Silence[];
  /** Lock of another run that stands in its way. */
  readonly held?: Lock;
}

const keyOf = ({ step, target, purpose, attempt }: Attempt): string => [step, target, purpose, attempt].join("\n");

/** Attempts of a journal in the order in which they began. */
export function attemptsOf(journal: readonly Journalled[]): readonly AttemptShown[] {
  const found = new Map<string, AttemptShown>();
  for (const { at, entry } of journal) {
    if (entry.type === "intent") {
      const { step, target, purpose, attempt } = entry;
      const one = { step, target, purpose, attempt };
      found.set(keyOf(one), { ...one, log: outputName(one), began: at });
    } else if (entry.type === "outcome") {
      const key = keyOf(entry);
      const { type: _t, step: _s, target: _g, purpose: _p, attempt: _a, ...end } = entry;
      found.set(key, { ...found.get(key)!, ended: at, end });
    }
  }
  return [...found.values()];
}

/** Seconds of doing and verifying, by step and target. */
function secondsOf(attempts: readonly AttemptShown[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { step, target, purpose, end } of attempts)
    if (end && (purpose === "do" || purpose === "verify"))
      sums.set(`${step}\n${target}`, (sums.get(`${step}\n${target}`) ?? 0) + end.seconds);
  return sums;
}

/** How the steps ended, and what the objectives of a drill make of it. */
function judged(
  of: RunShown["verdict"],
  { record, plan }: RunNow,
  journal: readonly Journalled[],
): RunShown["verdict"] {
  if (!plan.drill || of.verdict !== "pass" || journal.at(-1)?.entry.type !== "run.ended") return of;
  const { kind } = plan.drill;
  const run = measureRun(runEvents({ record, plan, journal, kind, people: [], version: "" }));
  const drill = drillOf(run.plan, measuresOf({ ...run, verdict: of.verdict }), {
    clock: run.clock,
    verdict: of.verdict,
  });
  if (!drill) return of;
  return { verdict: withObjectives(of.verdict, drill), reasons: [...of.reasons, ...missedReasons(drill)] };
}

/** Everything about a run at `now` (milliseconds since the epoch). */
export async function shownOf(store: Store, run: RunNow, now: number): Promise<RunShown> {
  const { record, plan, view } = run;
  // Before anything is awaited: the view is changed in place.
  const verdict = verdictOf(view, plan);
  const tasks = view.tasks.map(({ step, target, state, attempts }) => ({ id: step, target, state, attempts }));
  const journal = await store.journal({ run: record.id });
  const attempts = attemptsOf(journal);
  const seconds = secondsOf(attempts);
  const locks = (await store.locks()).filter((lock) => lock.run === record.id && lock.expires > now);
  const held = isEnded(record.state) ? undefined : await heldBy(store, plan, record.id, now);
  return {
    record,
    plan,
    view,
    verdict: judged(verdict, run, journal),
    steps: tasks.map((task) => ({
      ...task,
      seconds: Number((seconds.get(`${task.id}\n${task.target}`) ?? 0).toFixed(3)),
    })),
    attempts,
    locks,
    windows: (await store.desk("silence", { under: record.id })).toReversed(),
    ...(held && { held }),
  };
}

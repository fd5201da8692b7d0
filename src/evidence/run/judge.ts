import {
  brokeOffForFault,
  brokeOffForGuard,
  NOT_DETECTED,
  PROVES_NOTHING,
  type EndReason,
  type EndState,
  type Entry,
} from "../../model/journal.ts";
import type { EvidenceEvent, EvidenceInput } from "../../model/evidence.ts";
import type { RunEventData } from "../../model/run-event.ts";
import type { Verdict } from "../../model/states.ts";
import { injectsFault } from "../limits/steps.ts";
import { Refusal } from "../refusal.ts";
import { approvalsOf, type Approved, type Asked } from "./approvals.ts";
import { drillOf, withObjectives, type DrillJudged } from "./drill.ts";
import { measuresOf } from "./drill-keys.ts";
import { planDigest, type BoundPlan } from "./plan.ts";
import { headOf, journalOf, planIn, type Timed } from "./shape.ts";
import { rollbackOf, type RollbackJudged } from "./rollback.ts";
import { linesOf, spanMs, type StepLine } from "./steps.ts";
import { outcomeOf, tasksOf, type Task } from "./tasks.ts";

/** What became of the injected fault. */
export interface FaultJudged {
  /** It was seen to take effect, everywhere it was injected. */
  readonly bit: boolean;
  /** It was seen to be gone again. */
  readonly removed: boolean;
}

/** A run as its events alone have it. */
export interface RunJudged {
  readonly started: RunEventData["run.started"];
  readonly plan: BoundPlan;
  readonly people: RunEventData["run.people"]["people"];
  readonly state: EndState;
  readonly reasons: readonly EndReason[];
  readonly verdict: Verdict;
  /** `wall`: durations are differences of wall clocks, or cross a reboot: they demonstrate no limit. */
  readonly clock: "monotonic" | "wall";
  /** From its creation to its end, seconds, rounded up to a millisecond. */
  readonly seconds: number;
  /** From the first step's beginning to the last one's end, milliseconds, rounded up. */
  readonly workMs: number;
  /** Absent when nothing was undone. */
  readonly rollback?: RollbackJudged;
  /** Wall clock of the first step's beginning, milliseconds since the epoch. */
  readonly began: number;
  readonly tasks: readonly Task[];
  readonly steps: readonly StepLine[];
  readonly approvals: readonly Approved[];
  readonly fault?: FaultJudged;
  /** Absent: it is no drill. */
  readonly drill?: DrillJudged;
  /** Outputs of steps that ended well, the last of each name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly journal: readonly Timed[];
}

type Started = RunEventData["run.started"];

function checkHead(started: Started, plan: BoundPlan, [first]: readonly Timed[]): void {
  const digest = planDigest(plan);
  if (digest !== started.plan) throw new Refusal("plan-disagrees", { said: started.plan, is: digest });
  const created = first?.entry;
  const good =
    created?.type === "run.created" &&
    created.digest === digest &&
    created.by === started.by &&
    created.host === started.host &&
    plan.runbook === started.runbook &&
    plan.title === started.title &&
    plan.environment === started.environment;
  if (!good) throw new Refusal("events-shape", { what: "run.created" });
}

type Ended = Extract<Entry, { type: "run.ended" }>;

/** No other task failed than one whose fault had no effect, or that found no steady state to begin from. */
const missedOnly = (tasks: readonly Task[]): boolean =>
  tasks.every(({ state, end }) => state !== "failed" || PROVES_NOTHING.has(end?.reason));

/** It did not fail; what was going on when the run was stopped did not either. */
const isWellOrBrokenOff = ({ failure }: Task): boolean => failure === undefined || failure.ending === "cancelled";

/** A verdict from how the steps ended; refuses an end that they contradict. */
function verdictOf(
  plan: BoundPlan,
  mode: EvidenceInput["mode"],
  { state, reasons }: Ended,
  tasks: readonly Task[],
  journal: readonly Timed[],
): Verdict {
  if (plan.rehearsal !== (mode === "dry-run")) throw new Refusal("events-shape", { what: "run.plan rehearsal" });
  if (state === "done") {
    const bad = tasks.find(
      (task) => task.state === "pending" || (task.state === "failed" && task.step.onFail !== "continue"),
    );
    if (bad) throw new Refusal("state-disagrees", { said: state, step: bad.step.id, target: bad.target });
  }
  if (plan.rehearsal) return "rehearsal";
  if (state === "cancelled") return "inconclusive";
  if ((state === "failed" || state === "undone") && brokeOffForFault(reasons) && missedOnly(tasks))
    return "inconclusive";
  const guarded = journal.some(({ entry }) => entry.type === "guard");
  if (state === "undone" && guarded && brokeOffForGuard(reasons) && tasks.every(isWellOrBrokenOff))
    return "inconclusive";
  if (state !== "done" || tasks.some(({ failure }) => failure?.reason === NOT_DETECTED)) return "fail";
  // What the run itself says against its end (an approval was refused on the way) can only make it worse.
  return reasons.length === 0 && !guarded && tasks.every((task) => outcomeOf(task) === "pass")
    ? "pass"
    : "inconclusive";
}

function faultOf(tasks: readonly Task[]): FaultJudged | undefined {
  const all = tasks.filter(({ step }) => injectsFault(step.id));
  if (all.length === 0) return undefined;
  // A run that was rolled back at its first batch injected nothing into the others.
  const injected = all.filter(({ attempts }) => attempts > 0);
  const everywhere = (is: (task: Task) => boolean): boolean => injected.length > 0 && injected.every(is);
  return { bit: everywhere(({ held }) => held), removed: everywhere(({ state }) => state === "undone") };
}

/** What a person told is no measure. */
function outputsOf(plan: BoundPlan, journal: readonly Timed[]): Record<string, string> {
  const told = new Set(plan.steps.filter(({ kind }) => kind === "manual").map(({ id }) => id));
  const outputs = Object.create(null) as Record<string, string>;
  for (const { entry } of journal)
    if (entry.type === "outcome" && entry.purpose === "do" && entry.ending === "ok" && !told.has(entry.step))
      Object.assign(outputs, entry.outputs);
  return outputs;
}

/** A run as its events have it, before anybody asks who approved it and what that makes of it. */
export type RunMeasured = Omit<RunJudged, "approvals" | "verdict" | "people" | "drill">;

/** What the events say of a run, measured again. Refuses what contradicts itself. */
export function measureRun(events: readonly EvidenceEvent[]): RunMeasured {
  const started = headOf(events[0], "run.started");
  const plan = planIn(headOf(events[1], "run.plan"));
  const journal = journalOf(events.slice(3));
  checkHead(started, plan, journal);
  const last = journal.at(-1)!;
  if (last.entry.type !== "run.ended") throw new Refusal("events-order", { line: events.length });
  const tasks = tasksOf(plan, journal);
  const boots = new Set(events.map((event) => event.boot_id));
  const clock = boots.size === 1 && !boots.has(WALL) ? "monotonic" : "wall";
  const rollback = rollbackOf(plan, journal, tasks, clock);
  const fault = faultOf(tasks);
  return {
    started,
    plan,
    state: last.entry.state,
    reasons: last.entry.reasons,
    clock,
    seconds: Number((last.mono + 999_999n) / 1_000_000n) / 1000,
    workMs: spanMs(tasks),
    ...(rollback && { rollback }),
    began: journal.find(({ entry }) => entry.type === "intent")?.wall ?? last.wall,
    tasks,
    steps: linesOf(plan, tasks),
    ...(fault && { fault }),
    outputs: outputsOf(plan, journal),
    journal,
  };
}

/** What approvals are about: the run, its plan, and whoever asked for it. */
function askedOf(started: RunEventData["run.started"], journal: readonly Timed[]): Asked {
  const created = journal[0]!.entry;
  const requesters = created.type === "run.created" ? created.requesters : undefined;
  return { run: started.id, digest: started.plan, requester: started.by, ...(requesters && { requesters }) };
}

/**
 * Judges a run again from its events: the plan by its digest, every step on every target by its intents and outcomes,
 * the approvals by their signatures, a drill by its objectives. Refuses what contradicts itself.
 */
export function judgeRun(events: readonly EvidenceEvent[], mode: EvidenceInput["mode"]): RunJudged {
  const run = measureRun(events);
  const { started, plan, journal, tasks } = run;
  const { people } = headOf(events[2], "run.people");
  const last = journal.at(-1)!;
  const approvals = approvalsOf(plan, askedOf(started, journal), journal);
  const bare = verdictOf(plan, mode, last.entry as Ended, tasks, journal);
  const drill = drillOf(plan, measuresOf({ ...run, verdict: bare }), { clock: run.clock, verdict: bare });
  return { ...run, people, approvals, verdict: withObjectives(bare, drill), ...(drill && { drill }) };
}

/** `boot_id` of events whose monotonic clock nobody recorded. */
export const WALL = "wall";

import { WatchbookError } from "../../model/error.ts";
import type { Journalled } from "../../model/journal.ts";
import type { Plan, PlanRequest } from "../../model/plan.ts";
import { isEnded, type RunRecord } from "../../model/run.ts";
import type { House, OpenBook } from "../house.ts";
import { makeTurn } from "../turn.ts";
import { plan as planOf } from "../plan/plan.ts";
import { mustBeQuiet } from "../plan/sessions.ts";
import { withIncidents } from "../incidents/freeze.ts";
import type { Action } from "./act.ts";
import { checkSame, letsGoOn, mayGoOn } from "./control/confirm.ts";
import { entryFor } from "./control/entry.ts";
import { findRun } from "./control/find.ts";
import { publish } from "./control/publish.ts";
import { RunTroubles } from "./control/troubles.ts";
import { shownOf, type RunShown } from "./control/shown.ts";
import { requestersOf, type Witnessed } from "./requesters.ts";
import { preparedTick } from "./tick.ts";
import { makeRunner, type RunNow, type Runner, type RunRequest } from "./runner.ts";

export interface RunControlParts {
  readonly house: House;
  readonly pid: number;
  /** Absolute path of the book's root. */
  readonly root: string;
  /** The book as it is now. */
  readonly open: () => OpenBook;
  /** Hears of our own bugs: whoever looks at the run is told that it stands still, this gets the stack. */
  readonly onBug: (error: unknown) => void;
}

/** Which runs a list has, newest first. */
export interface RunQuery {
  readonly open?: boolean;
  readonly runbook?: string;
  readonly limit?: number;
}

/**
 * What people do with runbooks and runs, in the process that owns the data directory: a daemon, or a verb for a while.
 * A run is named by its id, by a beginning or end of it that only one run has, or `last`: RUN-UNKNOWN, RUN-AMBIGUOUS.
 */
export interface RunControl {
  /** What a run would do. Touches nothing. Rejects as `engine/plan` does. */
  plan(request: PlanRequest): Promise<Plan>;
  /**
   * Begins it. `digest`: refused (PLAN-OTHER) when the plan is another one; a fault in a trading session is refused
   * (RUN-SESSION, RUN-SESSION-UNKNOWN). Else as `Runner.create`.
   */
  begin(
    request: PlanRequest,
    asked: Omit<RunRequest, "requesters"> & Witnessed & { readonly digest?: string | undefined },
  ): Promise<RunNow>;
  list(query: RunQuery): Promise<readonly RunRecord[]>;
  /** Id of the run that is meant. */
  find(name: string): Promise<string>;
  now(name: string): Promise<RunNow>;
  /** The run with all that a person wants to see of it. */
  show(name: string): Promise<RunShown>;
  journal(run: string, after: number): Promise<readonly Journalled[]>;
  /**
   * What a person does to it. Rejects with RUN-WAITS-…, RUN-ENDED, APPROVAL-…, and with PLAN-CHANGED for what would let it
   * go on although the manual gives another plan today.
   */
  act(name: string, by: string, action: Action): Promise<RunNow>;
  /** Resolves when the run has ended and its evidence is written, or when it waits for a person. */
  settled(run: string): Promise<RunNow>;
  /** Hears of a run after each of its commits; gives the function that ends listening. */
  hear(listener: (record: RunRecord) => void): () => void;
  /** Why a run stands still: the disk refused, or RUN-STOPPED for a bug. */
  trouble(run: string): WatchbookError | undefined;
  /** Takes up every run that has not ended. What cannot be taken up is tried again by `pass`. */
  recover(): Promise<void>;
  /** Takes up again what the disk had refused, and sweeps now and then what ended runs owe. Runs that a bug stopped wait for a person or the next start. */
  pass(): Promise<void>;
  /** Why some run stands still. */
  ill(): WatchbookError | undefined;
  /** Lets go of all runs without ending them. */
  stop(): Promise<void>;
}

/** Two who tick at once: the second sees what the first has said, and nothing of it is written over. */
const inTurn = makeTurn();

/** What a person says to a run; taken up first when nobody drives it. */
async function act(
  { house, open }: RunControlParts,
  runner: Runner,
  run: string,
  { by, action }: { readonly by: string; readonly action: Action },
): Promise<RunNow> {
  const entries = (now: RunNow, said: Action) => [
    entryFor(now, by, said, open().book.config.people, house.clock.wall()),
  ];
  const stands = await runner.now(run);
  if (mayGoOn(action) && !isEnded(stands.record.state)) await checkSame(house.registry, open(), stands);
  const taken = await runner.take(run);
  // What a run waits for is known only when its doubts have been asked about.
  if (taken && action.do !== "cancel" && action.do !== "pause") await runner.settled(run);
  // Nobody drove it, and nobody had paused it: that it is taken up is all there is to resume.
  if (taken && action.do === "resume" && !stands.view.paused) return runner.now(run);
  if (action.do !== "tick") return runner.post(run, (now) => entries(now, action));
  return inTurn(house.store, async () => {
    const now = await runner.now(run);
    // Of a run that has ended meanwhile nothing is kept: the refusal is its entry's.
    const said = isEnded(now.view.state) ? action : await preparedTick(house, now, action);
    return runner.post(run, (stand) => entries(stand, said));
  });
}

export function makeRunControl(parts: RunControlParts): RunControl {
  const { house, open } = parts;
  const { store, clock } = house;
  const troubles = new RunTroubles();
  const runner = makeRunner({
    house,
    pid: parts.pid,
    root: parts.root,
    settle: async (now, journal) => publish(house, open(), now, await journal()),
    confirm: async (now, entries) => {
      if (entries.some(letsGoOn)) await checkSame(house.registry, open(), now);
    },
    broken: (run, error) => {
      if (troubles.add(run, error)) parts.onBug(error);
    },
  });
  const plan = (request: PlanRequest): Promise<Plan> => planOf(open(), house.registry, request);
  const find = (name: string): Promise<string> => findRun(store, name);
  const recover = (): Promise<void> => troubles.retry((except) => runner.recover(except));
  return {
    plan,
    begin: async (request, { by, reason, digest, takeOver = false, logins, person }) => {
      const made = await plan(request);
      if (digest !== undefined && digest !== made.digest)
        throw new WatchbookError("PLAN-OTHER", { runbook: made.runbook, was: digest, now: made.digest });
      if (!made.rehearsal) mustBeQuiet(await withIncidents(store, made, open().book.zone), clock.wall());
      const requesters = requestersOf(open().book.config.people, { logins, person });
      const { id } = await runner.create(made, { by, reason, takeOver, logins, requesters });
      const data = { runbook: made.runbook, title: made.title, environment: made.environment, by };
      await store.commit([{ kind: "event.add", event: { at: clock.wall(), kind: "run.begun", subject: id, data } }]);
      return runner.now(id);
    },
    list: (query) => store.runs(query),
    find,
    now: async (name) => runner.now(await find(name)),
    show: async (name) => shownOf(store, await runner.now(await find(name)), clock.wall()),
    journal: (run, after) => store.journal({ run, after }),
    act: async (name, by, action) => {
      const id = await find(name);
      const now = await act(parts, runner, id, { by, action });
      troubles.forgive(id);
      return now;
    },
    settled: (run) => runner.settled(run),
    hear: (listener) => runner.hear(listener),
    trouble: (run) => troubles.of(run),
    recover,
    pass: async () => {
      // Targets that are not there hold up nothing.
      runner.sweep().catch((error: unknown) => {
        if (!(error instanceof WatchbookError)) parts.onBug(error);
      });
      if (troubles.mayPass) await recover();
    },
    ill: () => troubles.first,
    stop: () => runner.stop(),
  };
}

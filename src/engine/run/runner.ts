import { randomUUID } from "node:crypto";
import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Entry, Journalled } from "../../model/journal.ts";
import type { Plan } from "../../model/plan.ts";
import { isEnded, type RunRecord } from "../../model/run.ts";
import { freshOutput, openOutput } from "../../store/output/open.ts";
import { Conflict, type Change } from "../../store/store.ts";
import { bootId } from "../boot.ts";
import type { House } from "../house.ts";
import { replay } from "./core/advance.ts";
import type { RunView } from "./core/view.ts";
import { heldBy, LOCK_MS, lockRefusal, seizes, takeLocks, takes } from "./locks.ts";
import { planJson } from "./plan-json.ts";
import { recordOf } from "./record.ts";
import { replayed } from "./replayed.ts";
import { outputFolder, outputName } from "./output.ts";
import { Sweeper } from "./sweep.ts";
import type { WorkerParts } from "./worker-parts.ts";
import { RunWorker } from "./worker.ts";

/** Who asks for a run, and why. */
export interface RunRequest {
  readonly by: string;
  readonly reason: string;
  /** Login names of the operating system that stand behind the request. */
  readonly logins?: readonly string[] | undefined;
  /** People who ask as those logins or a token show. Empty: nobody knows who. */
  readonly requesters?: readonly string[];
  /** Takes over what another run holds: the person knows what became of it. The other one changes nothing any more. */
  readonly takeOver?: boolean;
}

/** A run as it stands: its record, its plan and what the journal says. */
export interface RunNow {
  readonly record: RunRecord;
  readonly plan: Plan;
  readonly view: RunView;
}

export interface RunnerParts {
  readonly house: House;
  readonly pid: number;
  /** Absolute path of the book's root. */
  readonly root: string;
  /** Writes the evidence of an ended run; gives its path. */
  settle(now: RunNow, journal: () => Promise<readonly Journalled[]>): Promise<string | undefined>;
  /**
   * A run can no longer be driven here: the disk refused (WatchbookError), another worker took it (Conflict), or a bug.
   * Nothing more of it begins; what was going on is in doubt for whoever takes it next.
   */
  broken(run: string, error: unknown): void;
  /** Refuses (WatchbookError PLAN-CHANGED) what lets a run go on when the manual gives another plan today. */
  confirm(now: RunNow, entries: readonly Entry[]): Promise<void>;
}

/** The runs of one process: the owner of the data directory. */
export interface Runner {
  /** Refuses what is missing (PLAN-INCOMPLETE) and what somebody else works on (RUN-LOCKED); then drives it. */
  create(plan: Plan, request: RunRequest): Promise<RunRecord>;
  /** Rejects with RUN-UNKNOWN (nearest ids are the caller's business). */
  now(run: string): Promise<RunNow>;
  /**
   * Entries of a person; the caller has judged them. A function is asked for them again right before they are taken, so
   * that it judges the run as it then stands. Rejects with RUN-ENDED.
   */
  post(run: string, entries: readonly Entry[] | ((now: RunNow) => readonly Entry[])): Promise<RunNow>;
  /** Takes up a run that nobody drives; true when it was not driven here before. Rejects with RUN-UNKNOWN, RUN-ENDED. */
  take(run: string): Promise<boolean>;
  /** Resolves when the run has ended or waits for a person. */
  settled(run: string): Promise<RunNow>;
  /**
   * Takes every run that has not ended and that nobody drives, but not those in `except`: to be called at the start, and
   * again when the disk may have come back. Gives what could not be taken up; a bug in one run is told to `broken` and
   * keeps no other one from being taken.
   */
  recover(except?: ReadonlySet<string>): Promise<readonly WatchbookError[]>;
  /** Hears of a run after each of its commits; gives the function that ends listening. */
  hear(listener: (record: RunRecord) => void): () => void;
  /** Tries again, now and then, to take what ended runs left off targets that were not there. */
  sweep(): Promise<void>;
  /** Lets go of all runs without ending them, and finishes the evidence of those that have ended. */
  stop(): Promise<void>;
}

/** `r20261120-083300-1f3a5b7c`: sorts by time, short enough to be typed. */
export const runId = (wall: number): string =>
  `r${new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}-${randomUUID().slice(0, 8)}`;

/** How long stopping waits for evidence that is being written, and for targets being swept, milliseconds: the rest is owed. */
const WRITING_MS = 3_000;

/** Runs that may be open at once. */
const MOST_OPEN = 100_000;

/** Of so many newest runs those without evidence are looked for at the start. */
const LOST = 100;

const endedRun = ({ id, state }: RunRecord): WatchbookError =>
  new WatchbookError("RUN-ENDED", { run: id, state: `run:${state}` }, { exit: EXIT.input });

export const unknownRun = (run: string): WatchbookError =>
  new WatchbookError("RUN-UNKNOWN", { run }, { exit: EXIT.input });

/** How a worker begins: whether it holds its run's locks, and whether the run is its own creation. */
type Held = Pick<WorkerParts, "locked" | "isNew">;

export function makeRunner(parts: RunnerParts): Runner {
  const { house } = parts;
  const { store, clock } = house;
  const workers = new Map<string, RunWorker>();
  const taking = new Map<string, Promise<RunWorker>>();
  const ending = new Map<string, Promise<RunRecord>>();
  const sweeping = new Map<RunWorker, Promise<void>>();
  const sweeper = new Sweeper(house, parts.root);
  const listeners = new Set<(record: RunRecord) => void>();
  const renewing = new AbortController();
  /** Locks may stand that nobody here renews. */
  let strangers = true;

  const tell = (record: RunRecord): void => {
    for (const listener of listeners) listener(record);
  };

  async function planOf(record: RunRecord): Promise<Plan> {
    const json = await store.plan(record.digest);
    if (json === undefined) throw new TypeError(`run ${record.id} has no plan ${record.digest}`);
    return JSON.parse(json) as Plan;
  }

  async function load(
    id: string,
  ): Promise<RunNow & { readonly journal: readonly Journalled[]; readonly epoch: number }> {
    const found = await store.run(id);
    if (!found) throw unknownRun(id);
    const plan = await planOf(found.record);
    const journal = await store.journal({ run: id });
    return { record: found.record, epoch: found.epoch, plan, view: replayed(id, plan, journal), journal };
  }

  function drive({ record, plan, view }: RunNow, seq: number, epoch: number, held: Held): RunWorker {
    const outputs = outputFolder(house.data, record.id);
    const worker = new RunWorker({
      house,
      root: parts.root,
      plan,
      record,
      view,
      seq,
      epoch,
      ...held,
      // An attempt that is attached to again is heard from its beginning.
      sink: (attempt, secrets, fresh) => {
        const place = [outputs, outputName(attempt)] as const;
        return fresh ? freshOutput(...place, { secrets }) : openOutput(...place, { secrets, existing: "replace" });
      },
      lock: () => takeLocks(store, plan, record, clock.wall(), () => !isEnded(worker.record.state)),
      tell,
    });
    workers.set(record.id, worker);
    return worker;
  }

  /** Sees to the end of a run that is driven here: its evidence, or what broke. */
  function attend(worker: RunWorker, epoch: number): void {
    const { id } = worker.record;
    const over = worker.done.then(() => ended(worker, epoch)).finally(() => workers.delete(id));
    ending.set(id, over);
    worker.done.catch(() => (strangers = true));
    over.catch((error: unknown) => parts.broken(id, error)).finally(() => ending.delete(id));
    worker.done.then(
      () => sweeping.set(worker, sweep(worker)),
      () => undefined,
    );
  }

  /** What an ended run left on its targets; beside its evidence, and nobody waits for it. */
  async function sweep(worker: RunWorker): Promise<void> {
    try {
      if (worker.mayHaveLeft) await sweeper.sweep(worker.record.id, worker.reaches);
    } catch (error) {
      // What the disk refuses to remember is done again.
      if (!(error instanceof WatchbookError)) parts.broken("-", error);
    }
    await worker.close();
    sweeping.delete(worker);
  }

  const ended = (worker: RunWorker, epoch: number): Promise<RunRecord> =>
    conclude({ record: worker.record, plan: worker.plan, view: worker.view }, epoch);

  /** The evidence of an ended run; gives its record with the path of it. */
  async function conclude(now: RunNow, epoch: number): Promise<RunRecord> {
    const evidence = await parts.settle(now, () => store.journal({ run: now.record.id }));
    if (evidence === undefined) return now.record;
    const record = { ...now.record, evidence };
    await store.commit([{ kind: "run.update", record, epoch }]);
    tell(record);
    return record;
  }

  /** Runs whose worker was lost between their end and their evidence. */
  async function concludeLost(): Promise<void> {
    for (const { id, state, evidence } of await store.runs({ limit: LOST })) {
      if (!isEnded(state) || evidence !== undefined || ending.has(id)) continue;
      const over = load(id).then((found) => conclude(found, found.epoch));
      ending.set(id, over);
      await over.catch((error: unknown) => parts.broken(id, error)).finally(() => ending.delete(id));
    }
  }

  /** Its worker, or a new one; who asks while it is being taken gets the same. */
  async function take(id: string): Promise<RunWorker> {
    const known = workers.get(id);
    if (known) return known;
    const taken = taking.get(id) ?? takeOver(id).finally(() => taking.delete(id));
    taking.set(id, taken);
    return taken;
  }

  /** Raises the fence, says who took it, and goes on from the journal. */
  async function takeOver(id: string): Promise<RunWorker> {
    const { record, plan, view, journal, epoch } = await load(id);
    if (isEnded(record.state)) throw endedRun(record);
    await store.commit([{ kind: "run.claim", run: id, epoch: epoch + 1 }]);
    const worker = drive({ record, plan, view }, journal.length, epoch + 1, { locked: false, isNew: false });
    attend(worker, epoch + 1);
    await worker.post([{ type: "run.taken", epoch: epoch + 1, host: house.host, pid: parts.pid, boot: bootId() }]);
    return worker;
  }

  async function create(plan: Plan, { takeOver = false, ...asked }: RunRequest): Promise<RunRecord> {
    const [first] = plan.missing;
    if (first)
      throw new WatchbookError(
        "PLAN-INCOMPLETE",
        { runbook: plan.runbook, count: plan.missing.length },
        { exit: EXIT.input },
      );
    const created = clock.wall();
    const id = runId(created);
    const { by, reason, logins, requesters } = asked;
    const who = { ...(logins && { logins }), ...(requesters && { requesters }) };
    const entry: Entry = { type: "run.created", by, reason, digest: plan.digest, host: house.host, ...who };
    const taken: Entry = { type: "run.taken", epoch: 1, host: house.host, pid: parts.pid, boot: bootId() };
    const mono = String(clock.monotonic());
    const journal = [entry, taken].map((one, index) => ({ seq: index + 1, epoch: 1, at: created, mono, entry: one }));
    const view = replay(plan, journal);
    const bare: RunRecord = {
      id,
      runbook: plan.runbook,
      title: plan.title,
      environment: plan.environment,
      digest: plan.digest,
      rehearsal: plan.rehearsal,
      by,
      reason,
      state: "running",
      created,
      updated: created,
      done: 0,
      total: view.total,
      waits: [],
    };
    const record = recordOf(bare, view, created);
    const changes: Change[] = [
      { kind: "run.insert", record, plan: planJson(plan) },
      { kind: "run.claim", run: id, epoch: 1 },
      ...journal.map((one): Change => ({ kind: "journal.append", run: id, entry: one })),
    ];
    // An approval may take days: until it is there others may work on the targets.
    const locked = plan.gate === undefined;
    const worker = drive({ record, plan, view }, journal.length, 1, { locked: locked || takeOver, isNew: true });
    if (takeOver) changes.push(...(await seizes(store, plan, record, created)));
    try {
      const begins = locked || takeOver ? [...changes, ...takes(plan, record, created)] : changes;
      await insert(worker, record, begins, takeOver);
    } catch (error) {
      workers.delete(id);
      throw error;
    }
    attend(worker, 1);
    // Whoever held them begins no change any more, from now on and not from its next renewal.
    if (takeOver) for (const each of workers.values()) if (each !== worker) await renewed(each);
    return record;
  }

  /** The run, its locks and what it begins with are one commit. */
  async function insert(
    worker: RunWorker,
    record: RunRecord,
    changes: readonly Change[],
    takeOver: boolean,
  ): Promise<void> {
    const { plan } = worker;
    const refusal = async (): Promise<WatchbookError | undefined> => {
      const lock = await heldBy(store, plan, record.id, record.created);
      return lock && lockRefusal(lock);
    };
    if (!takeOver && (plan.gate || strangers)) {
      // Not after the answer: whoever breaks meanwhile leaves a lock behind.
      strangers = false;
      if ((await store.locks()).some(({ run }) => !workers.has(run))) strangers = true;
      const before = (plan.gate || strangers) && (await refusal());
      if (before) throw before;
    }
    try {
      await worker.post([], changes);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      throw (error.change.kind === "lock.take" && (await refusal())) || error;
    }
  }

  async function now(id: string): Promise<RunNow> {
    const worker = workers.get(id);
    if (!worker) return load(id);
    return { record: worker.record, plan: worker.plan, view: worker.view };
  }

  async function renewed(worker: RunWorker): Promise<void> {
    try {
      await worker.renew();
    } catch (error) {
      // What the disk refuses now is tried again in time; the run's own commits tell of it.
      if (!(error instanceof WatchbookError)) throw error;
    }
  }

  async function renew(): Promise<void> {
    for (;;) {
      await clock.sleep(LOCK_MS / 3, renewing.signal);
      for (const worker of workers.values()) await renewed(worker);
    }
  }
  renew().catch((error: unknown) => {
    if (!renewing.signal.aborted) throw error;
  });

  return {
    create,
    now,
    post: async (id, given) => {
      const worker = await take(id);
      const stand = (): RunNow => ({ record: worker.record, plan: worker.plan, view: worker.view });
      const entries = (): readonly Entry[] => (typeof given === "function" ? given(stand()) : given);
      await parts.confirm(stand(), entries());
      if (isEnded(worker.view.state)) throw endedRun(worker.record);
      await worker.post(entries());
      return stand();
    },
    take: async (id) => {
      const known = workers.has(id) || taking.has(id);
      await take(id);
      return !known;
    },
    settled: async (id) => {
      const worker = workers.get(id);
      if (!worker) return now(id);
      await worker.settled();
      const stand = { record: worker.record, plan: worker.plan, view: worker.view };
      const over = isEnded(worker.view.state) && ending.get(id);
      if (!over) return stand;
      return { ...stand, record: await over };
    },
    recover: async (except = new Set()) => {
      const problems: WatchbookError[] = [];
      for (const { id } of await store.runs({ open: true, limit: MOST_OPEN })) {
        if (except.has(id)) continue;
        try {
          await take(id);
        } catch (error) {
          if (error instanceof WatchbookError) problems.push(error);
          else parts.broken(id, error);
        }
      }
      concludeLost().catch((error: unknown) => parts.broken("-", error));
      return problems;
    },
    sweep: () => sweeper.pass(),
    hear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      renewing.abort();
      const left = [...workers.values()];
      await Promise.all(left.map((worker) => worker.leave()));
      const open = new Set(left.filter(({ record }) => !isEnded(record.state)).map(({ record }) => record.id));
      // Of runs that were let go there is none; what became of the others' is told to `broken`.
      const written = [...ending].flatMap(([id, over]) => (open.has(id) ? [] : [over]));
      const swept = [...sweeping.values()];
      if (written.length + swept.length === 0) return;
      const enough = new AbortController();
      const late = clock.sleep(WRITING_MS, enough.signal).catch(() => undefined);
      await Promise.race([Promise.allSettled([...written, ...swept]), late]);
      enough.abort();
      await Promise.all([...sweeping.keys()].map((worker) => worker.close()));
    },
  };
}

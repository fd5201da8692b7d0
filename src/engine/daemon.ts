import { join } from "node:path";
import { USUAL_MS } from "../model/check.ts";
import { WatchbookError } from "../model/error.ts";
import { secondsBetween } from "../model/time.ts";
import { makeAlerts, type Alerts } from "./alerts/alerts.ts";
import { inTime } from "./alerts/patience.ts";
import { makeRunWindows } from "./alerts/run-windows.ts";
import { makeBell, withBell, type Bell } from "./bell.ts";
import { keepBook } from "./book-keeper.ts";
import type { BookSource, BookState } from "./book-state.ts";
import { makeChecksNow } from "./checks-now.ts";
import { makeDutyKeeper } from "./duty-keeper.ts";
import { makeRuns, type DoRequest, type Runs } from "./doing.ts";
import { openClockSet } from "./clock-set.ts";
import type { House } from "./house.ts";
import { makeIncidents, type Incidents } from "./incidents.ts";
import { makeRunControl, type RunControl } from "./run/control.ts";
import { openRun, type AnswerRequest, type InspectionResult, type Seen } from "./inspect.ts";
import type { Inspection } from "../model/inspection.ts";
import { makeNetwork } from "./watcher/network.ts";
import { withPulse, type Pulse } from "./watcher/pulse.ts";
import { openReserve } from "./watcher/reserve.ts";
import { makeWatcher, specOf, type Watcher } from "./watcher/watcher.ts";
import { snapshot, type CheckNow, type Snapshot } from "./snapshot.ts";

export interface DaemonParts {
  readonly house: House;
  readonly source: BookSource;
  /** Absolute path of the book's root. */
  readonly root: string;
  readonly pid: number;
  /**
   * Milliseconds. Checks: default the book's `interval`, else what their kinds say; look for a new revision: 3 000; calendar: 1 000; runs
   * that the disk refused: 3 000; alerts, incidents, watcher: 1 000.
   */
  readonly every?: {
    readonly checks?: number;
    readonly book?: number;
    readonly calendar?: number;
    readonly runs?: number;
    readonly alerts?: number;
    readonly incidents?: number;
    readonly watcher?: number;
  };
  /** Hears of bugs that stop one run and nothing else. */
  readonly onBug: (error: unknown) => void;
}

/** A running daemon: the owner of the data directory. */
export interface Daemon extends AsyncDisposable {
  readonly house: House;
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly bell: Bell;
  book(): BookState;
  checks(): readonly CheckNow[];
  /** When a check was last read, milliseconds since the epoch; undefined: not yet. */
  lastReading(): number | undefined;
  /** Milliseconds between two readings of a check that names no interval, at most. */
  interval(): number;
  /** When the calendar was last looked at, milliseconds since the epoch. */
  lastTick(): number;
  /** False once it stops, or once a bug has stopped its loops. */
  alive(): boolean;
  /** Why part of its work is held up now (full disk, unreadable book folder …). */
  ill(): WatchbookError | undefined;
  snapshot(): Promise<Snapshot>;
  /** Does a duty now. Rejects with WatchbookError DUTY-UNKNOWN. */
  inspect(duty: string, request: DoRequest): Promise<Seen>;
  /** The run of the present period whose open items wait for a person. Rejects as engine's `openRun` does. */
  openRun(duty: string, period: string | undefined): Promise<Inspection>;
  /** Answers them. Rejects with WatchbookError ANSWER-… for an answer that does not fit. */
  answer(duty: string, request: AnswerRequest): Promise<InspectionResult>;
  /** Runbooks and their runs. */
  readonly runs: RunControl;
  readonly alerts: Alerts;
  readonly incidents: Incidents;
  readonly watcher: Watcher;
  /** What the store took and refused. */
  readonly pulse: Pulse;
  /** Looks for a new revision now. */
  look(): Promise<boolean>;
  /** Events since the start, by kind. */
  counts(): ReadonlyMap<string, number>;
  /** Ends after dispose; rejects when a bug stopped a loop. */
  readonly done: Promise<void>;
}

/** Starts the loops: calendar, checks, new revisions. The house's store must be open and owned by this process. */
export async function makeDaemon(parts: DaemonParts): Promise<Daemon> {
  const bell = makeBell();
  const reserve = await openReserve(join(parts.house.data, "reserve"));
  const { store, pulse } = withPulse(parts.house.store, parts.house.clock, reserve);
  const belled = withBell(store, bell);
  const clockSet = await openClockSet({ store: belled, clock: parts.house.clock });
  const house: House = { ...parts.house, store: belled, clockSet };
  const started = house.clock.wall();
  const counts = countsOf(bell);
  const keeper = await keepBook(house, parts.source, parts.root);
  const runs = makeRuns(house);
  const owed = (await runs.settle(keeper.state().open)) ?? [];
  const { pid, root, onBug } = parts;
  const control = makeRunControl({ house, pid, root, open: () => keeper.state().open, onBug });
  // Before anybody is told that it serves: what was going on when the last one ended goes on.
  await control.recover();
  await say(house, "daemon.started", { pid: parts.pid, version: house.version, host: house.host });

  const stopping = new AbortController();
  const duties = makeDutyKeeper(house, () => keeper.state().open, { runs, control }, stopping.signal);
  const ills = new Map<string, WatchbookError>(owed.slice(0, 1).map((error) => ["start", error]));
  const declared = (): number | undefined => {
    const seconds = keeper.state().open.book.config.interval;
    return parts.every?.checks ?? (seconds === undefined ? undefined : seconds * 1000);
  };
  const interval = (): number => declared() ?? USUAL_MS;
  const alerts = await makeAlerts({ house, open: () => keeper.state().open, interval, onBug });
  const windows = makeRunWindows({ house, open: () => keeper.state().open, control, alerts, onBug });
  const incidents = await makeIncidents({ house, open: () => keeper.state().open, alerts });
  const open = () => keeper.state().open;
  const network = makeNetwork(house.clock, (kind) => house.registry.checks.get(kind)?.light === true);
  const checks = makeChecksNow({
    ...{ house, interval: declared, open },
    doubted: (reading, spec) => network.doubted(reading, spec, specOf(open()).references),
    onReading: (reading) => alerts.read(reading),
    onNews: () => bell.ring({ kind: "checks" }),
  });
  const watcher = await makeWatcher({
    ...{ house, open, pulse, reserve, network, alerts, checks, interval: declared },
    signal: stopping.signal,
  });
  const loop: Loop = (name, every, work) =>
    turn(house, stopping.signal, every, work, (error) => (error ? ills.set(name, error) : ills.delete(name)));
  let lastTick = started;
  const calendar = async (): Promise<void> => {
    await duties.pass();
    lastTick = house.clock.wall();
  };
  const done = Promise.all([
    checks.run(stopping.signal),
    ...quick(loop, parts.every, {
      calendar,
      book: () => keeper.look(),
      runs: () => control.pass(),
      alerts: async () => {
        // A store that cannot be read, or hangs, keeps no window up to date; whoever is to be told is told.
        try {
          await inTime(house.clock, windows.pass());
        } finally {
          await alerts.pass();
        }
      },
      incidents: () => incidents.pass(stopping.signal),
      watcher: () => watcher.pass(),
    }),
  ]).then(() => undefined);
  // A bug in one loop stops the others; whoever waits for `done` gets it.
  done.catch(() => stopping.abort());

  return {
    house,
    pid: parts.pid,
    started,
    bell,
    book: keeper.state,
    checks: () => checks.now(),
    lastReading: () => checks.lastReading(),
    interval,
    lastTick: () => lastTick,
    alive: () => !stopping.signal.aborted,
    ill: () => control.ill() ?? checks.ill() ?? alerts.ill() ?? duties.ill() ?? [...ills.values()][0],
    snapshot: () => snapshot(house.store, keeper.state(), checks.now(), house.clock.wall()),
    inspect: (duty, request) => duties.inspect(duty, request),
    openRun: (duty, period) => openRun(house, keeper.state().open, duty, period),
    answer: (duty, request) => duties.answer(duty, request),
    runs: control,
    alerts,
    incidents,
    watcher,
    pulse,
    look: () => keeper.look(),
    counts: () => counts,
    done,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await control.stop();
      await windows.stop();
      await alerts.stop();
      await stop(house, stopping, runs, done);
      await watcher.leave();
    },
  };
}

/** Events by kind, counted as they come. */
function countsOf(bell: Bell): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  bell.hear((ring) => {
    if (ring.kind === "events") for (const kind of ring.kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  });
  return counts;
}

type Loop = (name: string, every: () => number, work: () => Promise<void>) => Promise<void>;

/** Milliseconds between two rounds of the loops that look whether there is something to do. */
const QUICK = { calendar: 1_000, book: 3_000, runs: 3_000, alerts: 1_000, incidents: 1_000, watcher: 1_000 } as const;

const quick = (
  loop: Loop,
  every: DaemonParts["every"],
  works: Readonly<Record<keyof typeof QUICK, () => Promise<unknown>>>,
): readonly Promise<void>[] =>
  (["calendar", "book", "runs", "alerts", "incidents", "watcher"] as const).map((name) =>
    loop(
      name,
      () => every?.[name] ?? QUICK[name],
      async () => void (await works[name]()),
    ),
  );

/**
 * Goes round until the signal. An error of the user (full disk, unreachable folder) holds the work up, is shown, and is
 * tried again; anything else is our bug and ends the daemon.
 */
async function turn(
  house: House,
  signal: AbortSignal,
  every: () => number,
  work: () => Promise<void>,
  ill: (error: WatchbookError | undefined) => void,
): Promise<void> {
  while (!signal.aborted) {
    const began = house.clock.monotonic();
    try {
      await work();
      ill(undefined);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof WatchbookError)) throw error;
      ill(error);
    }
    // From beginning to beginning, but never without a breath.
    const passed = secondsBetween(began, house.clock.monotonic()) * 1000;
    await pause(house, Math.max(every() / 10, every() - passed), signal);
  }
}

/** Sleeps until the time or the signal. */
async function pause(house: House, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await house.clock.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Ends the loops, gives running inspections ten seconds, then leaves them unfinished: the next start settles them. */
async function stop(house: House, stopping: AbortController, runs: Runs, done: Promise<void>): Promise<void> {
  stopping.abort();
  await runs.stop(10_000);
  await done.catch(() => undefined);
  await say(house, "daemon.stopped", {});
}

const say = (house: House, kind: string, data: Readonly<Record<string, unknown>>): Promise<void> =>
  house.store.commit([{ kind: "event.add", event: { at: house.clock.wall(), kind, subject: house.host, data } }]);

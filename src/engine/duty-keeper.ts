import { WatchbookError } from "../model/error.ts";
import type { Duty } from "../model/duty.ts";
import { periodBounds, periodOf } from "../desk/duty/index.ts";
import { asked, markDue, recordMissed } from "./duties.ts";
import type { DoRequest, Runs } from "./doing.ts";
import type { House, OpenBook } from "./house.ts";
import { findDuty, type AnswerRequest, type InspectionResult, type Seen } from "./inspect.ts";
import { makeQuiet } from "./quiet.ts";
import type { RunControl } from "./run/control.ts";
import { beginRunDuty, settleRunDuty, type RunDuty } from "./run-duty.ts";
import { timetable, type Timetable } from "./schedule.ts";

/** Duties begun by the calendar at once. */
const AT_ONCE = 4;
/** Milliseconds after which what failed is tried again. */
const RETRY = 60_000;
/** Who does what the calendar begins. */
const DAEMON = "watchbook";

/** Does calendar duties when they fall due, and any duty when it is asked to. */
export interface DutyKeeper {
  /** Looks at the calendar once: records what was missed, begins what is due. Does not wait for what it begins. */
  pass(): Promise<void>;
  inspect(duty: string, request: DoRequest): Promise<Seen>;
  answer(duty: string, request: AnswerRequest): Promise<InspectionResult>;
  /** Why the last run of a duty could not be kept. */
  ill(): WatchbookError | undefined;
}

/** The book's timetables, made once per book. */
function timetables(open: () => OpenBook): () => readonly Timetable[] {
  let of: OpenBook | undefined;
  let tables: readonly Timetable[] = [];
  return () => {
    const now = open();
    if (now === of) return tables;
    tables = now.book.duties.flatMap((duty) => timetable(duty, now.book.zone) ?? []);
    of = now;
    return tables;
  };
}

const isRun = (duty: Duty): duty is RunDuty => duty.run !== undefined;

/** `control`: the runs of this process. */
export function makeDutyKeeper(
  house: House,
  open: () => OpenBook,
  { runs, control }: { readonly runs: Runs; readonly control: RunControl },
  stopping: AbortSignal,
): DutyKeeper {
  const begun = new Set<string>();
  const ills = new Map<string, WatchbookError>();
  const bugs: unknown[] = [];
  const quiet = makeQuiet();
  const tables = timetables(open);
  let retryAt = 0;

  /** Remembers whether what a person or the calendar had done could be kept. */
  const kept = async <T extends Seen>(name: string, work: (id: string) => Promise<T>): Promise<T> => {
    const { id } = findDuty(open().book, name);
    const result = await work(id);
    const [problem] = result.problems;
    if (problem === undefined) ills.delete(id);
    else ills.set(id, problem);
    retryAt = house.clock.wall() + RETRY;
    return result;
  };

  const inspect = (name: string, request: DoRequest): Promise<Seen> =>
    kept(name, (id) => runs.begin(open(), id, request));

  const doDuty = async (duty: Duty, period: string): Promise<void> => {
    if (!isRun(duty)) return void (await inspect(duty.id, { by: DAEMON }));
    await beginRunDuty(house, control, duty, { period, by: DAEMON });
    ills.delete(duty.id);
  };

  /** Begins a duty on the daemon's own account; a bug is thrown by the next pass. */
  const begin = async (duty: Duty, period: string): Promise<void> => {
    begun.add(duty.id);
    try {
      await doDuty(duty, period);
    } catch (error) {
      if (error instanceof WatchbookError) ills.set(duty.id, error);
      else bugs.push(error);
      quiet.until(duty.id, house.clock.wall() + RETRY);
    } finally {
      begun.delete(duty.id);
    }
  };

  /** After a failure: settles what broke off and writes what is owed, once a minute. */
  const mend = async (now: number): Promise<void> => {
    if (ills.size === 0 || now < retryAt || begun.size > 0) return;
    retryAt = now + RETRY;
    if ((await runs.settle(open()))?.length === 0) ills.clear();
  };

  const passOne = async (table: Timetable, now: number): Promise<void> => {
    const { duty } = table;
    const { zone } = open().book;
    if (begun.has(duty.id) || quiet.is(duty.id, now)) return;
    const period = periodOf(duty.every, now, zone);
    if (!quiet.seen(duty.id, period)) {
      await recordMissed(house.store, table, zone, now);
      quiet.see(duty.id, period);
    }
    if (isRun(duty)) await settleRunDuty(house, control, duty);
    const ask = asked(table, zone, now, await house.store.duty(duty.id, period));
    if (ask.kind === "wait") return quiet.until(duty.id, ask.until);
    if (ask.kind === "running") return;
    if (duty.kind === "drill") {
      await markDue(house.store, duty.id, ask.period, now);
      return quiet.until(duty.id, periodBounds(period, zone).end);
    }
    if (!stopping.aborted && begun.size < AT_ONCE) void begin(duty, ask.period);
  };

  return {
    pass: async () => {
      if (bugs.length > 0) throw bugs[0];
      const now = house.clock.wall();
      quiet.tick(now);
      await mend(now);
      for (const table of tables()) await passOne(table, now);
    },
    inspect,
    answer: (name, request) => kept(name, (id) => runs.answer(open(), id, request)),
    ill: () => [...ills.values()][0],
  };
}

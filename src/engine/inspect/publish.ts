import type { Inspection } from "../../model/inspection.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Change, Store } from "../../store/store.ts";
import type { House, OpenBook, Published } from "../house.ts";
import { answeredSubject, evidenceOf } from "./evidence.ts";
import { owed, owedKey, published, publishedKey } from "./keys.ts";
import { makeTurn } from "../turn.ts";

/** Two runs of one period write one report. */
const inTurn = makeTurn();

export interface Publication extends Published {
  /** Why the evidence or the report could not be written. The result itself is in the store and is tried again. */
  readonly problems: readonly WatchbookError[];
}

/** An error of the user is a problem to be said; a bug is thrown. */
async function attempt<T>(problems: WatchbookError[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WatchbookError)) throw error;
    problems.push(error);
    return undefined;
  }
}

/** The run of the period before that a report compares with: the newest that came to its end. */
export async function previousRun(store: Store, inspection: Inspection): Promise<Inspection | undefined> {
  const runs = await store.inspections({ duty: inspection.duty, limit: 100 });
  return runs.find((run) => run.period !== inspection.period && run.started <= inspection.started && !run.interrupted);
}

async function write(house: House, open: OpenBook, run: Inspection, evidence: Published): Promise<string> {
  const record = await house.store.duty(run.duty, run.period);
  const runs: Inspection[] = [];
  const known = new Map<string, Published>();
  for (const id of record?.runs ?? [run.id]) {
    const one = await house.store.inspection(id);
    if (one) runs.push(one);
    known.set(id, id === run.id ? evidence : await published(house.store, id));
  }
  return house.report(open, runs, await previousRun(house.store, run), known);
}

/**
 * Gives a finished run its evidence and its report, each exactly once, and notes where they lie. What cannot be
 * written stays owed: the next start tries again. Safe to repeat; nothing to do when nothing is owed.
 */
export function publish(house: House, open: OpenBook, run: Inspection): Promise<Publication> {
  const { store } = house;
  return inTurn(store, async () => {
    const debt = await owed(store, run.id);
    if (!debt) return { ...(await published(store, run.id)), problems: [] };
    const problems: WatchbookError[] = [];
    let { evidence } = debt;
    if (!evidence) {
      const answered = await answeredSubject(store, run);
      const input = evidenceOf(run, debt.events, house.page(open, run), answered);
      evidence = await attempt(problems, () => house.record(open, input));
      if (evidence) {
        const value = JSON.stringify({ ...debt, evidence });
        await attempt(problems, () => store.commit([{ kind: "value.set", key: owedKey(run.id), value }]));
      }
    }
    const signed = evidence ? { evidence } : {};
    const report = await attempt(problems, () => write(house, open, run, signed));
    const done: Published = { ...signed, ...(report !== undefined && { report }) };
    await attempt(problems, () => store.commit(settled(house, run, done)));
    return { ...done, problems };
  });
}

/** Notes what was written; drops the debt when nothing is left of it. */
function settled(house: House, run: Inspection, done: Published): readonly Change[] {
  const changes: Change[] = [{ kind: "value.set", key: publishedKey(run.id), value: JSON.stringify(done) }];
  if (!done.evidence || done.report === undefined) return changes;
  const data = { duty: run.duty, period: run.period, report: done.report, evidence: done.evidence.directory };
  return [
    ...changes,
    { kind: "value.set", key: owedKey(run.id), value: null },
    { kind: "event.add", event: { at: house.clock.wall(), kind: "inspection.published", subject: run.id, data } },
  ];
}

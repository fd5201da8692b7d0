import type { DutyRecord } from "../../model/duty.ts";
import type { Inspection } from "../../model/inspection.ts";
import { verdictOf } from "../../model/inspection.ts";
import type { WatchbookError } from "../../model/error.ts";
import type { House, OpenBook } from "../house.ts";
import { unjudged } from "./items.ts";
import { begun, owed } from "./keys.ts";
import { publish } from "./publish.ts";
import { settle } from "./settle.ts";
import { Trace } from "./trace.ts";

/** How far back the start looks: more runs than a crash leaves behind, and months of refused reports. */
const LOOK_BACK = 300;

/** A run that a crash cut off: nothing of what it saw is known, so every item is open and the run is interrupted. */
async function cutOff(house: House, open: OpenBook, record: DutyRecord, run: string): Promise<Inspection> {
  const note = await begun(house.store, run);
  const duty = open.book.duties.find((one) => one.id === record.duty);
  const items = duty ? unjudged(duty) : [];
  return {
    id: run,
    duty: record.duty,
    title: note?.title ?? duty?.title ?? record.duty,
    period: record.period,
    zone: open.book.zone,
    started: note?.started ?? record.updated,
    ended: note?.started ?? record.updated,
    seconds: 0,
    by: note?.by ?? record.by ?? "",
    place: note?.place ?? {
      host: house.host,
      bookDigest: open.book.digest,
      dirty: open.dirty,
      version: house.version,
      node: process.version,
    },
    items,
    verdict: verdictOf(items),
    interrupted: true,
  };
}

/** Puts a run that broke off on record; its evidence and report are then owed. */
export async function closeRun(house: House, open: OpenBook, record: DutyRecord, run: string): Promise<Inspection> {
  const inspection = await cutOff(house, open, record, run);
  const trace = new Trace(house.clock);
  trace.add("run.started", "watchbook", {
    id: run,
    duty: inspection.duty,
    period: inspection.period,
    by: inspection.by,
    host: inspection.place.host,
    book: inspection.place.bookDigest,
    commit: inspection.place.commit ?? null,
    dirty: inspection.place.dirty,
  });
  for (const { id, text, outcome } of inspection.items)
    trace.add("item", "watchbook", { id, text, outcome, readings: [], needs: true });
  trace.add("run.ended", "watchbook", { verdict: inspection.verdict, seconds: 0, interrupted: true });
  await settle(house, inspection, trace.events());
  return inspection;
}

/** Records that a crash can have left running: the newest of all, and of every duty of the book by itself. */
async function recent({ store }: House, open: OpenBook): Promise<readonly DutyRecord[]> {
  const lists = [await store.duties({ limit: LOOK_BACK })];
  // Names of periods sort by their text: years of named events must not hide yesterday's daily duty.
  for (const { id } of open.book.duties) lists.push(await store.duties({ duty: id, limit: LOOK_BACK }));
  return [...new Map(lists.flat().map((record) => [`${record.duty} ${record.period}`, record])).values()];
}

/**
 * To be called once by the process that owns the data, before it begins anything: runs that a crash cut off are closed
 * as interrupted (their duty is due again while its period lasts, else missed), and evidence or reports still owed are
 * written. Safe to crash in, and to repeat. Gives what could not be written.
 */
export async function recover(house: House, open: OpenBook): Promise<readonly WatchbookError[]> {
  const { store } = house;
  for (const record of await recent(house, open))
    for (const run of record.runs)
      // Runs of runbooks go on by themselves.
      if (!(await store.inspection(run)) && !(await store.run(run))) await closeRun(house, open, record, run);
  const problems: WatchbookError[] = [];
  for (const inspection of (await store.inspections({ limit: LOOK_BACK })).toReversed())
    if (await owed(store, inspection.id)) problems.push(...(await publish(house, open, inspection)).problems);
  return problems;
}

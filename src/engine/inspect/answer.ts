import { verdictOf, itemOutcome } from "../../model/inspection.ts";
import type { Inspection, InspectionItem, Tick } from "../../model/inspection.ts";
import type { Reading } from "../../model/check.ts";
import { readingKey } from "../../model/inspection-event.ts";
import { WatchbookError } from "../../model/error.ts";
import { isCalendar } from "../../model/every.ts";
import type { House, OpenBook } from "../house.ts";
import type { InspectionResult } from "../inspect.ts";
import { periodFor, runId } from "./claim.ts";
import { findDuty } from "./find.ts";
import { findOpenItem } from "./open-item.ts";
import { publish } from "./publish.ts";
import { settle } from "./settle.ts";
import { Trace } from "./trace.ts";
import { makeTurn } from "../turn.ts";

/** What a person says afterwards of one item. */
export interface GivenAnswer {
  /** Id or text of the item, or a part of its text that no other open item has. */
  readonly item: string;
  readonly outcome: Tick["outcome"];
  readonly note?: string;
}

export interface AnswerRequest {
  readonly by: string;
  /** Confirms the calendar period, or names the event; without it the newest event. */
  readonly period?: string | undefined;
  readonly answers: readonly GivenAnswer[];
}

/** Two who answer at once: the second sees what the first has said. */
const inTurn = makeTurn();

/** Newest run of the period that came to its end. */
async function newestRun(house: House, open: OpenBook, name: string | undefined, given: string | undefined) {
  const { store, clock } = house;
  const duty = findDuty(open.book, name);
  const known = given !== undefined || (duty.every !== undefined && isCalendar(duty.every));
  const period = known ? periodFor(duty, open.book, clock.wall(), given) : undefined;
  const runs = await store.inspections({ duty: duty.id, limit: 300 });
  const run = runs.find((one) => !one.interrupted && (period === undefined || one.period === period));
  if (!run) throw new WatchbookError("ANSWER-NO-RUN", { duty: duty.id });
  return run;
}

/**
 * The run of the present period whose open items wait for a person. Throws WatchbookError ANSWER-NO-RUN when nothing
 * was inspected in it, ANSWER-NONE-OPEN when no item is open, and what a wrong duty or period throws.
 */
export async function openRun(
  house: House,
  open: OpenBook,
  duty: string | undefined,
  period: string | undefined,
): Promise<Inspection> {
  const run = await newestRun(house, open, duty, period);
  if (run.items.some(({ outcome }) => outcome === "open")) return run;
  throw new WatchbookError("ANSWER-NONE-OPEN", { duty: run.duty, period: run.period });
}

/** Ticks by item id; each answer must mean one open item, and no item may be answered twice. */
function ticksOf(run: Inspection, { by, answers }: AnswerRequest, at: number): ReadonlyMap<string, Tick> {
  const ticks = new Map<string, Tick>();
  for (const { item, outcome, note } of answers) {
    const { id, text } = findOpenItem(run.items, item);
    if (ticks.has(id)) throw new WatchbookError("ANSWER-TWICE", { item: text });
    ticks.set(id, { by, at, outcome, ...(note !== undefined && { note }) });
  }
  return ticks;
}

const answered = (item: InspectionItem, tick: Tick | undefined): InspectionItem => {
  if (!tick) return item;
  const outcomes = item.readings.map((reading) => reading.outcome);
  return { ...item, tick, outcome: itemOutcome(outcomes, tick.outcome, item.needs !== undefined) };
};

/** Readings of a run, each once: one may judge several items. */
const readingsOf = (items: readonly InspectionItem[]): readonly Reading[] => [
  ...new Map(items.flatMap((item) => item.readings.map((one) => [readingKey(one), one] as const))).values(),
];

/** The run judged, and its events: everything the verdict depends on, also what was measured before. */
function judged(house: House, run: Inspection): { readonly inspection: Inspection; readonly trace: Trace } {
  const trace = new Trace(house.clock);
  const { place } = run;
  trace.add("run.started", "watchbook", {
    id: run.id,
    duty: run.duty,
    period: run.period,
    by: run.by,
    host: place.host,
    book: place.bookDigest,
    commit: place.commit ?? null,
    dirty: place.dirty,
    ...(run.answers !== undefined && { answers: run.answers }),
  });
  for (const { facts: _, ...data } of readingsOf(run.items)) trace.add("reading", "watchbook", data);
  for (const { id, tick } of run.items) if (tick) trace.add("tick", tick.by, { item: id, ...tick });
  for (const { id, text, outcome, readings, needs } of run.items)
    trace.add("item", "watchbook", {
      id,
      text,
      outcome,
      readings: readings.map(readingKey),
      needs: needs !== undefined,
    });
  const verdict = verdictOf(run.items);
  const seconds = trace.seconds();
  trace.add("run.ended", "watchbook", { verdict, seconds, interrupted: false });
  return { inspection: { ...run, verdict, seconds }, trace };
}

/**
 * Answers open items of the present period's newest run. The answers become a run of their own, with evidence of its
 * own and a section in the same report: what was measured before is restated with its moment, not measured again, and
 * the evidence of the run that was answered stays as it is. One answer that does not fit, and none is taken.
 *
 * Throws WatchbookError: what `openRun` throws, ANSWER-ITEM-UNKNOWN, ANSWER-ITEM-AMBIGUOUS, ANSWER-NOT-OPEN,
 * ANSWER-TWICE, a store that refuses. Evidence or a report that cannot be written is told in `problems`.
 */
export async function answer(
  house: House,
  open: OpenBook,
  duty: string | undefined,
  request: AnswerRequest,
): Promise<InspectionResult> {
  const { inspection, record } = await inTurn(house.store, async () => {
    const before = await openRun(house, open, duty, request.period);
    const started = house.clock.wall();
    const ticks = ticksOf(before, request, started);
    const { version, host } = house;
    const run: Inspection = {
      ...before,
      id: runId(before.duty, started),
      started,
      ended: started,
      seconds: 0,
      by: request.by,
      place: { ...before.place, host, version, node: process.version },
      items: before.items.map((item) => answered(item, ticks.get(item.id))),
      answers: before.id,
    };
    const { inspection, trace } = judged(house, run);
    return { inspection, record: await settle(house, inspection, trace.events()) };
  });
  const { report, evidence, problems } = await publish(house, open, inspection);
  return { inspection, record, report, evidence, problems };
}

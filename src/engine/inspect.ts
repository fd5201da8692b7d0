import type { Duty, DutyItem, DutyRecord } from "../model/duty.ts";
import type { Reading } from "../model/check.ts";
import type { EvidencePlace } from "../model/evidence.ts";
import { readingKey } from "../model/inspection-event.ts";
import type { Inspection, Tick } from "../model/inspection.ts";
import { verdictOf } from "../model/inspection.ts";
import { WatchbookError } from "../model/error.ts";
import type { House, OpenBook } from "./house.ts";
import { claim } from "./inspect/claim.ts";
import type { Claim } from "./inspect/claim.ts";
import { findDuty } from "./inspect/find.ts";
import { checksOf, itemsOf, needsPerson } from "./inspect/items.ts";
import type { Answer } from "./inspect/items.ts";
import { measure } from "./inspect/measure.ts";
import { RunLimit } from "./inspect/probe.ts";
import { closeRun } from "./inspect/recover.ts";
import { publish } from "./inspect/publish.ts";
import { settle } from "./inspect/settle.ts";
import { Trace } from "./inspect/trace.ts";

export { answer, openRun } from "./inspect/answer.ts";
export type { AnswerRequest, GivenAnswer } from "./inspect/answer.ts";
export { findDuty } from "./inspect/find.ts";
export { needsPerson } from "./inspect/items.ts";
export type { Answer } from "./inspect/items.ts";
export { published } from "./inspect/keys.ts";
export { recover } from "./inspect/recover.ts";

export interface Progress {
  /** Checks that ended, of all. */
  readonly done: number;
  readonly total: number;
  /** The one that just ended; absent when the run begins. */
  readonly reading?: Reading;
}

export interface InspectOptions {
  /** Who does it: a person's id or name, or `watchbook` for the daemon. */
  readonly by: string;
  /** Puts an item that no machine can judge to the person; undefined leaves it open. */
  readonly ask?: ((item: DutyItem, duty: Duty) => Promise<Answer | undefined>) | undefined;
  /** Ctrl-C: the run ends as interrupted, with what it has seen so far. */
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Confirms the calendar period, or names the event. */
  readonly period?: string | undefined;
  /** Checks at a time; default 8. */
  readonly inFlight?: number;
  /** Limit of all checks together, milliseconds; default ten minutes. */
  readonly runMs?: number;
}

export interface InspectionResult {
  readonly inspection: Inspection;
  readonly record: DutyRecord;
  /** Absolute path of the report's Markdown; absent when it could not be written. */
  readonly report: string | undefined;
  readonly evidence: EvidencePlace | undefined;
  /** Why the evidence or the report could not be written: the result is in the store, the next start tries again. */
  readonly problems: readonly WatchbookError[];
}

/** Signal that ends with Ctrl-C or with the limit of the whole run. */
function bounded(house: House, options: InspectOptions): { readonly stop: AbortSignal; readonly end: () => void } {
  const ms = options.runMs ?? 600_000;
  const limit = new AbortController();
  const over = new AbortController();
  house.clock.sleep(ms, AbortSignal.any([over.signal, options.signal])).then(
    () => limit.abort(new RunLimit(ms)),
    () => undefined,
  );
  return { stop: AbortSignal.any([options.signal, limit.signal]), end: () => over.abort() };
}

async function readings(
  house: House,
  open: OpenBook,
  duty: Duty,
  options: InspectOptions,
  trace: Trace,
): Promise<{ readonly readings: readonly Reading[]; readonly cut: boolean }> {
  const checks = checksOf(open.book, duty);
  const { stop, end } = bounded(house, options);
  let done = 0;
  const tell = (reading?: Reading): void =>
    options.onProgress?.({ done, total: checks.length, ...(reading && { reading }) });
  const onReading = (reading: Reading): void => {
    const { at: _, facts: __, ...data } = reading;
    trace.add("reading", "watchbook", data);
    done += 1;
    tell(reading);
  };
  tell();
  try {
    const seen = await measure(house, open, checks, { inFlight: options.inFlight ?? 8, stop, onReading });
    return { readings: seen, cut: stop.aborted };
  } finally {
    end();
  }
}

/** Puts the items that need a person to one, in the manual's order. */
async function ticks(
  house: House,
  duty: Duty,
  options: InspectOptions,
  trace: Trace,
): Promise<ReadonlyMap<string, Tick>> {
  const given = new Map<string, Tick>();
  if (!options.ask) return given;
  for (const item of duty.items.filter(needsPerson)) {
    if (options.signal.aborted) break;
    const answer = await options.ask(item, duty);
    if (!answer) continue;
    const tick: Tick = { by: options.by, at: house.clock.wall(), ...answer };
    given.set(item.id, tick);
    trace.add("tick", options.by, { item: item.id, ...tick });
  }
  return given;
}

/** Everything between the claim and the commit; nothing of it changes state. */
async function look(
  house: House,
  open: OpenBook,
  duty: Duty,
  claimed: Claim,
  options: InspectOptions,
  trace: Trace,
): Promise<Inspection> {
  const { run, begun } = claimed;
  const { place, ...rest } = begun;
  trace.add("run.started", "watchbook", {
    id: run,
    duty: duty.id,
    period: claimed.period,
    by: options.by,
    host: place.host,
    book: place.bookDigest,
    commit: place.commit ?? null,
    dirty: place.dirty,
  });
  const seen = await readings(house, open, duty, options, trace);
  const answers = await ticks(house, duty, options, trace);
  const interrupted = seen.cut || options.signal.aborted;
  const items = itemsOf(open.book, house.registry, duty, seen.readings, answers);
  for (const item of items)
    trace.add("item", "watchbook", {
      id: item.id,
      text: item.text,
      outcome: item.outcome,
      readings: item.readings.map(readingKey),
      needs: item.needs !== undefined,
    });
  const judged = verdictOf(items);
  const verdict = interrupted && judged === "pass" ? "inconclusive" : judged;
  const seconds = trace.seconds();
  trace.add("run.ended", "watchbook", { verdict, seconds, interrupted });
  return {
    id: run,
    ...rest,
    zone: open.book.zone,
    ended: house.clock.wall(),
    seconds,
    place,
    items,
    verdict,
    ...(interrupted && { interrupted: true }),
  };
}

/**
 * Does one duty now: claims its period, runs its checks (bounded in time and number), asks the person what no machine
 * can judge, commits the result in one piece, then writes evidence and report. One record exists per duty and period,
 * whatever restarts or two operators do; a second run becomes a second section of the same report.
 *
 * Throws WatchbookError for what stops it before anything is measured (DUTY-UNKNOWN, CLOCK-BEHIND, PERIOD-NOT-NOW, a
 * store that refuses). Evidence or a report that cannot be written is told in `problems`.
 */
export async function inspect(
  house: House,
  open: OpenBook,
  dutyName: string | undefined,
  options: InspectOptions,
): Promise<InspectionResult> {
  const duty = findDuty(open.book, dutyName);
  const claimed = await claim(house, open, duty, { by: options.by, period: options.period });
  const trace = new Trace(house.clock);
  let inspection: Inspection;
  try {
    inspection = await look(house, open, duty, claimed, options, trace);
  } catch (error) {
    // A bug, or a store that refuses: the duty is given back at once rather than at the next start, which does it
    // where the store refuses that too. What happened first is what is told, unless the second is a bug.
    await closeRun(house, open, claimed.record, claimed.run).catch((second: unknown) => {
      if (!(second instanceof WatchbookError)) throw second;
    });
    throw error;
  }
  try {
    const record = await settle(house, inspection, trace.events());
    const { report, evidence, problems } = await publish(house, open, inspection);
    return { inspection, record, report, evidence, problems };
  } catch (error) {
    if (!(error instanceof WatchbookError)) throw error;
    // The disk that was inspected may be the one that is full: what was seen is told although nothing can be kept.
    return { inspection, record: claimed.record, report: undefined, evidence: undefined, problems: [error] };
  }
}

import type { Reading } from "../../model/check.ts";
import type { Duty, DutyItem } from "../../model/duty.ts";
import { readingKey } from "../../model/inspection-event.ts";
import type { Inspection, Tick } from "../../model/inspection.ts";
import { verdictOf } from "../../model/inspection.ts";
import type { Looking, OpenBook } from "../house.ts";
import type { Claim } from "./claim.ts";
import { checksOf, itemsOf, needsPerson } from "./items.ts";
import type { Answer } from "./items.ts";
import { measure } from "./measure.ts";
import { RunLimit } from "./probe.ts";
import type { Trace } from "./trace.ts";

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

/** Signal that ends with Ctrl-C or with the limit of the whole run. */
function bounded(house: Looking, options: InspectOptions): { readonly stop: AbortSignal; readonly end: () => void } {
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
  house: Looking,
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
  house: Looking,
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
export async function look(
  house: Looking,
  open: OpenBook,
  duty: Duty,
  claimed: Pick<Claim, "run" | "period" | "begun">,
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

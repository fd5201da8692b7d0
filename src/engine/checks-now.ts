import type { CheckSpec, Reading, Sample } from "../model/check.ts";
import type { Change } from "../store/store.ts";
import { rulesNow } from "./alerts/rules-now.ts";
import type { House, OpenBook } from "./house.ts";
import { measure } from "./inspect/measure.ts";
import { watchedChecks, type CheckNow } from "./snapshot.ts";

/** Checks in flight at once. */
const IN_FLIGHT = 8;

const DAY = 86_400_000;
/** Days that samples are kept: a quarter, so that growth over a season can be seen. */
const KEPT_DAYS = 100;
/** Days that alerts which are over and the notice log are kept: a year and what an audit of it takes. */
const TOLD_DAYS = 400;

/** The checks of calendar duties as they stand between inspections. State of one process; samples go to the store. */
export interface ChecksNow {
  /** As they stand, in the book's order; without a reading until the first round is over. */
  now(open: OpenBook): readonly CheckNow[];
  /** Reads all of them once. Readings stand even when the store refuses their samples. */
  round(open: OpenBook, signal: AbortSignal): Promise<void>;
}

interface Standing {
  readonly reading: Reading;
  readonly since: number;
}

/**
 * What fails for the first time is read once more, this much later, before it counts: a connection that was cut once is no
 * outage. Short, for it is part of the time until somebody is told.
 */
const AGAIN_MS = 300;

/** `onReading` hears of every reading that counts, as it comes. */
export function makeChecksNow(house: House, onReading: (reading: Reading) => void = () => undefined): ChecksNow {
  const standing = new Map<string, Standing>();
  let droppedAt = Number.NEGATIVE_INFINITY;
  const now = (open: OpenBook): readonly CheckNow[] =>
    watchedChecks(open.book).map((spec) => ({ spec, ...standing.get(spec.id) }));

  const round = async (open: OpenBook, signal: AbortSignal): Promise<void> => {
    const changes: Change[] = [];
    const samples: Sample[] = [];
    const again: Promise<unknown>[] = [];
    const alerting = rulesNow(open.book).byCheck;
    const take = (reading: Reading): void => {
      // What the end of the daemon cut off says nothing about its target.
      if (signal.aborted) return;
      const before = standing.get(reading.check);
      const same = before?.reading.outcome === reading.outcome;
      standing.set(reading.check, { reading, since: same ? before.since : reading.at });
      if (before !== undefined && !same) changes.push(changeOf(before.reading, reading));
      if (reading.value !== undefined) samples.push(sampleOf(reading, reading.value));
      onReading(reading);
    };
    const confirm = async (spec: CheckSpec): Promise<void> => {
      await house.clock.sleep(AGAIN_MS, signal).catch(() => undefined);
      await measure(house, open, [spec], { inFlight: 1, stop: signal, onReading: take });
    };
    const first = (reading: Reading): void => {
      const known = reading.outcome !== "fail" || standing.get(reading.check)?.reading.outcome === "fail";
      const spec = known || !alerting.has(reading.check) ? undefined : specOf(open, reading.check);
      if (spec) again.push(confirm(spec));
      else take(reading);
    };
    await measure(house, open, watchedChecks(open.book), { inFlight: IN_FLIGHT, stop: signal, onReading: first });
    await Promise.all(again);
    if (samples.length > 0) changes.push({ kind: "sample.add", samples });
    const at = house.clock.wall();
    const drops = at - droppedAt >= DAY;
    if (drops) changes.push({ kind: "sample.drop", before: at - KEPT_DAYS * DAY });
    if (drops) changes.push({ kind: "desk.drop", before: at - TOLD_DAYS * DAY });
    if (changes.length > 0) await house.store.commit(changes);
    if (drops) droppedAt = at;
  };
  return { now, round };
}

const specOf = ({ book }: OpenBook, check: string): CheckSpec | undefined => book.checks.find(({ id }) => id === check);

const sampleOf = (reading: Reading, value: number): Sample => ({
  check: reading.check,
  target: reading.target,
  at: reading.at,
  value,
  facts: reading.facts,
});

const changeOf = (before: Reading, after: Reading): Change => ({
  kind: "event.add",
  event: {
    at: after.at,
    kind: "check.changed",
    subject: after.check,
    data: {
      target: after.target,
      from: before.outcome,
      to: after.outcome,
      reason: after.reason,
      ...(after.value === undefined ? {} : { value: after.value }),
    },
  },
});

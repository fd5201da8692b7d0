import type { Reading, Sample } from "../../model/check.ts";
import { WatchbookError } from "../../model/error.ts";
import { secondsBetween } from "../../model/time.ts";
import type { Change } from "../../store/store.ts";
import type { House } from "../house.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days that samples are kept, of the older ones five minutes as one: a quarter, so that growth over a season can be seen. */
const KEPT_DAYS = 90;
const RAW_HOURS = 48;
/** Bytes of all samples on the disk. */
const DISK_BYTES = 4 * 2 ** 30;
/** Days that alerts which are over and the notice log are kept: a year and what an audit of it takes. */
const TOLD_DAYS = 400;
/** Changes that wait for a store that refuses; beyond it the oldest samples go. */
const MOST_WAITING = 50_000;
/** After a refusal nothing is tried for so long, seconds. */
const PATIENCE = 3;

/** What readings leave behind, gathered and committed together: one fsync for many checks. */
export interface Keep {
  sample(sample: Sample): void;
  changed(before: Reading, after: Reading): void;
  /** Commits when something is due after `gatherMs`, or at once what people hear of. Rejects with our bugs only. */
  flush(gatherMs: number): Promise<void>;
  /** Why the store takes nothing now. */
  ill(): WatchbookError | undefined;
}

export function makeKeep(house: Pick<House, "store" | "clock">): Keep {
  const { store, clock } = house;
  let samples: Sample[] = [];
  let events: Change[] = [];
  let since = clock.monotonic();
  let tidied: number | undefined;
  let flying: Promise<void> | undefined;
  let refusal: WatchbookError | undefined;

  const tidy = (at: number): readonly Change[] => {
    if (tidied !== undefined && Math.abs(at - tidied) < HOUR) return [];
    tidied = at;
    return [
      { kind: "sample.drop", before: at - KEPT_DAYS * DAY },
      { kind: "sample.roll", before: at - RAW_HOURS * HOUR, bytes: DISK_BYTES, at },
      { kind: "desk.drop", before: at - TOLD_DAYS * DAY },
    ];
  };
  const commit = async (): Promise<void> => {
    const [taken, said] = [samples, events];
    [samples, events, since] = [[], [], clock.monotonic()];
    const before = tidied;
    const changes = [
      ...said,
      ...(taken.length > 0 ? [{ kind: "sample.add" as const, samples: taken }] : []),
      ...tidy(clock.wall()),
    ];
    if (changes.length === 0) return;
    try {
      await store.commit(changes);
      refusal = undefined;
    } catch (error) {
      if (!(error instanceof WatchbookError)) throw error;
      [refusal, tidied] = [error, before];
      samples = [...taken, ...samples].slice(-MOST_WAITING);
      events = [...said, ...events].slice(-MOST_WAITING);
    }
  };
  const due = (gatherMs: number): boolean => {
    const waited = secondsBetween(since, clock.monotonic());
    if (refusal) return waited >= PATIENCE;
    return events.length > 0 || (samples.length > 0 && waited * 1_000 >= gatherMs);
  };
  return {
    sample: (sample) => void samples.push(sample),
    changed: (before, after) => void events.push(changeOf(before, after)),
    flush: async (gatherMs) => {
      if (flying || !due(gatherMs)) return flying;
      flying = commit().finally(() => (flying = undefined));
      return flying;
    },
    ill: () => refusal,
  };
}

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

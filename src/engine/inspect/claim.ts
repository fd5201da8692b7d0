import { randomBytes } from "node:crypto";
import { eventPeriod, everyOf, periodBounds, periodOf } from "../../desk/duty/index.ts";
import type { Book } from "../../model/book.ts";
import type { Duty, DutyRecord } from "../../model/duty.ts";
import { WatchbookError } from "../../model/error.ts";
import { isCalendar } from "../../model/every.ts";
import type { RunPlace } from "../../model/inspection.ts";
import { utc } from "../../model/time.ts";
import type { Change, Store } from "../../store/store.ts";
import { commitDuty } from "../duty-commit.ts";
import type { House, OpenBook } from "../house.ts";
import { begunKey } from "./keys.ts";
import type { Begun } from "./keys.ts";

/**
 * The period a run that begins now belongs to. Calendar duties: the present one; `given` only confirms it. Others:
 * `given`, a name of the event (`upgrade-2.1`), or the moment. Throws WatchbookError PERIOD-NOT-NOW when `given` is
 * another calendar period: what is measured now says nothing of yesterday.
 */
export function periodFor(duty: Duty, book: Book, now: number, given: string | undefined): string {
  if (duty.every === undefined || !isCalendar(duty.every)) {
    if (given === undefined) return eventPeriod(now);
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u.test(given)) throw new WatchbookError("PERIOD-NAME", { period: given });
    return given;
  }
  const present = periodOf(duty.every, now, book.zone);
  if (given === undefined || given === present) return present;
  throw new WatchbookError("PERIOD-NOT-NOW", { period: given, present, duty: duty.id, zone: book.zone });
}

/**
 * Refuses a clock that stands before a period that already has a record: a second record of an earlier day would look
 * like work that was done. A person who knows that the clock is right now says so by naming the period.
 */
async function refuseClockBehind(store: Store, duty: Duty, period: string, now: number, zone: string): Promise<void> {
  const every = everyOf(period);
  if (every === undefined) return;
  const records = await store.duties({ duty: duty.id, limit: 50 });
  const later = records.find((one) => everyOf(one.period) === every && periodBounds(one.period, zone).start > now);
  if (!later) return;
  throw new WatchbookError("CLOCK-BEHIND", { now: utc(now), later: later.period, duty: duty.id, period });
}

export interface Claim {
  readonly run: string;
  readonly period: string;
  readonly record: DutyRecord;
  readonly begun: Begun;
}

/** `20261120T083300Z-daily-7f3a91c2`: sorts by time, says what it is, never repeats. */
export function runId(duty: string, now: number): string {
  const slug = duty
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 40);
  return `${eventPeriod(now)}-${slug || "duty"}-${randomBytes(4).toString("hex")}`;
}

/** Where a run is done, and from which manual. */
export const placeOf = ({ host, version }: House, { book, commit, dirty }: OpenBook): RunPlace => ({
  host,
  bookDigest: book.digest,
  ...(commit !== undefined && { commit }),
  dirty,
  version,
  node: process.version,
});

/** Claims the period for a new run: the record says that somebody does it, and the run can be found after a crash. */
export async function claim(
  house: House,
  open: OpenBook,
  duty: Duty,
  options: { readonly by: string; readonly period: string | undefined },
): Promise<Claim> {
  const now = house.clock.wall();
  const { book } = open;
  const period = periodFor(duty, book, now, options.period);
  if (options.period === undefined) await refuseClockBehind(house.store, duty, period, now, book.zone);
  const run = runId(duty.id, now);
  const place = placeOf(house, open);
  const begun: Begun = { duty: duty.id, title: duty.title, period, started: now, by: options.by, place };
  const note: Change = { kind: "value.set", key: begunKey(run), value: JSON.stringify(begun) };
  const event = { kind: "start", duty: duty.id, period, run, by: options.by } as const;
  const record = await commitDuty(house.store, begun, event, now, [note]);
  return { run, period, record: record!, begun };
}

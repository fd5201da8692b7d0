import { periodBounds } from "../../desk/duty/index.ts";
import { dueIn, timetable } from "../../engine/schedule.ts";
import type { Book } from "../../model/book.ts";
import type { Duty, DutyRecord } from "../../model/duty.ts";
import type { Store } from "../../store/store.ts";
import type { DutyDay } from "../contract.ts";

/** Records of one duty that are looked through: a month of hours and some. */
const NEWEST = 1_000;

/** `2026-11-20` of a moment in one zone. */
export function dayIn(zone: string): (at: number) => string {
  const form = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  return (at) => form.format(at);
}

/** What became of the book's duties in one month `YYYY-MM`: newest first per duty, in the book's order. */
export async function dutyDays(store: Pick<Store, "duties">, book: Book, month: string): Promise<readonly DutyDay[]> {
  const day = dayIn(book.zone);
  const of = async (duty: Duty): Promise<readonly DutyDay[]> => {
    const table = timetable(duty, book.zone);
    // Where the calendar was changed since, an old period may have another form: then the day of its record holds.
    const at = ({ period, updated }: DutyRecord): number =>
      table === undefined || !/^\d{4}(?:-|$)/.test(period)
        ? updated
        : dueIn(table, periodBounds(period, book.zone).start);
    const records = await store.duties({ duty: duty.id, limit: NEWEST });
    return records
      .map((record) => ({
        duty: duty.id,
        period: record.period,
        day: day(at(record)),
        state: record.state,
        verdict: record.verdict ?? null,
        run: record.runs.at(-1) ?? null,
      }))
      .filter((one) => one.day.startsWith(month));
  };
  return (await Promise.all(book.duties.map(of))).flat();
}

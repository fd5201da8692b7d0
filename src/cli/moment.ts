import { Temporal } from "temporal-polyfill";
import { WatchbookError } from "../model/error.ts";
import { momentOf } from "../model/window.ts";

const MOMENT = /^(?:(\d{4}-\d\d-\d\d)(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d))?|((?:[01]\d|2[0-3]):[0-5]\d))$/;

/**
 * The moment that a person wrote, milliseconds since the epoch, as clocks of a zone show it: `2026-12-24` (its first moment; with
 * `end` that of the day after), `2026-12-24 18:00`, or `18:00` of the day of `now`. Throws WatchbookError MOMENT-INVALID.
 */
export function momentIn(text: string, zone: string, now: number, end = false): number {
  const [, day, time, alone] = MOMENT.exec(text.trim()) ?? [];
  try {
    const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
    if (day === undefined && alone === undefined) throw new RangeError(text);
    const date = day === undefined ? today : Temporal.PlainDate.from(day);
    if (day !== undefined && time === undefined && end) return momentOf(date.add({ days: 1 }), "00:00", zone);
    return momentOf(date, time ?? alone ?? "00:00", zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new WatchbookError("MOMENT-INVALID", { moment: text });
  }
}

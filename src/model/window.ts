import { Temporal } from "temporal-polyfill";

/** Hours in which something may be begun, as clocks of the book's zone show them; the second lies before the first across midnight. */
export interface Window {
  /** `01:00` */
  readonly from: string;
  /** `05:00`: the first minute that is no longer in it. */
  readonly to: string;
}

/** `23:00-05:00` */
export const windowOf = (text: string): Window => ({ from: text.slice(0, 5), to: text.slice(6) });

/** A window at one moment, milliseconds since the epoch. */
export type WindowNow =
  | { readonly open: true; readonly closes: number }
  /** `opens`: when it opens next. */
  | { readonly open: false; readonly opens: number };

const MINUTE_MS = 60_000;

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Minutes from its first to its last, 1 to 1,440; the same clock twice is a whole day. */
const length = ({ from, to }: Window): number => ((minutes(to) - minutes(from) + 1_439) % 1_440) + 1;

/** Whether a clock's time lies in it. */
export const holds = (window: Window, clock: string): boolean =>
  (minutes(clock) - minutes(window.from) + 1_440) % 1_440 < length(window);

/** First moment at which clocks read the time or later: the earlier of two, the end of a gap. */
export function momentOf(date: Temporal.PlainDate, clock: string, zone: string): number {
  const plain = date.toPlainDateTime(Temporal.PlainTime.from(clock));
  const found = plain.toZonedDateTime(zone, { disambiguation: "compatible" });
  if (found.toPlainDateTime().equals(plain)) return found.epochMilliseconds;
  const jump = found.add({ nanoseconds: 1 }).getTimeZoneTransition("previous");
  return (jump ?? found).epochMilliseconds;
}

/** One day's window. Where clocks jump over all of it, it opens at the jump and is as long as ever. */
export function onDay(
  window: Window,
  date: Temporal.PlainDate,
  zone: string,
): { readonly opens: number; readonly closes: number } {
  const opens = momentOf(date, window.from, zone);
  const last =
    length(window) + minutes(window.from) > 1_440 || window.from === window.to ? date.add({ days: 1 }) : date;
  const closes = momentOf(last, window.to, zone);
  return { opens, closes: closes > opens ? closes : opens + length(window) * MINUTE_MS };
}

/** The window at the moment `now` in a zone. Pure. Throws RangeError for a zone that is none. */
export function windowAt(window: Window, now: number, zone: string): WindowNow {
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(zone).toPlainDate();
  const days = [-1, 0, 1, 2].map((add) => onDay(window, today.add({ days: add }), zone));
  const here = days.find(({ opens, closes }) => opens <= now && now < closes);
  if (here) return { open: true, closes: here.closes };
  return { open: false, opens: days.find(({ opens }) => opens > now)!.opens };
}

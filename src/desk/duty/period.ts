import { Temporal } from "temporal-polyfill";
import type { CalendarEvery } from "../../model/every.ts";
import { WatchbookError } from "../../model/error.ts";

/**
 * Names of periods: `2026-11-20T08` hour, `2026-11-20` day, `2026-W47` ISO week (Monday to Sunday, in the ISO year),
 * `2026-11` month, `2026-Q4` quarter, `2026` year. An hour that a zone repeats when summer time ends is one period of
 * two hours: a label names exactly one record.
 */
const FORMS: readonly (readonly [CalendarEvery, RegExp])[] = [
  ["hourly", /^(\d{4})-(\d\d)-(\d\d)T(\d\d)$/],
  ["daily", /^(\d{4})-(\d\d)-(\d\d)$/],
  ["weekly", /^(\d{4})-W(\d\d)$/],
  ["monthly", /^(\d{4})-(\d\d)$/],
  ["quarterly", /^(\d{4})-Q([1-4])$/],
  ["yearly", /^(\d{4})$/],
];

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");

/** Local date and time in `zone`; an unknown zone is the user's mistake. */
function local(wall: number, zone: string): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(wall));
  try {
    return instant.toZonedDateTimeISO(zone);
  } catch (cause) {
    throw new WatchbookError("ZONE-UNKNOWN", { zone }, { cause });
  }
}

const day = (at: Temporal.ZonedDateTime): string => at.toPlainDate().toString();

const NAMES: Readonly<Record<CalendarEvery, (at: Temporal.ZonedDateTime) => string>> = {
  hourly: (at) => `${day(at)}T${pad(at.hour)}`,
  daily: day,
  weekly: (at) => `${pad(at.yearOfWeek ?? at.year, 4)}-W${pad(at.weekOfYear ?? 0)}`,
  monthly: (at) => day(at).slice(0, 7),
  quarterly: (at) => `${pad(at.year, 4)}-Q${Math.ceil(at.month / 3)}`,
  yearly: (at) => pad(at.year, 4),
};

/** The period of `every` that the moment `wall` (milliseconds since the epoch) lies in, in the book's zone. */
export const periodOf = (every: CalendarEvery, wall: number, zone: string): string => NAMES[every](local(wall, zone));

/** First moment whose local clock reads `plain` or later: the earlier of two, the end of a gap. */
function firstMoment(plain: Temporal.PlainDateTime, zone: string): number {
  const found = plain.toZonedDateTime(zone, { disambiguation: "compatible" });
  if (found.toPlainDateTime().equals(plain)) return found.epochMilliseconds;
  // `plain` falls into a gap: the clock jumps over it at the transition just before (or at) the moment found.
  const jump = found.add({ nanoseconds: 1 }).getTimeZoneTransition("previous");
  return (jump ?? found).epochMilliseconds;
}

const date = (year: number, month: number, dayOfMonth: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: "reject" });

/** Monday of an ISO week; January 4th is always in week 1 (ISO 8601). */
function monday(year: number, week: number): Temporal.PlainDate {
  const fourth = date(year, 1, 4);
  const found = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  if (found.weekOfYear !== week) throw new RangeError(`no week ${week} in ${year}`);
  return found;
}

type Parts = readonly [year: number, second: number, day: number, hour: number];

/** First local moment of a period from the numbers in its name, and its length on the calendar. */
const STARTS: Readonly<Record<CalendarEvery, (parts: Parts) => Temporal.PlainDateTime>> = {
  hourly: ([year, month, day, hour]) =>
    date(year, month, day).toPlainDateTime(Temporal.PlainTime.from({ hour }, { overflow: "reject" })),
  daily: ([year, month, day]) => date(year, month, day).toPlainDateTime(),
  weekly: ([year, week]) => monday(year, week).toPlainDateTime(),
  monthly: ([year, month]) => date(year, month, 1).toPlainDateTime(),
  quarterly: ([year, quarter]) => date(year, quarter * 3 - 2, 1).toPlainDateTime(),
  yearly: ([year]) => date(year, 1, 1).toPlainDateTime(),
};
const LENGTHS: Readonly<Record<CalendarEvery, Temporal.DurationLike>> = {
  hourly: { hours: 1 },
  daily: { days: 1 },
  weekly: { weeks: 1 },
  monthly: { months: 1 },
  quarterly: { months: 3 },
  yearly: { years: 1 },
};

/** How often a calendar period comes, by the form of its name; undefined for the period of an event. */
export const everyOf = (period: string): CalendarEvery | undefined => FORMS.find(([, form]) => form.test(period))?.[0];

/**
 * First millisecond of a calendar period and first of the next one, in the book's zone. A day may have 23 to 25 hours.
 * Throws WatchbookError PERIOD-UNKNOWN for names that are no calendar period (`2026-02-30`, `2025-W53`, an event's id).
 */
export function periodBounds(period: string, zone: string): { readonly start: number; readonly end: number } {
  local(0, zone);
  for (const [every, form] of FORMS) {
    const match = form.exec(period);
    if (!match) continue;
    try {
      const [year = 0, second = 1, dayOfMonth = 1, hour = 0] = match.slice(1).map(Number);
      const start = STARTS[every]([year, second, dayOfMonth, hour]);
      return { start: firstMoment(start, zone), end: firstMoment(start.add(LENGTHS[every]), zone) };
    } catch (cause) {
      throw new WatchbookError("PERIOD-UNKNOWN", { period }, { cause });
    }
  }
  throw new WatchbookError("PERIOD-UNKNOWN", { period });
}

/** The period after `period`, in a zone where a whole day may be skipped (Apia, 2011-12-30). */
export function periodAfter(period: string, zone: string): string {
  const every = everyOf(period);
  const { end } = periodBounds(period, zone);
  return periodOf(every!, end, zone);
}

/** Period of work that is due by an event, not by the calendar: the moment it was begun, UTC. */
export const eventPeriod = (wall: number): string =>
  local(wall, "UTC").toInstant().toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");

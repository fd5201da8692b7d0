import { DAYS, type Day } from "./session.ts";
import type { Source } from "./source.ts";

/** Which days are worked. Nothing is guessed after `knownUntil`: next year's holidays are published in autumn. */
export interface HolidayCalendar {
  readonly id: string;
  /** Dates (`2026-10-01`) that are off although their weekday is worked. */
  readonly holidays: readonly string[];
  /** Dates that are worked although their weekday is off: the make-up days before and after long holidays. */
  readonly workdays: readonly string[];
  /** Weekdays that are off. */
  readonly weekend: readonly Day[];
  /** Last date that the calendar is about. */
  readonly knownUntil: string;
}

/** The same, as watchbook.yaml declares it. */
export interface CalendarSpec extends HolidayCalendar {
  readonly source: Source;
}

export type DayKind = "workday" | "holiday" | "unknown";

/** Day of the week of a date. */
export const weekdayOf = (date: string): Day => DAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]!;

/** What a date (`2026-10-01`) is; `unknown` after the last date that the calendar is about. Pure. */
export function dayKind({ holidays, workdays, weekend, knownUntil }: HolidayCalendar, date: string): DayKind {
  if (date > knownUntil) return "unknown";
  if (workdays.includes(date)) return "workday";
  return holidays.includes(date) || weekend.includes(weekdayOf(date)) ? "holiday" : "workday";
}

import { Cron } from "croner";
import type { Duty } from "../model/duty.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { isCalendar, type CalendarEvery } from "../model/every.ts";

/** Where in its period a duty is due. Hours and minutes are those of the book's zone. */
export interface DueRule {
  readonly hour: number;
  readonly minute: number;
  /** Weekly duties: 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Monthly, quarterly, yearly duties: day of the period's first month; months that are shorter take their last day. */
  readonly day: number;
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const RULE = /^(?:([a-z]{3,9}|\d{1,2})\s+)?([01]?\d|2[0-3]):([0-5]\d)$/;

/**
 * `at` of a duty: `HH:MM`, with a day before it where the period is longer than one: `fri 09:00` (weekly),
 * `31 09:00` or `last 09:00` (monthly, quarterly, yearly). Default: 09:00 on the first day; hourly duties keep only
 * the minute, by default 0. Throws WatchbookError DUTY-AT.
 */
export function dueRule(duty: Pick<Duty, "id" | "at" | "every" | "source">): DueRule {
  const [, named = "", hour, minute] = RULE.exec((duty.at ?? "09:00").trim().toLowerCase()) ?? [];
  const weekday = WEEKDAYS.indexOf(named.slice(0, 3)) + 1;
  const day = named === "last" ? 31 : Number(named);
  const fits = {
    hourly: named === "",
    daily: named === "",
    weekly: named === "" || weekday > 0,
    monthly: named === "" || (day >= 1 && day <= 31),
  };
  const { every = "daily" } = duty;
  const ok = every in fits ? fits[every as keyof typeof fits] : fits.monthly;
  if (hour === undefined || !ok)
    throw new WatchbookError(
      "DUTY-AT",
      { duty: duty.id, at: duty.at ?? "" },
      { exit: EXIT.input, source: duty.source },
    );
  return { hour: Number(hour), minute: Number(minute), weekday: weekday || 1, day: day || 1 };
}

/**
 * Patterns of croner whose union are the due times. `L` is the last day of a month: days 29 to 31 need it where a
 * month is shorter, and only there, or a duty would fall due twice.
 */
export function patterns(every: CalendarEvery, rule: DueRule): readonly string[] {
  const time = `0 ${rule.minute} ${rule.hour}`;
  if (every === "hourly") return [`0 ${rule.minute} * * * *`];
  if (every === "daily") return [`${time} * * *`];
  if (every === "weekly") return [`${time} * * ${rule.weekday % 7}`];
  const months = { monthly: "*", quarterly: "1,4,7,10", yearly: "1" }[every];
  if (rule.day === 31) return [`${time} L ${months} *`];
  if (every !== "monthly" || rule.day < 29) return [`${time} ${rule.day} ${months} *`];
  return [`${time} ${rule.day} 1,3-12 *`, `${time} L 2 *`];
}

/** A calendar duty with its times. */
export interface Timetable {
  readonly duty: Duty & { readonly every: CalendarEvery };
  /** The next `count` due times after `after`, milliseconds since the epoch, ascending. */
  next(after: number, count: number): readonly number[];
}

/** Times of one duty in a zone; undefined for duties without a calendar. Pure: asks no clock. */
export function timetable(duty: Duty, zone: string): Timetable | undefined {
  const { every } = duty;
  if (every === undefined || !isCalendar(every)) return undefined;
  const crons = patterns(every, dueRule(duty)).map((pattern) => new Cron(pattern, { timezone: zone, paused: true }));
  const first = (after: number): number => Math.min(...crons.map((cron) => cron.nextRun(new Date(after))!.getTime()));
  const next = (after: number, count: number): readonly number[] => {
    const times: number[] = [];
    for (let from = after; times.length < count; from = times.at(-1)!) times.push(first(from));
    return times;
  };
  return { duty: { ...duty, every }, next };
}

/** When a duty falls due in the period that begins at `start`. */
export const dueIn = (table: Timetable, start: number): number => table.next(start - 1, 1)[0]!;

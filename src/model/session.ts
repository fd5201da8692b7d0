import type { Source } from "./source.ts";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

/** Hours in which trade is on, local time `HH:MM`. `to` at or before `from` is on the day after: a night session. */
export interface SessionHours {
  readonly days: readonly Day[];
  readonly from: string;
  readonly to: string;
}

/** A calendar of sessions, as a plan is bound to it. */
export interface TradingSessions {
  readonly id: string;
  /** IANA time zone of all its dates and hours. */
  readonly zone: string;
  readonly open: readonly SessionHours[];
  /** Dates (`2026-10-01`) on which no session begins. */
  readonly holidays: readonly string[];
  /** Last date that the calendar is about: what comes later is not known. */
  readonly knownUntil: string;
}

/** The same, as watchbook.yaml declares it. */
export interface SessionSpec extends Omit<TradingSessions, "zone"> {
  /** Absent: the book's. */
  readonly zone?: string;
  /** Environments in which no fault is injected while a session is on; absent: the protected ones. */
  readonly environments?: readonly string[];
  readonly source: Source;
}

export type SessionNow =
  | { readonly state: "off" }
  | { readonly state: "on"; readonly hours: SessionHours }
  /** The calendar says nothing of this day. */
  | { readonly state: "unknown" };

interface LocalTime {
  readonly date: string;
  readonly time: string;
}

const DAY_MS = 86_400_000;

function localTime(at: number, zone: string): LocalTime {
  const form = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  const parts = new Intl.DateTimeFormat("en-GB", { ...form, timeZone: zone, hourCycle: "h23" }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)!.value;
  return { date: `${of("year")}-${of("month")}-${of("day")}`, time: `${of("hour")}:${of("minute")}` };
}

const dayBefore = (date: string): string => new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
const weekday = (date: string): Day => DAYS[(new Date(date).getUTCDay() + 6) % 7]!;

/**
 * Whether a session is on at this moment (milliseconds since the epoch), by the clock on the wall of its zone: in an hour
 * that comes twice it is on both times.
 */
export function sessionNow({ zone, open, holidays, knownUntil }: TradingSessions, at: number): SessionNow {
  const { date, time } = localTime(at, zone);
  if (date > knownUntil) return { state: "unknown" };
  const begins = ({ days }: SessionHours, on: string): boolean => days.includes(weekday(on)) && !holidays.includes(on);
  const yesterday = dayBefore(date);
  const isOn = (hours: SessionHours): boolean => {
    const { from, to } = hours;
    if (from < to) return begins(hours, date) && time >= from && time < to;
    return (begins(hours, date) && time >= from) || (begins(hours, yesterday) && time < to);
  };
  const hours = open.find(isOn);
  return hours ? { state: "on", hours } : { state: "off" };
}

import { isCalendar, type CalendarEvery, type Every } from "../../model/every.ts";

/** How far back one set more reaches: usual lengths, not the longest that `model/every.ts` has for what is late. */
export const DAYS: Readonly<Record<CalendarEvery, number>> = {
  hourly: 1 / 24,
  daily: 1,
  weekly: 7,
  monthly: 365 / 12,
  quarterly: 365 / 4,
  yearly: 365,
};
/** For whoever writes a manual 52 weeks are a year, and so are 12 months of 30 days. */
export const NEARLY = 0.985;

export const daysOf = (every: Every | undefined): number | undefined =>
  every !== undefined && isCalendar(every) ? DAYS[every] : undefined;

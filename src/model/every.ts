/** How often something is due. Event forms have no calendar: they are due when the event happens. */
export const CALENDAR_EVERY = ["hourly", "daily", "weekly", "monthly", "quarterly", "yearly"] as const;
export const EVENT_EVERY = [
  "on-create",
  "on-change",
  "stream",
  "pre-upgrade",
  "pre-release",
  "pre-change",
  "on-demand",
] as const;
export type CalendarEvery = (typeof CALENDAR_EVERY)[number];
export type EventEvery = (typeof EVENT_EVERY)[number];
export type Every = CalendarEvery | EventEvery;

/** Days between two of them at most: the longest month, quarter and year. */
const PERIOD_DAYS: Readonly<Record<CalendarEvery, number>> = {
  hourly: 1 / 24,
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  yearly: 366,
};

export const isCalendar = (every: Every): every is CalendarEvery =>
  (CALENDAR_EVERY as readonly string[]).includes(every);

/** Days of its period at most; undefined for what no calendar makes due. */
export const periodDays = (every: Every | undefined): number | undefined =>
  every !== undefined && isCalendar(every) ? PERIOD_DAYS[every] : undefined;

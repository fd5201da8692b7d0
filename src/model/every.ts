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

export const isCalendar = (every: Every): every is CalendarEvery =>
  (CALENDAR_EVERY as readonly string[]).includes(every);

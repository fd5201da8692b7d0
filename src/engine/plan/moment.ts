/** `2026-11-21 02:00`: a moment (milliseconds since the epoch) as clocks of a zone show it. */
export function shownMoment(at: number, zone: string): string {
  const form = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  const parts = new Intl.DateTimeFormat("en-GB", { ...form, timeZone: zone, hourCycle: "h23" }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)!.value;
  return `${of("year")}-${of("month")}-${of("day")} ${of("hour")}:${of("minute")}`;
}

import { Temporal } from "temporal-polyfill";

/** Year, month, day, and perhaps hour, minute and second, with or without separators. */
const FORM =
  /(?<!\d)(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2([0-2]\d|3[01])(?:[-_.T ]?([01]\d|2[0-3])[-_.:h]?([0-5]\d)(?:[-_.:]?([0-5]\d))?)?Z?(?!\d)/;

/** The time a name carries: a moment, or a whole day. Milliseconds since the epoch. */
export interface Dated {
  readonly from: number;
  /** End of the day when the name has no time of day, else the moment itself. */
  readonly to: number;
}

/** `20261120`, `2026-11-20`, `20261120-0230`, `2026-11-20T02:30:00Z`; in the zone unless it ends in Z. */
export function dateIn(name: string, zone: string): Dated | undefined {
  const [whole, year, , month, day, hour, minute, second] = FORM.exec(name) ?? [];
  if (whole === undefined) return undefined;
  try {
    const date = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: "reject" },
    );
    const place = whole.endsWith("Z") ? "UTC" : zone;
    const start = (on: Temporal.PlainDate, time: Temporal.PlainTimeLike) =>
      on.toZonedDateTime({ timeZone: place, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
    if (hour === undefined) return { from: start(date, { hour: 0 }), to: start(date.add({ days: 1 }), { hour: 0 }) };
    const at = start(date, { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) });
    return { from: at, to: at };
  } catch (error) {
    // 20260231 is no day.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

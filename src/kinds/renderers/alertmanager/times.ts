import { DAYS, type Day } from "../../../model/session.ts";
import type { Window } from "../../../model/window.ts";

const NAMES: Readonly<Record<Day, string>> = {
  mon: "monday",
  tue: "tuesday",
  wed: "wednesday",
  thu: "thursday",
  fri: "friday",
  sat: "saturday",
  sun: "sunday",
};

const next = (day: Day): Day => DAYS[(DAYS.indexOf(day) + 1) % DAYS.length]!;

interface Hours {
  readonly times: readonly { readonly start_time: string; readonly end_time: string }[];
  readonly weekdays?: readonly string[];
  readonly location?: string;
}

/** A window that crosses midnight is two: of its days, and of the days after. */
export function intervalsOf({ from, to }: Window, days: readonly Day[] | undefined, zone: string): readonly Hours[] {
  const on = (start_time: string, end_time: string, which: readonly Day[] | undefined): Hours => ({
    times: [{ start_time, end_time }],
    ...(which && { weekdays: which.map((day) => NAMES[day]) }),
    ...(zone !== "UTC" && { location: zone }),
  });
  if (from < to) return [on(from, to, days)];
  const after = to === "00:00" ? [] : [on("00:00", to, days?.map(next))];
  return [on(from, "24:00", days), ...after];
}

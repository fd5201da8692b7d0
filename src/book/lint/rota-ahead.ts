import { Temporal } from "temporal-polyfill";
import type { Rota } from "../../model/rota.ts";
import { momentOf } from "../../model/window.ts";

/** Days that are looked at. */
const AHEAD = 28;

/** The days from today on in which a rota is looked at, milliseconds since the epoch. */
export function ahead({ zone }: Rota, today: string): readonly [from: number, to: number] {
  const date = Temporal.PlainDate.from(today);
  return [momentOf(date, "00:00", zone), momentOf(date.add({ days: AHEAD }), "00:00", zone)];
}

/** `2026-11-20 09:00` as clocks of a zone show it. */
export const clockOf = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" })
    .replace("T", " ");

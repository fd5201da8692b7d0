import { Temporal } from "temporal-polyfill";
import type { Source } from "./source.ts";

/**
 * A time in which nothing is changed on purpose. Dates (`2026-12-20`) or moments (`2026-12-20 18:00`), as clocks of its zone show
 * them; a date alone is the whole day, at both ends. Without an end it lasts until it is taken out again: an open incident.
 */
export interface Freeze {
  readonly id: string;
  readonly from: string;
  readonly to?: string;
  readonly reason: string;
  /** Name of the incident that is going on. */
  readonly incident?: string;
  /** IANA time zone. */
  readonly zone: string;
}

/** The same, as watchbook.yaml declares it, in the book's zone. */
export interface FreezeSpec extends Omit<Freeze, "zone"> {
  /** Environments in which it holds; absent: all. */
  readonly environments?: readonly string[];
  readonly source: Source;
}

/** The first moment that a text means, milliseconds since the epoch; of a date alone that of the day, or of the day after. */
function moment(text: string, zone: string, days: number): number {
  const [date = "", clock = "00:00"] = text.split(" ");
  const day = Temporal.PlainDate.from(date).add({ days: text === date ? days : 0 });
  return day.toPlainDateTime(Temporal.PlainTime.from(clock)).toZonedDateTime(zone).epochMilliseconds;
}

/** When it begins and ends; it never ends where nobody says when. */
export const spanOf = ({ from, to, zone }: Freeze): { readonly begins: number; readonly ends: number } => ({
  begins: moment(from, zone, 0),
  ends: to === undefined ? Number.POSITIVE_INFINITY : moment(to, zone, 1),
});

/** The freeze that holds at a moment, milliseconds since the epoch: of several the one that ends last. Pure. */
export function frozenAt(freezes: readonly Freeze[], now: number): Freeze | undefined {
  return freezes
    .map((freeze) => ({ freeze, ...spanOf(freeze) }))
    .filter(({ begins, ends }) => begins <= now && now < ends)
    .reduce<{ readonly freeze: Freeze; readonly ends: number } | undefined>(
      (last, one) => (last && last.ends >= one.ends ? last : one),
      undefined,
    )?.freeze;
}

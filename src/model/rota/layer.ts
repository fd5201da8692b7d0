import { Temporal } from "temporal-polyfill";
import { dayKind, weekdayOf } from "../calendar.ts";
import type { CalendarEnded, RotaLayer } from "../rota.ts";
import { onDay } from "../window.ts";
import type { Window } from "../window.ts";

/** The Monday from which turns are counted where no first day is given. */
const MONDAY = Temporal.PlainDate.from("1970-01-05");

/** Who a layer has at one moment. With `unless` nobody knows whether it has anybody. */
export interface Has {
  readonly person: string;
  readonly unless?: CalendarEnded;
}

/** The same days are asked for again and again, and a zone's clocks are slow to ask. */
const LARGEST = 20_000;
const days = new Map<string, ReturnType<typeof onDay>>();

function spanOn(window: Window, date: Temporal.PlainDate, zone: string): ReturnType<typeof onDay> {
  const key = `${window.from}${window.to}${zone}${date.toString()}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  if (days.size >= LARGEST) days.clear();
  const found = onDay(window, date, zone);
  days.set(key, found);
  return found;
}

const dateAt = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

/** Hours of one day; a layer without hours has whole days that begin at its hand-over. */
const windowOf = ({ hours, at }: RotaLayer) => hours ?? { from: at, to: at };

/** The day whose hours a moment lies in. */
function dayOf(layer: RotaLayer, at: number): Temporal.PlainDate | undefined {
  const today = dateAt(at, layer.zone);
  return [today, today.subtract({ days: 1 })].find((day) => {
    const { opens, closes } = spanOn(windowOf(layer), day, layer.zone);
    return opens <= at && at < closes && fits(layer, day) !== false;
  });
}

/** Whether the layer has anybody on a day. */
function fits({ from, to, days, calendar }: RotaLayer, day: Temporal.PlainDate): boolean | CalendarEnded {
  const date = day.toString();
  if ((from !== undefined && date < from) || (to !== undefined && date > to)) return false;
  if (days === undefined) return true;
  if (typeof days !== "string") return days.includes(weekdayOf(date));
  if (calendar === undefined) throw new TypeError("a layer of workdays has no calendar");
  const kind = dayKind(calendar, date);
  if (kind === "unknown") return { kind: "calendar", calendar: calendar.id, knownUntil: calendar.knownUntil };
  return kind === (days === "workdays" ? "workday" : "holiday");
}

/** Moments of a day at which one hands over to the next, in order; of a day that is counted from its first hand-over. */
function handovers({ turn, at, zone }: RotaLayer, day: Temporal.PlainDate): readonly number[] {
  if (turn?.unit !== "hours") return [spanOn({ from: at, to: at }, day, zone).opens];
  return Array.from({ length: 24 / turn.length }, (_, index) => {
    const plain = day.toPlainDateTime(Temporal.PlainTime.from(at)).add({ hours: index * turn.length });
    const clock = plain.toPlainTime().toString({ smallestUnit: "minute" });
    return spanOn({ from: clock, to: clock }, plain.toPlainDate(), zone).opens;
  });
}

const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate): number =>
  from.until(to, { largestUnit: "days" }).days;

function personAt(layer: RotaLayer, at: number): string {
  const { people, turn, from, zone } = layer;
  if (turn === undefined) return people[0]!;
  const today = dateAt(at, zone);
  // With hours that jump over the hand-over, the day after may have begun already.
  const day = [1, 0, -1, -2].map((add) => today.add({ days: add })).find((one) => handovers(layer, one)[0]! <= at)!;
  const days = daysBetween(from === undefined ? MONDAY : Temporal.PlainDate.from(from), day);
  const passed = handovers(layer, day).findLastIndex((one) => one <= at);
  const turns = turn.unit === "hours" ? days * (24 / turn.length) + passed : Math.floor(days / turn.length);
  return people[((turns % people.length) + people.length) % people.length]!;
}

/** Who a layer has at a moment, milliseconds since the epoch; undefined: nobody. Pure. */
export function layerAt(layer: RotaLayer, at: number): Has | undefined {
  const day = dayOf(layer, at);
  if (day === undefined) return undefined;
  const found = fits(layer, day);
  const person = personAt(layer, at);
  return typeof found === "boolean" ? { person } : { person, unless: found };
}

/** The first moment after `at` at which a layer may have somebody else; some are none. */
export function layerChange(layer: RotaLayer, at: number): number {
  const today = dateAt(at, layer.zone);
  const moments = [-1, 0, 1, 2].flatMap((add) => {
    const day = today.add({ days: add });
    const { opens, closes } = spanOn(windowOf(layer), day, layer.zone);
    return [opens, closes, ...(layer.turn === undefined ? [] : handovers(layer, day))];
  });
  return Math.min(...moments.filter((one) => one > at));
}

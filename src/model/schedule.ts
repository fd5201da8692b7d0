import type { HolidayCalendar } from "./calendar.ts";
import { layerAt, layerChange } from "./rota/layer.ts";
import type { RotaLayer } from "./rota.ts";
import type { Day } from "./session.ts";
import type { Window } from "./window.ts";

/** When a limit's time passes. Without days and hours always. */
export interface Schedule {
  /** IANA time zone of its days and hours. */
  readonly zone: string;
  readonly days?: readonly Day[] | "workdays";
  readonly hours?: Window;
  /** Says which days are worked. */
  readonly calendar?: HolidayCalendar;
}

const isAlways = ({ days, hours }: Schedule): boolean => days === undefined && hours === undefined;

/** Hours that come and go are those of a layer in which one stands. */
const layerOf = ({ zone, days, hours, calendar }: Schedule): RotaLayer => ({
  ...{ name: "", people: [""], zone, at: "00:00" },
  ...(days !== undefined && { days }),
  ...(hours !== undefined && { hours }),
  ...(calendar !== undefined && { calendar }),
});

/** Of a day after the calendar's end nobody knows whether it is worked: time passes, and is used up the sooner. */
const passes = (layer: RotaLayer, at: number): boolean => layerAt(layer, at) !== undefined;

/** Beyond this nothing is looked for. */
const HORIZON_MS = 800 * 86_400_000;

/** Spans between two moments in which time passes, in order. */
function* spans(schedule: Schedule, from: number, to: number): Generator<readonly [from: number, to: number]> {
  if (isAlways(schedule)) {
    if (from < to) yield [from, to];
    return;
  }
  const layer = layerOf(schedule);
  for (let at = from; at < to;) {
    const next = Math.min(layerChange(layer, at), to);
    if (passes(layer, at)) yield [at, next];
    at = next;
  }
}

/** Milliseconds of working time between two moments, milliseconds since the epoch. Pure. */
export function workedMs(schedule: Schedule, from: number, to: number): number {
  let sum = 0;
  for (const [begins, ends] of spans(schedule, from, to)) sum += ends - begins;
  return sum;
}

/** The moment at which so much working time has passed since `from`; undefined when it never will within two years. Pure. */
export function afterWork(schedule: Schedule, from: number, ms: number): number | undefined {
  let left = ms;
  for (const [begins, ends] of spans(schedule, from, isAlways(schedule) ? from + ms : from + HORIZON_MS)) {
    if (ends - begins >= left) return begins + left;
    left -= ends - begins;
  }
  return left <= 0 ? from : undefined;
}

/** Whether the calendar ends before a moment: what is said of it is the safe side. */
export const isGuessed = ({ calendar, days, zone }: Schedule, at: number): boolean =>
  days === "workdays" &&
  calendar !== undefined &&
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at) > calendar.knownUntil;

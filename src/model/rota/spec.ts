import type { CalendarSpec, HolidayCalendar } from "../calendar.ts";
import { spanOf } from "../freeze.ts";
import { given } from "../given.ts";
import type { Rota, RotaLayer } from "../rota.ts";
import type { Source } from "../source.ts";

/** A layer as watchbook.yaml declares it. */
export interface LayerSpec extends Omit<RotaLayer, "zone" | "at" | "calendar"> {
  /** Absent: the rota's, then the book's. */
  readonly zone?: string;
  /** Absent: when its hours begin; midnight for a layer of certain days; else 09:00. */
  readonly at?: string;
  /** Id of a calendar. */
  readonly calendar?: string;
}

/** When a replacement holds: dates, or moments (`2026-12-24 18:00`), as for a freeze. A date alone is the whole day. */
export interface SpanSpec {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}
export interface OverrideSpec extends SpanSpec {
  readonly person: string;
}
export interface SwapSpec extends SpanSpec {
  readonly persons: readonly [string, string];
}

/** A rota as watchbook.yaml declares it. */
export interface RotaSpec {
  readonly id: string;
  readonly title?: string;
  readonly zone?: string;
  readonly layers: readonly LayerSpec[];
  readonly overrides: readonly OverrideSpec[];
  readonly swaps: readonly SwapSpec[];
  readonly source: Source;
}

/** A span of the book as moments, milliseconds since the epoch. */
export function momentsOf(
  span: Pick<SpanSpec, "from" | "to">,
  zone: string,
): { readonly begins: number; readonly ends: number } {
  return spanOf({ id: "", reason: "", zone, ...span });
}

/** A rota of watchbook.yaml with its zone and calendars. Pure. */
export function rotaOf(spec: RotaSpec, zone: string, calendars: readonly CalendarSpec[]): Rota {
  const here = spec.zone ?? zone;
  const { id, title = id, source } = spec;
  const span = ({ from, to, reason }: SpanSpec) => ({ ...momentsOf({ from, to }, here), reason });
  return {
    ...{ id, title, source, zone: here },
    layers: spec.layers.map((layer) => layerOf(layer, here, calendars)),
    overrides: spec.overrides.map((one, index) => ({ id: `${id}-${index + 1}`, person: one.person, ...span(one) })),
    swaps: spec.swaps.map((one, index) => ({ id: `${id}-${index + 1}`, persons: one.persons, ...span(one) })),
  };
}

function layerOf(spec: LayerSpec, zone: string, calendars: readonly CalendarSpec[]): RotaLayer {
  const { calendar, ...layer } = spec;
  const found: HolidayCalendar | undefined = calendars.find(({ id }) => id === calendar);
  return {
    ...layer,
    zone: layer.zone ?? zone,
    at: layer.at ?? layer.hours?.from ?? (layer.days === undefined ? "09:00" : "00:00"),
    ...given({ calendar: found }),
  };
}

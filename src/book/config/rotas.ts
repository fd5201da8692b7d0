import type { CalendarSpec } from "../../model/calendar.ts";
import type { BookConfig } from "../../model/config.ts";
import { given } from "../../model/given.ts";
import type { RotaTurn } from "../../model/rota.ts";
import type { LayerSpec, RotaSpec } from "../../model/rota/spec.ts";
import type { Source } from "../../model/source.ts";
import { windowOf } from "../../model/window.ts";
import type { RawCalendar, RawRota } from "./rota-schema.ts";

type RawLayer = Omit<NonNullable<RawRota["layers"]>[number], "name">;

/** `daily`, `weekly`, `3d`, `2w`, `12h` */
function turnOf(every: string): RotaTurn {
  if (every === "daily") return { unit: "days", length: 1 };
  if (every === "weekly") return { unit: "days", length: 7 };
  const count = Number.parseInt(every, 10);
  if (every.endsWith("h")) return { unit: "hours", length: count };
  return { unit: "days", length: every.endsWith("w") ? count * 7 : count };
}

function layerOf(name: string, { every, hours, ...raw }: RawLayer): LayerSpec {
  const { at, from, to, days, calendar, zone, people } = raw;
  return {
    ...given({ at, from, to, days, calendar, zone }),
    ...(every !== undefined && { turn: turnOf(every) }),
    ...(hours !== undefined && { hours: windowOf(hours) }),
    name,
    people,
  };
}

/** The model's form of one validated `rota:` entry. */
export function rotaSpecOf(id: string, raw: RawRota, source: Source): RotaSpec {
  const { title, zone, layers, overrides, swaps, people = [], ...only } = raw;
  return {
    ...given({ title, zone }),
    id,
    layers: layers?.map(({ name, ...layer }, index) => layerOf(name ?? String(index + 1), layer)) ?? [
      layerOf(id, { ...only, people }),
    ],
    overrides: overrides ?? [],
    swaps: (swaps ?? []).map(({ persons: [a, b], ...rest }) => ({ ...rest, persons: [a, b] })),
    source,
  };
}

export const calendarOf = (id: string, raw: RawCalendar, source: Source): CalendarSpec => ({
  id,
  holidays: raw.holidays ?? [],
  workdays: raw.workdays ?? [],
  weekend: raw.weekend ?? ["sat", "sun"],
  knownUntil: raw.knownUntil,
  source,
});

/** Every name in a rota that must be declared elsewhere, with its place in the file. */
export function rotaNames({ rota, people, calendars }: Pick<BookConfig, "rota" | "people" | "calendars">): readonly {
  readonly path: readonly PropertyKey[];
  readonly name: string | undefined;
  readonly known: readonly string[];
}[] {
  const persons = people.map((one) => one.id);
  const days = calendars.map((one) => one.id);
  return rota.flatMap(({ id, layers, overrides, swaps }) => {
    const path = ["rota", id];
    // The keys of a single layer stand in the rota itself.
    const single = layers.length === 1 && layers[0]!.name === id;
    const layered = layers.flatMap((layer, index) => {
      const at = single ? path : [...path, "layers", index];
      return [
        ...layer.people.map((name) => ({ path: [...at, "people"], name, known: persons })),
        { path: [...at, "calendar"], name: layer.calendar, known: days },
      ];
    });
    const named = (key: string, names: readonly string[], index: number) =>
      names.map((name) => ({ path: [...path, key, index], name, known: persons }));
    return [
      ...layered,
      ...overrides.flatMap(({ person }, index) => named("overrides", [person], index)),
      ...swaps.flatMap(({ persons: two }, index) => named("swaps", two, index)),
    ];
  });
}

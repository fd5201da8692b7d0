import { BY_ID } from "./schema.ts";

/** A validated path of the normalised form, and where it stands in the file. */
export type Origin = (path: readonly PropertyKey[]) => readonly PropertyKey[];

export interface Normalised {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
  /** Entries of a list form without an id, and ids that come twice, as paths in the file. */
  readonly missing: readonly (readonly PropertyKey[])[];
  readonly twice: readonly { readonly path: readonly PropertyKey[]; readonly id: string }[];
}

/** Turns lists with `id` (targets: `name` too) into maps by id, so that one schema serves both forms. */
export function normalise(file: Readonly<Record<string, unknown>>): Normalised {
  const raw: Record<string, unknown> = { ...file };
  const indexes = new Map<string, number>();
  const missing: PropertyKey[][] = [];
  const twice: { path: PropertyKey[]; id: string }[] = [];
  for (const section of Object.keys(BY_ID)) {
    const list = file[section];
    if (list === null) delete raw[section];
    if (!Array.isArray(list)) {
      if (list !== null && typeof list === "object") raw[section] = filled(list);
      continue;
    }
    const map: Record<string, unknown> = {};
    for (const [index, entry] of (list as unknown[]).entries()) {
      const { id, rest } = identified(entry);
      if (id === undefined) missing.push([section, index]);
      else if (Object.hasOwn(map, id)) twice.push({ path: [section, index], id });
      else {
        map[id] = rest;
        indexes.set(`${section}\0${id}`, index);
      }
    }
    raw[section] = map;
  }
  const origin: Origin = (path) => {
    const index = path.length > 1 ? indexes.get(`${String(path[0])}\0${String(path[1])}`) : undefined;
    return index === undefined ? path : [path[0]!, index, ...path.slice(2)];
  };
  return { raw, origin, missing, twice };
}

/** `db:` with nothing behind it is an entry without details. */
const filled = (map: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).map(([id, entry]) => [id, (entry as unknown) ?? {}]));

function identified(entry: unknown): { readonly id?: string; readonly rest: unknown } {
  if (entry === null || typeof entry !== "object" || Array.isArray(entry)) return { rest: entry };
  const { id, ...rest } = entry as Record<string, unknown>;
  if (typeof id === "string" || typeof id === "number") return { id: String(id), rest };
  const { name, ...others } = rest;
  return typeof name === "string" ? { id: name, rest: others } : { rest };
}

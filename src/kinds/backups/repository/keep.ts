import type { Keep, SetSeen } from "../../../model/backup.ts";
import { isAhead, stateOf, takenAt } from "../../../model/backup.ts";

const DAY_MS = 86_400_000;
/** A Thursday: weeks of ISO 8601 begin on the Monday before it. */
const MONDAY_MS = 3 * DAY_MS;

const PERIODS = {
  daily: (at: number) => String(Math.floor(at / DAY_MS)),
  weekly: (at: number) => String(Math.floor((at + MONDAY_MS) / (7 * DAY_MS))),
  monthly: (at: number) => new Date(at).toISOString().slice(0, 7),
} as const;

/** The newest set of each of the last `count` periods that have one. `sets`: newest first. */
function newestOfEach(sets: readonly SetSeen[], count: number, period: (at: number) => string): readonly string[] {
  const seen = new Set<string>();
  const kept: string[] = [];
  for (const set of sets) {
    const name = period(takenAt(set));
    if (seen.has(name)) continue;
    if (seen.size === count) break;
    seen.add(name);
    kept.push(set.id);
  }
  return kept;
}

/** What a kind tells of a copy: the set whose copy this one adds to; that it is kept forever, and which one of its sort it is. */
const [BASE, KEEP, FINGERPRINT] = ["BASE", "KEEP", "FINGERPRINT"];

/** The newest set that has each thing that is kept forever: every key that ever was. `sets`: newest first. */
function holders(sets: readonly SetSeen[]): readonly string[] {
  const seen = new Set<string>();
  return sets.flatMap(({ id, manifest }) =>
    (manifest?.parts ?? [])
      .filter(({ facts }) => facts?.[KEEP] === "forever")
      .flatMap(({ id: part, facts }) => {
        const thing = `${part} ${facts[FINGERPRINT] ?? id}`;
        if (seen.has(thing)) return [];
        seen.add(thing);
        return [id];
      }),
  );
}

/** These sets with those that their increments stand on, all the way down. */
export function withBases(sets: readonly SetSeen[], kept: Iterable<string>): ReadonlySet<string> {
  const bases = new Map(
    sets.map(({ id, manifest }) => [id, (manifest?.parts ?? []).flatMap(({ facts }) => facts?.[BASE] ?? [])]),
  );
  const stay = new Set<string>();
  const add = (id: string): void => {
    if (stay.has(id)) return;
    stay.add(id);
    for (const base of bases.get(id) ?? []) add(base);
  };
  for (const id of kept) add(id);
  return stay;
}

const isGood = (set: SetSeen): boolean => stateOf(set) === "good";

/** Names of the set that was restored last, and of those that may have been. `sets`: newest first. */
const restored = (sets: readonly SetSeen[]): readonly string[] =>
  [...sets.filter(isGood).slice(0, 1), ...sets.filter((set) => set.proofUnread)].map(({ id }) => id);

/** Those of which it is known when they were taken. */
const newestFirst = (sets: readonly SetSeen[]): readonly SetSeen[] =>
  sets
    .filter((set) => Number.isFinite(takenAt(set)))
    .toSorted((a, b) => takenAt(b) - takenAt(a) || b.id.localeCompare(a.id));

/** Ids of the sets of one place that no other place may take the copies of: restored from now, and restored last, or perhaps. */
export const inUse = (sets: readonly SetSeen[]): readonly string[] => [
  ...sets.filter(({ holds }) => holds.length > 0).map(({ id }) => id),
  ...restored(newestFirst(sets)),
];

/**
 * Ids of the sets that a repository keeps no longer, oldest first. Pure. Whatever the rule says, these stay: the newest
 * whole set, the newest that is good, every one that somebody restores from now, that another one stands on or that
 * holds what is kept forever, every one that cannot be read, or its proof (nobody knows what it is), or that lies in the future, and
 * `own`, the one that was just taken, and those that others need (`others`). No rule at all keeps everything. Days, weeks and months are those of UTC.
 */
export function expired(
  sets: readonly SetSeen[],
  keep: Keep,
  now: number,
  own?: string,
  others: readonly string[] = [],
): readonly string[] {
  const rules = Object.values(keep).filter((value) => value !== undefined);
  if (rules.length === 0) return [];
  const known = newestFirst(sets).filter((set) => !isAhead(set, now));
  const newest = known.find((set) => stateOf(set) !== "torn");
  const kept = new Set([
    ...known.slice(0, keep.copies ?? 0).map(({ id }) => id),
    ...known.filter((set) => keep.days !== undefined && takenAt(set) > now - keep.days * DAY_MS).map(({ id }) => id),
    ...(["daily", "weekly", "monthly"] as const).flatMap((name) => newestOfEach(known, keep[name] ?? 0, PERIODS[name])),
    ...known.filter(({ holds }) => holds.length > 0).map(({ id }) => id),
    ...holders(known),
    ...(newest ? [newest.id] : []),
    ...restored(known),
    ...(own === undefined ? [] : [own]),
    ...others,
    ...sets.filter((set) => !known.includes(set)).map(({ id }) => id),
  ]);
  const stay = withBases(sets, kept);
  return known
    .filter(({ id }) => !stay.has(id))
    .map(({ id }) => id)
    .toReversed();
}

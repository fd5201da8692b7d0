import type { BackupSpec, SetManifest, SetSeen } from "./backup.ts";
import { isAhead, stateOf, takenAt } from "./backup.ts";
import { periodDays } from "./every.ts";

/** When a backup that ends well every night is worth nothing all the same. Absent numbers are not looked at. */
export interface Alarm {
  /** The newest whole set is older, milliseconds. */
  readonly ageMs?: number;
  /** A part is smaller than the median of the sets before it by more than this part of it, 0 < n ≤ 1. */
  readonly shrink?: number;
  /** A part that is to change is byte for byte the same for longer, milliseconds. */
  readonly unchangedMs?: number;
}

/** Something that is to be looked at: key of i18n `steps.reasons` with its values. */
export interface Alarmed {
  readonly code: "backup-old" | "backup-shrank" | "backup-unchanged" | "backup-no-baseline";
  /** A remark is no alarm: nothing can be said yet. */
  readonly level: "alarm" | "remark";
  readonly args: Readonly<Record<string, string | number>>;
}

const HOUR_MS = 3_600_000;
/** Half a period of grace: a night whose backup takes long is not a night without one. */
const GRACE = 1.5;
const SHRINK = 0.5;
/** Sets before the newest that it is compared with, and the fewest that are a baseline. */
const COMPARED = 5;
const BASELINE = 3;

/** What a backup set is watched for, with what holds where the book does not say it. */
export function alarmFor({ alarm, every }: Pick<BackupSpec, "alarm" | "every">): Alarm {
  if (alarm === false) return {};
  const period = periodDays(every);
  return { ...(period !== undefined && { ageMs: period * 24 * HOUR_MS * GRACE }), shrink: SHRINK, ...alarm };
}

type Part = SetManifest["parts"][number];

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** An increment is as large as what changed: only its like is compared with it. */
const sort = ({ facts }: Part): string => (facts["BASE"] === undefined ? "full" : "increment");

/** The newest one first; each with the same part of the sets before it. */
function shrunk(part: Part, before: readonly Part[], { shrink }: Alarm): Alarmed | undefined {
  if (shrink === undefined) return undefined;
  const like = before.filter((one) => sort(one) === sort(part)).slice(0, COMPARED);
  if (like.length < BASELINE) return undefined;
  const usual = median(like.map(({ bytes }) => bytes));
  if (part.bytes >= usual * (1 - shrink)) return undefined;
  const args = { part: part.id, bytes: part.bytes, usual, sets: like.length };
  return { code: "backup-shrank", level: "alarm", args };
}

/** Byte for byte the same in every set since when. */
function unchanged(id: string, sets: readonly SetSeen[], { unchangedMs }: Alarm): Alarmed | undefined {
  if (unchangedMs === undefined) return undefined;
  const sums = (set: SetSeen): string | undefined => set.manifest!.parts.find((part) => part.id === id)?.sums;
  const [newest] = sets;
  const other = sets.findIndex((set) => sums(set) !== sums(newest!));
  const same = other < 0 ? sets : sets.slice(0, other);
  const first = same.at(-1)!;
  if (same.length < 2 || takenAt(newest!) - takenAt(first) <= unchangedMs) return undefined;
  const args = { part: id, since: first.manifest!.until, sets: same.length };
  return { code: "backup-unchanged", level: "alarm", args };
}

/**
 * What is to be looked at of these sets at `now` (milliseconds since the epoch). Pure. Sets whose manifest cannot be read,
 * or that are torn, are no measure of others, and those that lie in the future none of age. The first sets have nothing that
 * they could be compared with, and say so.
 */
export function alarmsOf(sets: readonly SetSeen[], wanted: Alarm, now: number): readonly Alarmed[] {
  const whole = sets
    .filter((set) => set.manifest && stateOf(set) !== "torn" && Number.isFinite(takenAt(set)))
    .toSorted((a, b) => takenAt(b) - takenAt(a) || b.id.localeCompare(a.id));
  const [newest, ...before] = whole;
  if (!newest) return [];
  const found: Alarmed[] = [];
  const dated = whole.find((set) => !isAhead(set, now));
  const age = dated ? now - takenAt(dated) : 0;
  if (wanted.ageMs !== undefined && age > wanted.ageMs) {
    const args = { hours: Math.floor(age / HOUR_MS), most: Math.floor(wanted.ageMs / HOUR_MS) };
    found.push({ code: "backup-old", level: "alarm", args });
  }
  for (const part of newest.manifest!.parts) {
    const earlier = before.flatMap(({ manifest }) => manifest!.parts.filter(({ id }) => id === part.id));
    for (const one of [shrunk(part, earlier, wanted), unchanged(part.id, whole, wanted)]) if (one) found.push(one);
  }
  if (wanted.shrink !== undefined && before.length < BASELINE)
    found.push({ code: "backup-no-baseline", level: "remark", args: { sets: before.length, wanted: BASELINE } });
  return found;
}

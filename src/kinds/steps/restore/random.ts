import { createHash, randomBytes } from "node:crypto";
import type { SetSeen } from "../../../model/backup.ts";
import { stateOf } from "../../../model/backup.ts";

/** A time in the window of what can be restored, that nobody chose. */
export interface RandomPoint {
  /** ISO 8601 in UTC; `set` where there is no time between sets nor behind them: as the set was taken. */
  readonly at: string;
  /** The same seed and window give the same time: anybody can draw it again. */
  readonly seed: string;
  readonly from: string;
  readonly until: string;
  /** The set that was drawn, where none of them can be restored to a time. */
  readonly set?: string;
}

/** `random`, or `random:SEED` to draw the same time again; undefined: another point is meant. */
export function seedIn(text: string): string | undefined {
  const [whole, seed] = /^random(?::([\w-]{1,64}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return seed ?? randomBytes(8).toString("hex");
}

/** A set says to the second when it was whole: before the next one it may not have been. */
const SECOND_MS = 1_000;

/** 0 ≤ it < 1, as the seed has it. */
const shareOf = (seed: string): number => createHash("sha256").update(seed).digest().readUIntBE(0, 6) / 2 ** 48;

/** Those that can be drawn from, oldest first. */
const wholeOf = (sets: readonly SetSeen[]): readonly (SetSeen & Required<Pick<SetSeen, "manifest">>)[] =>
  sets
    .flatMap((set) => (set.manifest && stateOf(set) !== "torn" ? [{ ...set, manifest: set.manifest }] : []))
    .toSorted((a, b) => Date.parse(a.manifest.until) - Date.parse(b.manifest.until) || a.id.localeCompare(b.id));

/** One of the whole sets as it was taken. Undefined without such a set. Pure. */
export function randomSet(sets: readonly SetSeen[], seed: string): RandomPoint | undefined {
  const whole = wholeOf(sets);
  const drawn = whole[Math.floor(shareOf(seed) * whole.length)];
  if (!drawn) return undefined;
  const [from, until] = [whole[0]!.manifest.until, whole.at(-1)!.manifest.until];
  return { at: "set", seed, from, until, set: drawn.id };
}

/**
 * A time from the oldest set that is whole, and before the newest one or the end of the log behind it, to the millisecond: what
 * was written between two sets and since the newest is a part of the promise as well. `reach`: until when that log is known to lead
 * on, milliseconds since the epoch; absent: nobody knows. Undefined without such a set. Pure.
 */
export function randomPoint(sets: readonly SetSeen[], seed: string, reach?: number): RandomPoint | undefined {
  const times = wholeOf(sets).map(({ manifest }) => manifest.until);
  const [from, newest] = [times[0], times.at(-1)];
  if (from === undefined || newest === undefined) return undefined;
  const all = times.map((time) => Date.parse(time));
  const first = all[0]!;
  const last = Math.max(all.at(-1)!, reach ?? 0);
  const until = last === all.at(-1) ? newest : new Date(last).toISOString();
  let at = first + Math.floor(shareOf(seed) * (last - first));
  for (const time of all) if (time <= at && at < time + SECOND_MS) at = time + SECOND_MS;
  return { at: at < last ? new Date(at).toISOString() : "set", seed, from, until };
}

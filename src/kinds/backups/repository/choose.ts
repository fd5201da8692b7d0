import type { SetSeen } from "../../../model/backup.ts";
import { isAhead, stateOf, takenAt } from "../../../model/backup.ts";

/** A point that is restored to. */
export interface Point {
  readonly kind: "latest" | "set" | "time" | "name" | "xid" | "gtid";
  /** ISO 8601 in UTC to the microsecond, the name, or the transaction's number; empty for latest and for the set as it was taken. */
  readonly value: string;
}

const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * `latest`, `set` (nothing that was logged since), `2026-11-20T08:33:00Z` (a time zone is a must), `name:before-upgrade`,
 * `xid:4711` (PostgreSQL), `gtid:0-1-4711` (MariaDB). Undefined: none of these.
 */
export function pointOf(text: string): Point | undefined {
  if (text === "latest" || text === "set") return { kind: text, value: "" };
  if (/^name:[^\s']{1,63}$/.test(text)) return { kind: "name", value: text.slice(5) };
  if (/^xid:\d{1,20}$/.test(text)) return { kind: "xid", value: text.slice(4) };
  if (/^gtid:\d{1,10}-\d{1,10}-\d{1,20}$/.test(text)) return { kind: "gtid", value: text.slice(5) };
  const at = TIME.test(text) ? Date.parse(text.replace(" ", "T")) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  // A Date ends at the millisecond; a transaction does not.
  const [, micros = ""] = /\.\d{3}(\d{1,3})(?!\d)/.exec(text) ?? [];
  return { kind: "time", value: `${new Date(at).toISOString().slice(0, -1)}${micros}Z` };
}

/** Why no set was chosen; `id` is its nearest. */
export interface NoSet {
  readonly why: "backup-no-sets" | "backup-no-set" | "backup-set-damaged" | "backup-too-young";
  readonly args: Readonly<Record<string, string>>;
}

/**
 * The set to restore from: the one that is named; a random one; else the newest that was complete at the point. `roll`
 * gives a whole number below its argument. Torn sets are taken only by name, and as the newest one that lies in the future at
 * `now` (milliseconds since the epoch) only where there is no other.
 */
export function chosenSet(
  sets: readonly SetSeen[],
  name: string,
  point: Point,
  roll: (below: number) => number,
  now: number,
): SetSeen | NoSet {
  if (sets.length === 0) return { why: "backup-no-sets", args: {} };
  if (name !== "latest" && name !== "random") {
    const found = sets.find(({ id }) => id === name);
    if (!found)
      return {
        why: "backup-no-set",
        args: {
          set: name,
          known: sets
            .map(({ id }) => id)
            .slice(-5)
            .join(", "),
        },
      };
    if (!found.manifest) return { why: "backup-set-damaged", args: { set: name, detail: found.problem ?? "-" } };
    return found;
  }
  const whole = sets
    .filter((set) => set.manifest && stateOf(set) !== "torn")
    .filter((set) => point.kind !== "time" || takenAt(set) <= Date.parse(point.value))
    .toSorted((a, b) => takenAt(a) - takenAt(b) || a.id.localeCompare(b.id));
  if (whole.length === 0) return { why: "backup-too-young", args: { point: point.value || point.kind } };
  if (name === "random") return whole[roll(whole.length)]!;
  return whole.findLast((set) => !isAhead(set, now)) ?? whole.at(-1)!;
}

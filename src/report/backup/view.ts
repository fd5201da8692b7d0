import { isAhead, stateOf, takenAt, type BackupSpec, type SetSeen, type SetState } from "../../model/backup.ts";

/** A set as `backup list --json` gives it. */
export interface SetView {
  readonly backup: string;
  readonly id: string;
  readonly state: SetState;
  /** ISO 8601, the target's clock; null when its manifest cannot be read. */
  readonly taken: string | null;
  /** Null, too, when it lies in the future: that clock was wrong, and nobody knows. */
  readonly ageSeconds: number | null;
  readonly bytes: number | null;
  readonly parts: readonly { readonly id: string; readonly kind: string; readonly bytes: number }[];
  readonly restored: { readonly run: string; readonly at: string; readonly probes: number } | null;
  /** Something lies there as its proof that says nothing. */
  readonly proofUnread?: true;
  /** Runs that restore from it now. */
  readonly holds: readonly string[];
  readonly digest: string | null;
}

/** Plain data of a set. `now`: milliseconds since the epoch. */
export function setView({ id: backup }: Pick<BackupSpec, "id">, set: SetSeen, now: number): SetView {
  const { manifest, restored } = set;
  return {
    backup,
    id: set.id,
    state: stateOf(set),
    taken: manifest?.until ?? null,
    ageSeconds: manifest && !isAhead(set, now) ? Math.max(0, Math.round((now - takenAt(set)) / 1000)) : null,
    bytes: manifest ? manifest.parts.reduce((sum, { bytes }) => sum + bytes, 0) : null,
    parts: (manifest?.parts ?? []).map(({ id, kind, bytes }) => ({ id, kind, bytes })),
    restored: restored ? { run: restored.run, at: restored.at, probes: restored.probes } : null,
    ...(set.proofUnread && { proofUnread: true }),
    holds: set.holds,
    digest: set.digest ?? null,
  };
}

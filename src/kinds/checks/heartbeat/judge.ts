import type { Beat } from "../../../model/beat.ts";
import { isRunning, unset } from "../../../model/beat.ts";

/** When a job is expected: some time after it was done, or at times of its own. */
export interface Expected {
  /** The next time after `after`, milliseconds since the epoch. */
  next(after: number): number;
  /** Those are times of the clock on the wall, however that is set. */
  readonly wall?: true;
  readonly graceMs: number;
  /** How long it may take once it has said that it began. */
  readonly longestMs: number;
}

export type Judged = {
  /** in-time, running: well · waiting: nothing was due yet · never, late, failed, stuck: not. */
  readonly says: "in-time" | "running" | "waiting" | "never" | "late" | "failed" | "stuck";
  /** By when it is expected, grace and all. */
  readonly due: number;
};

/**
 * What a job's word comes to at `now`. `since`: from when on it is watched; `set`: by how much the clock was set in all. The
 * last word counts: a failure stays one while the next attempt runs.
 */
export function judgeBeat(said: Beat, expected: Expected, since: number, now: number, set = 0): Judged {
  const beat = unset(said, set);
  const shown = expected.wall ? said : beat;
  // A clock that was set back while nobody looked must not make a job young for ever.
  const well = shown.well === undefined ? undefined : Math.min(shown.well, now);
  const due = expected.next(well ?? Math.min(since, now)) + expected.graceMs;
  if (beat.ended !== undefined && beat.exit !== 0) return { says: "failed", due };
  if (isRunning(beat)) {
    const until = Math.min(beat.started!, now) + expected.longestMs;
    if (now > until) return { says: "stuck", due: until };
    if (shown.started! <= due) return { says: "running", due: Math.max(due, until) };
  }
  if (now <= due) return { says: well === undefined ? "waiting" : "in-time", due };
  return { says: well === undefined ? "never" : "late", due };
}

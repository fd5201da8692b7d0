/** What a job has said of itself under one name; times are milliseconds since the epoch. */
export interface Beat {
  /** When it began last; absent: it never says so. */
  readonly started?: number;
  /** When it ended last. */
  readonly ended?: number;
  /** Exit code of the last end; 0: done. */
  readonly exit?: number;
  /** How long the last one took, where it had said that it began. */
  readonly seconds?: number;
  /** When it ended well for the last time. */
  readonly well?: number;
}

/** What it says now: that it begins, or that it ended, with its exit code. */
export type BeatSaid = { readonly state: "start" } | { readonly state: "end"; readonly exit: number };

/** What is known after a job spoke at `now`. */
export function heard(beat: Beat, said: BeatSaid, now: number): Beat {
  if (said.state === "start") return { ...beat, started: now };
  const { started, ended = Number.NEGATIVE_INFINITY } = beat;
  const took = started !== undefined && started >= ended && now >= started ? { seconds: (now - started) / 1_000 } : {};
  const { seconds: _, ...rest } = beat;
  return { ...rest, ended: now, exit: said.exit, ...took, ...(said.exit === 0 && { well: now }) };
}

/** Whether it began and has not ended. */
export const isRunning = ({ started, ended }: Beat): boolean =>
  started !== undefined && (ended === undefined || started > ended);

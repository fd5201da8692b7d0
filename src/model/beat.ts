/** What a job has said of itself under one name; times are milliseconds since the epoch, as the clock on the wall showed them. */
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
  /** By how many milliseconds the clock had been set in all at each of these moments; absent: not at all. */
  readonly set?: Partial<Readonly<Record<Moment, number>>>;
}

const MOMENTS = ["started", "ended", "well"] as const;
type Moment = (typeof MOMENTS)[number];

/** What it says now: that it begins, or that it ended, with its exit code. */
export type BeatSaid = { readonly state: "start" } | { readonly state: "end"; readonly exit: number };

/** As a clock shows it that has never been set and shows now what the one on the wall does, which was set by `set` in all. */
export const unset = (beat: Beat, set: number): Beat => {
  const moved = MOMENTS.flatMap((name) => {
    const at = beat[name];
    return at === undefined ? [] : [[name, at + set - (beat.set?.[name] ?? 0)] as const];
  });
  return { ...beat, ...Object.fromEntries(moved) };
};

/** What is known after a job spoke at `now`, by a clock that was set by `set` milliseconds in all. */
export function heard(beat: Beat, said: BeatSaid, now: number, set = 0): Beat {
  const { started, ended = Number.NEGATIVE_INFINITY } = unset(beat, set);
  const spoke = (...moments: readonly Moment[]): Beat => ({
    ...beat,
    ...Object.fromEntries(moments.map((name) => [name, now])),
    ...((set !== 0 || beat.set) && { set: { ...beat.set, ...Object.fromEntries(moments.map((name) => [name, set])) } }),
  });
  if (said.state === "start") return spoke("started");
  const took = started !== undefined && started >= ended && now >= started ? { seconds: (now - started) / 1_000 } : {};
  const { seconds: _, ...rest } = spoke("ended", ...(said.exit === 0 ? (["well"] as const) : []));
  return { ...rest, exit: said.exit, ...took };
}

/** Whether it began and has not ended. */
export const isRunning = ({ started, ended }: Beat): boolean =>
  started !== undefined && (ended === undefined || started > ended);

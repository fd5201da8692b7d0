import { CLOCKS, type ClockName, type Incident, type IncidentClocks } from "./incident.ts";
import { afterWork, isGuessed, workedMs } from "./schedule.ts";

/** How one clock stands. */
export interface ClockNow {
  readonly clock: ClockName;
  readonly limitMs: number;
  /** Working time used so far, without pauses; milliseconds. */
  readonly usedMs: number;
  /** kept, broken: it has stopped, or its limit is passed. */
  readonly state: "running" | "paused" | "kept" | "broken";
  readonly stopped: boolean;
  /** When the limit is reached if nothing stops it; milliseconds since the epoch. */
  readonly due?: number;
  /** The calendar ends before that. */
  readonly guessed?: true;
}

/** When a clock stopped: an answer stops the first, the end both. */
const stopOf = ({ acknowledged, resolved }: IncidentClocks, clock: ClockName): number | undefined =>
  clock === "respond" ? (acknowledged ?? resolved) : resolved;

/** Pauses of one clock, those that still last without an end. */
const pausesOf = ({ pauses }: IncidentClocks, clock: ClockName) =>
  pauses.filter(({ clocks }) => clocks.includes(clock));

/** Working time that a clock has used up at a moment, milliseconds. Pure: from what is recorded alone. */
export function usedMs(clocks: IncidentClocks, clock: ClockName, now: number): number {
  const end = Math.min(stopOf(clocks, clock) ?? now, now);
  const { since, schedule } = clocks;
  const paused = pausesOf(clocks, clock).map(({ from, to = end }) =>
    workedMs(schedule, Math.max(from, since), Math.min(to, end)),
  );
  return Math.max(0, workedMs(schedule, since, end) - paused.reduce((sum, each) => sum + each, 0));
}

/** One clock at a moment; undefined where nothing was promised. Pure. */
export function clockNow(clocks: IncidentClocks, clock: ClockName, now: number): ClockNow | undefined {
  const limit = clocks.limits[clock];
  if (limit === undefined) return undefined;
  const used = usedMs(clocks, clock, now);
  const stopped = stopOf(clocks, clock) !== undefined;
  const base = { clock, limitMs: limit.ms, usedMs: used, stopped };
  if (stopped) return { ...base, state: used > limit.ms ? "broken" : "kept" };
  const paused = pausesOf(clocks, clock).some(({ to }) => to === undefined);
  if (used > limit.ms) return { ...base, state: "broken" };
  if (paused) return { ...base, state: "paused" };
  const due = afterWork(clocks.schedule, now, limit.ms - used);
  const guessed = due !== undefined && isGuessed(clocks.schedule, due);
  return { ...base, state: "running", ...(due !== undefined && { due }), ...(guessed && { guessed }) };
}

/** Both clocks at a moment. */
export const clocksNow = ({ clocks }: Pick<Incident, "clocks">, now: number): readonly ClockNow[] =>
  CLOCKS.flatMap((clock) => clockNow(clocks, clock, now) ?? []);

/** The clocks after the wall clock was set by so many milliseconds: what has passed, has passed. */
export const movedClocks = (clocks: IncidentClocks, by: number): IncidentClocks => ({
  ...clocks,
  since: clocks.since + by,
  ...(clocks.acknowledged !== undefined && { acknowledged: clocks.acknowledged + by }),
  ...(clocks.resolved !== undefined && { resolved: clocks.resolved + by }),
  pauses: clocks.pauses.map((pause) => ({
    ...pause,
    from: pause.from + by,
    ...(pause.to !== undefined && { to: pause.to + by }),
  })),
});

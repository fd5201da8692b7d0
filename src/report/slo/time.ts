import { utc } from "../../model/time.ts";
import type { Moment } from "./read.ts";

/** The monotonic clock where every line has it, else the wall clock: a label that may step. */
export type SloClock = "monotonic" | "wall";

/** Nanoseconds of the clock. */
export const on = ({ wall, mono }: Moment, clock: SloClock): bigint => (clock === "monotonic" ? mono! : wall);

/** Seconds between two moments, rounded up to a millisecond: a duration is never flattered. */
export const secondsBetween = (from: bigint, to: bigint): number => Number((to - from + 999_999n) / 1_000_000n) / 1000;

/** `2026-11-20T08:33:00.000Z` */
export const label = ({ wall }: Moment): string => utc(Number(wall / 1_000_000n));

/** In the order of time. */
export const inOrder = <T extends Moment>(moments: readonly T[], clock: SloClock): readonly T[] =>
  moments.toSorted((a, b) => {
    const [at, other] = [on(a, clock), on(b, clock)];
    return at < other ? -1 : at > other ? 1 : 0;
  });

import type { Clock } from "../../model/time.ts";

/** Smaller steps are those of a clock that is kept right. */
const LEAST_MS = 2_000;

/** Gives by how many milliseconds the wall clock was set since it was asked last, 0 when it was not. */
export function makeDrift(clock: Pick<Clock, "wall" | "monotonic">): () => number {
  let wall = clock.wall();
  let monotonic = clock.monotonic();
  return () => {
    const [nowWall, nowMonotonic] = [clock.wall(), clock.monotonic()];
    const by = nowWall - wall - Number((nowMonotonic - monotonic) / 1_000_000n);
    [wall, monotonic] = [nowWall, nowMonotonic];
    return Math.abs(by) < LEAST_MS ? 0 : by;
  };
}

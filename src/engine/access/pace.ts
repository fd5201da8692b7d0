import type { Clock } from "../../model/time.ts";

/** Names that are remembered; the oldest are forgotten first. */
const MOST_NAMES = 10_000;

/**
 * Lets each name do something `most` times in `withinMs`. The function that it gives counts one more and says 0, or how many
 * milliseconds it is too early.
 */
export function makePace(
  clock: Pick<Clock, "wall">,
  { most, withinMs }: { readonly most: number; readonly withinMs: number },
): (name: string) => number {
  const counts = new Map<string, { readonly from: number; count: number }>();
  return (name) => {
    const now = clock.wall();
    const known = counts.get(name);
    const one = known && now - known.from < withinMs ? known : { from: now, count: 0 };
    if (one.count >= most) return one.from + withinMs - now;
    one.count += 1;
    counts.delete(name);
    counts.set(name, one);
    if (counts.size > MOST_NAMES) counts.delete(counts.keys().next().value!);
    return 0;
  };
}

import type { Point } from "../../model/rule.ts";

/** Points of a window (now - ms, now], oldest first, that carry a value. */
export const within = (
  points: readonly Point[],
  now: number,
  ms: number,
): readonly Required<Pick<Point, "at" | "value">>[] =>
  points.flatMap(({ at, value }) => (at > now - ms && at <= now && value !== undefined ? [{ at, value }] : []));

/** The newest point at or before `now`. */
export const newest = (points: readonly Point[], now: number): Point | undefined =>
  points.findLast(({ at }) => at <= now);

/** How much a counter grew, through its resets; undefined with fewer than two points. */
export function increase(points: readonly { readonly value: number }[]): number | undefined {
  if (points.length < 2) return undefined;
  return points.slice(1).reduce((sum, { value }, index) => {
    const before = points[index]!.value;
    return sum + (value < before ? value : value - before);
  }, 0);
}

/** Where the least-squares line through the points stands at `when` (milliseconds); undefined where there is none. */
export function lineAt(
  points: readonly { readonly at: number; readonly value: number }[],
  when: number,
): number | undefined {
  const [first] = points;
  if (first === undefined || points.length < 2) return undefined;
  // Seconds from the first point: squares of epoch milliseconds would not fit a double.
  const xs = points.map(({ at }) => (at - first.at) / 1000);
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const meanY = points.reduce((sum, { value }) => sum + value, 0) / xs.length;
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return undefined;
  const slope = xs.reduce((sum, x, index) => sum + (x - meanX) * (points[index]!.value - meanY), 0) / spread;
  return meanY + slope * ((when - first.at) / 1000 - meanX);
}

import type { Series } from "../../../src/api/contract.ts";

/** Columns of a chart: seconds, lowest, highest, mean, then one for each limit, in the order of `limits`. */
export type Lines = readonly [number[], ...(number | null)[][]];

/** Limits that a chart draws. */
export const limitsOf = ({ bands }: Pick<Series, "bands">): readonly ["warn" | "critical", number][] =>
  (["warn", "critical"] as const).flatMap((name): ["warn" | "critical", number][] => {
    const at = bands?.[name];
    return at === undefined ? [] : [[name, at]];
  });

/** Middle of a list of numbers. */
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/**
 * A line is not drawn through a time in which nothing was seen: where the next point is three times as far away as is
 * usual, there is a hole. Limits go from the one end to the other. Pure.
 */
export function linesOf({ points, from, to, bands }: Pick<Series, "points" | "from" | "to" | "bands">): Lines {
  const usual = median(points.slice(1).map(({ at }, index) => at - points[index]!.at));
  const rows = points.flatMap((point, index) => {
    const before = points[index - 1];
    const hole = before !== undefined && point.at - before.at > 3 * usual;
    const row = { at: point.at, values: [point.min, point.max, point.mean] as readonly (number | null)[] };
    return hole ? [{ at: before.at + usual, values: [null, null, null] }, row] : [row];
  });
  const ends = (at: number) => ({ at, values: [null, null, null] });
  const all = [ends(from), ...rows.filter(({ at }) => at > from && at < to), ends(to)];
  const limits = limitsOf({ bands });
  return [
    all.map(({ at }) => at / 1_000),
    ...[0, 1, 2].map((column) => all.map(({ values }) => values[column] ?? null)),
    ...limits.map(([, at]) => all.map(() => at)),
  ];
}

// Columns of a check's chart.
import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf } from "../console/pages/services/lines.ts";

const point = (at: number, mean: number) => ({ at: at * 1_000, min: mean - 1, mean, max: mean + 1, worst: null });

test("no line is drawn through a time in which nothing was seen; limits reach from end to end", () => {
  const bands = { bad: "above" as const, warn: 70 };
  const points = [point(10, 1), point(20, 2), point(30, 3), point(80, 4), point(90, 5)];
  assert.deepEqual(linesOf({ points, from: 0, to: 100_000, bands }), [
    [0, 10, 20, 30, 40, 80, 90, 100],
    [null, 0, 1, 2, null, 3, 4, null],
    [null, 2, 3, 4, null, 5, 6, null],
    [null, 1, 2, 3, null, 4, 5, null],
    [70, 70, 70, 70, 70, 70, 70, 70],
  ]);
});

test("one value alone is drawn", () => {
  assert.deepEqual(linesOf({ points: [point(10, 1)], from: 0, to: 20_000, bands: null })[3], [null, 1, null]);
});

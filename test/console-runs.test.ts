// What the console draws of runs: how long one takes, when what went on, when it waited for people.
import assert from "node:assert/strict";
import { test } from "node:test";
import { heightsOf, lastOf, usualOf } from "../console/pages/runs/past-runs.ts";
import { frameOf, stretchesOf, waitsOf } from "../console/pages/runs/timeline.ts";

const run = (n: number, seconds: number, more: object = {}) => ({
  ...{ id: `r${n}`, runbook: "SOP-01", environment: "prod", state: "done" as const, rehearsal: false },
  ...{ created: n * 100_000, ended: n * 100_000 + seconds * 1_000 },
  ...more,
});

test("a run usually takes the middle of those like it that ended well; rehearsals, other places and failures do not count", () => {
  const all = [
    run(1, 10),
    run(2, 30),
    run(3, 20),
    run(4, 900, { state: "failed" }),
    run(5, 900, { rehearsal: true }),
    run(6, 900, { environment: "test" }),
    run(7, 900, { runbook: "SOP-02" }),
    run(8, 900),
  ];
  assert.deepEqual(usualOf(all, run(8, 900)), { seconds: 20, count: 3 });
  assert.equal(usualOf(all, run(9, 1, { environment: "dr" })), undefined);
});

test("the last runs are the newest that are over, oldest first; the longest is the highest", () => {
  const all = [run(3, 1), run(1, 1), run(2, 1), run(4, 1, { state: "running" }), run(5, 1, { runbook: "SOP-02" })];
  assert.deepEqual(
    lastOf(all, "SOP-01", 2).map(({ id }) => id),
    ["r2", "r3"],
  );
  assert.deepEqual(heightsOf([0, 5, 10]), [25, 63, 100]);
  assert.deepEqual(heightsOf([0, 0]), [25, 25]);
});

test("attempts and approvals lie within their run; what goes on goes on until now", () => {
  const attempt = { step: "change", target: "a", purpose: "do", attempt: 1, log: "change@a.do.1" } as const;
  const attempts = [
    { ...attempt, began: 2_000, ended: 3_000, end: { ending: "failed", seconds: 1 } },
    { ...attempt, attempt: 2, purpose: "undo", began: 4_000 },
    { ...attempt, target: "b", began: 4_000 },
  ];
  const gate = { asked: 500, expires: 60_000, quorum: 1, given: [{ by: "li", at: 2_000 }] };
  const shown = {
    record: { created: 0, state: "running" },
    attempts,
    view: {
      gates: [
        { ...gate, gate: "plan", state: "given" },
        { ...gate, gate: "late", state: "asked", given: [] },
      ],
    },
  } as never;
  assert.deepEqual(frameOf(shown, 9_000), { from: 0, until: 9_000 });
  assert.deepEqual(stretchesOf(shown, { step: "change", target: "a" }, 9_000), [
    { from: 2_000, until: 3_000, ending: "failed", undo: false },
    { from: 4_000, until: 9_000, ending: undefined, undo: true },
  ]);
  assert.deepEqual(
    waitsOf(shown, 9_000).map(({ from, until, ending }) => [from, until, ending]),
    [
      [500, 2_000, "given"],
      [500, 9_000, undefined],
    ],
  );
});

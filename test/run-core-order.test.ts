// The order of a run: batches, steps, targets, and how many at a time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { advance } from "../src/engine/run/core/advance.ts";
import { performedBy } from "../src/engine/run/core/shape.ts";
import { verdictOf } from "../src/engine/run/core/verdict.ts";
import { planOf } from "./kit/plan.ts";
import { play } from "./kit/run-play.ts";

test("steps are done in the order of the plan, each when the one before has ended on all targets", () => {
  const run = play(planOf({ steps: ["one", "two"], targets: ["a", "b"] }));
  assert.deepEqual(run.go(), ["start do one@a 1", "start do one@b 1"]);
  assert.deepEqual(run.end("one@b"), []);
  assert.deepEqual(run.end("one@a"), ["start do two@a 1", "start do two@b 1"]);
  run.end("two@a");
  run.end("two@b");
  assert.equal(run.view.state, "done");
  assert.deepEqual([run.view.done, run.view.total], [4, 4]);
});

test("a batch begins when the one before has ended; scope run is done once, with the first; scope batch once in each", () => {
  const steps = [{ id: "lock", scope: "run" }, { id: "drain", scope: "batch" }, { id: "copy" }] as const;
  const run = play(planOf({ steps, targets: ["a", "b", "c"], batches: [["a"], ["b", "c"]], parallel: 3 }));
  assert.deepEqual(run.go(), ["start do lock@- 1"]);
  assert.deepEqual(run.end("lock@-"), ["start do drain@batch-1 1"]);
  assert.deepEqual(run.end("drain@batch-1"), ["start do copy@a 1"]);
  assert.deepEqual(run.end("copy@a"), ["start do drain@batch-2 1"]);
  assert.deepEqual(run.end("drain@batch-2"), ["start do copy@b 1", "start do copy@c 1"]);
  run.end("copy@c");
  run.end("copy@b");
  assert.equal(run.view.ended?.state, "done");
});

test("at most `parallel` targets of a batch are worked on at a time, from a task's beginning to its end", () => {
  const step = { id: "s", verify: "v" };
  const run = play(
    planOf({ steps: [step], others: [{ id: "v", risk: "read" }], targets: ["a", "b", "c"], parallel: 2 }),
  );
  assert.deepEqual(run.go(), ["start do s@a 1", "start do s@b 1"]);
  assert.deepEqual(run.end("s@b"), ["start verify s@b 1"]);
  assert.deepEqual(run.end("s@b"), ["start do s@c 1"]);
});

test("a step with a verify is done when the verify says so", () => {
  const plan = planOf({ steps: [{ id: "s", verify: "v" }], others: [{ id: "v", risk: "read", title: "looks" }] });
  const run = play(plan);
  run.go();
  assert.deepEqual(run.end("s@a"), ["start verify s@a 1"]);
  assert.equal(run.state("s@a"), "verifying");
  assert.equal(performedBy(plan, run.open("s@a")).title, "looks");
  run.end("s@a");
  assert.equal(run.state("s@a"), "done");
  assert.equal(run.view.ended?.state, "done");
});

test("a failed verify is a failed step", () => {
  const run = play(planOf({ steps: [{ id: "s", verify: "v" }], others: [{ id: "v", risk: "read" }] }));
  run.go();
  run.end("s@a");
  run.end("s@a", { ending: "failed", reason: "red" });
  assert.equal(run.state("s@a"), "failed");
  assert.equal(run.view.ended?.state, "failed");
});

test("outputs are kept by target and name", () => {
  const run = play(planOf({ steps: [{ id: "s", outputs: ["rev"] }, "t"], targets: ["a", "b"] }));
  run.go();
  run.end("s@a", { outputs: { rev: "41" } });
  run.end("s@b", { outputs: { rev: "42" } });
  assert.deepEqual(JSON.parse(JSON.stringify(run.view.outputs)), { a: { rev: "41" }, b: { rev: "42" } });
});

test("the same plan from the same state gives the same steps in the same order, and the same verdict [K-055]", () => {
  const plan = planOf({
    steps: ["one", { id: "two", verify: "v" }],
    others: [{ id: "v", risk: "read" }],
    targets: ["a", "b"],
  });
  const doIt = (): { readonly lines: readonly string[]; readonly journal: string; readonly end: string } => {
    const run = play(plan);
    const lines = [...run.go()];
    for (const name of ["one@a", "one@b", "two@a", "two@b", "two@a", "two@b"]) lines.push(...run.end(name));
    return { lines, journal: JSON.stringify(run.journal), end: JSON.stringify(verdictOf(run.view, plan)) };
  };
  const [first, second] = [doIt(), doIt()];
  assert.deepEqual(first, second);
  assert.equal(first.lines.length, 6);
  assert.match(first.end, /"pass"/);
});

test("advance says what next says of the folded journal", () => {
  const run = play(planOf({ steps: ["one", "two"], targets: ["a", "b"] }));
  assert.deepEqual(advance(run.plan, run.journal, run.now), run.next());
  run.go();
  run.end("one@a");
  assert.deepEqual(advance(run.plan, run.journal, run.now), run.next());
  assert.deepEqual(advance(run.plan, [], run.now), []);
});

test("a plan that could lose a step, an approval or the undo of a fault is no plan", () => {
  const bad = [
    planOf({ steps: ["s", "s"] }),
    planOf({ steps: [{ id: "s", verify: "nowhere" }] }),
    planOf({ steps: [{ id: "s", until: "s" }] }),
    planOf({ steps: [{ id: "s", kind: "approve" }] }),
    planOf({ steps: ["s"], targets: ["a", "b"], batches: [["a"]] }),
    planOf({ steps: ["s"], targets: ["a"], batches: [["a"], ["a"]] }),
    planOf({ steps: [{ id: "s", kind: "wait" }] }),
  ];
  for (const plan of bad) assert.throws(() => play(plan), TypeError);
});

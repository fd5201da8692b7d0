// Objectives beside what was measured: missed is a failure, not measured is not demonstrated, and one run is an anecdote.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { drillOf, missedReasons, withObjectives } from "../src/evidence/run/drill.ts";
import type { Drilled } from "../src/evidence/drills.ts";
import type { PlanObjective } from "../src/model/plan.ts";
import { promisesOf } from "../src/report/drill/promises.ts";
import { planOf } from "./kit/plan.ts";

const rto = (value: number, comparison: "<" | "<=" = "<"): PlanObjective => ({
  name: "rto",
  comparison,
  value,
  unit: "seconds",
});
const rpo: PlanObjective = { name: "rpo", comparison: "<=", value: 0, unit: "events" };

const judged = (
  objectives: readonly PlanObjective[],
  measures: Record<string, string>,
  clock: "monotonic" | "wall" = "monotonic",
) => {
  const plan = { ...planOf({ steps: ["s"] }), drill: { kind: "restore" as const, objectives } };
  const drill = drillOf(plan, new Map(Object.entries(measures)), { clock, verdict: "pass" })!;
  return {
    verdict: withObjectives("pass", drill),
    met: drill.objectives.map(({ met }) => met),
    why: missedReasons(drill).map(({ code }) => code),
  };
};

test("a limit that is to stay below is not kept by reaching it; zero lost events are held to zero [K-077]", () => {
  assert.deepEqual(judged([rto(10)], { RTO_SECONDS: "9.999" }), { verdict: "pass", met: [true], why: [] });
  assert.deepEqual(judged([rto(10)], { RTO_SECONDS: "10.000" }), {
    ...{ verdict: "fail", met: [false], why: ["objective-missed"] },
  });
  assert.equal(judged([rto(10, "<=")], { RTO_SECONDS: "10.000" }).verdict, "pass");
  assert.equal(judged([rpo], { RPO_EVENTS: "0" }).verdict, "pass");
  assert.equal(judged([rpo], { LOST_ACKED: "1" }).verdict, "fail");
  const minutes: PlanObjective = { name: "rpo", comparison: "<", value: 900, unit: "seconds" };
  assert.equal(judged([minutes], { RPO_SECONDS: "960" }).verdict, "fail");
});

test("what nothing measured, or only a wall clock, is not demonstrated", () => {
  assert.deepEqual(judged([rto(10), rpo], { RTO_SECONDS: "1" }), {
    ...{ verdict: "inconclusive", met: [true, "unknown"], why: ["objective-unmeasured"] },
  });
  assert.deepEqual(judged([rto(10)], { RTO_SECONDS: "1" }, "wall").met, ["unknown"]);
  // Counts need no clock.
  assert.deepEqual(judged([rpo], { RPO_EVENTS: "0" }, "wall").met, [true]);
  // A missed objective is not hidden by one that was not measured.
  assert.equal(judged([rto(10), rpo], { RTO_SECONDS: "11" }).verdict, "fail");
});

test("what a run that ended badly measured on the way demonstrates nothing", () => {
  const plan = { ...planOf({ steps: ["s"] }), drill: { kind: "restore" as const, objectives: [rto(10)] } };
  const drill = drillOf(plan, new Map([["RTO_SECONDS", "1"]]), { clock: "monotonic", verdict: "fail" })!;
  assert.deepEqual(drill.objectives, [{ ...rto(10), met: "unknown" }]);
});

test("objectives never make a verdict better", () => {
  const drill = drillOf({ ...planOf({ steps: ["s"] }), drill: { kind: "restore", objectives: [] } }, new Map(), {
    clock: "monotonic",
    verdict: "pass",
  });
  for (const verdict of ["fail", "rehearsal", "inconclusive"] as const)
    assert.equal(withObjectives(verdict, drill), verdict);
});

const drilled = (ended: number, measured: number | undefined, verdict: Drilled["verdict"] = "pass"): Drilled => ({
  runbook: "restore-shop",
  // Logged in the order in which they ended.
  ...{ index: ended, ended, verdict, directory: `/e/${ended}` },
  objectives: [{ ...rto(10), ...(measured === undefined ? { met: "unknown" } : { measured, met: measured < 10 }) }],
});
const shop = [{ id: "restore-shop", title: "Restore the shop", objectives: [rto(10)] }];
const promised = (
  runbooks: typeof shop | readonly { id: string; title: string; objectives: never[] }[],
  drills: readonly Drilled[],
) => promisesOf(runbooks, { drills, removed: [] });
const newestFirst = (all: readonly Drilled[]) => all.toSorted((a, b) => b.ended - a.ended);

test("the worst of the last three that measured it counts, every attempt is counted, a rehearsal is none", () => {
  const [promise] = promised(
    shop,
    newestFirst([
      drilled(1, 99, "fail"),
      drilled(2, 4),
      drilled(3, 8),
      drilled(4, undefined, "fail"),
      drilled(5, 2),
      drilled(6, 1, "rehearsal"),
    ]),
  );
  assert.deepEqual(promise, {
    // The one before the last ended badly: that is no proof of ten seconds.
    ...{ runbook: "restore-shop", objective: rto(10), state: "missed", attempts: 5 },
    ...{ best: 2, worst: 8, last: 2, proven: 5 },
  });
  assert.equal(promised(shop, newestFirst([drilled(1, 11), drilled(2, 4), drilled(3, 8)]))[0]!.state, "missed");
  assert.equal(
    promised(shop, newestFirst([drilled(1, undefined, "fail"), drilled(2, 4), drilled(3, 8), drilled(4, 2)]))[0]!.state,
    "kept",
  );
  assert.equal(promised(shop, [drilled(1, undefined, "inconclusive")])[0]!.state, "unmeasured");
  assert.equal(promised(shop, [{ ...drilled(1, 2, "inconclusive"), doubted: true }])[0]!.state, "unmeasured");
  assert.equal(promised(shop, [drilled(1, undefined, "fail")])[0]!.state, "missed");
  const bare = [{ id: "restore-shop", title: "Restore the shop", objectives: [] }];
  assert.equal(promised(bare, newestFirst([drilled(1, 1), drilled(2, undefined, "fail")]))[0]!.state, "missed");
  assert.equal(promised(shop, [])[0]!.state, "undrilled");
});

test("evidence that was removed improves nothing: not its own promise, and not by being older than what counts", () => {
  const good = newestFirst([drilled(1_000, 2), drilled(2_000, 3), drilled(3_000, 4)]);
  const state = (drills: readonly Drilled[], index: number, runbook = "restore-shop") =>
    promisesOf(shop, { drills, removed: [{ runbook, index }] })[0]!.state;
  assert.equal(state(good, 2_500), "removed");
  assert.equal(state(good, 500), "kept", "older than the three that count");
  assert.equal(state(good, 2_500, "restore-blog"), "kept", "of something else");
  assert.equal(state(good.slice(0, 2), 500), "removed", "it would have been the third");
  assert.equal(state([], 500), "removed", "not undrilled");
  assert.equal(state([drilled(4_000, 99, "fail")], 500), "missed", "nor better");
  assert.equal(promisesOf(shop, { drills: good, removed: "all" })[0]!.state, "removed");
  // What was broken off, however often, pushes nothing out of the three that count.
  const off = [4_000, 5_000, 6_000].map((at) => drilled(at, undefined, "inconclusive"));
  assert.equal(state([...newestFirst(off), drilled(1_000, 2)], 2_000), "removed");
  const bare = [{ id: "restore-shop", objectives: [] }];
  const removed = [{ runbook: "restore-shop", index: 2_000 }];
  assert.equal(promisesOf(bare, { drills: [...newestFirst(off), drilled(1_000, 2)], removed })[0]!.state, "removed");
  // Ended after the three that count, whenever it began.
  const late = { drills: good, removed: [{ runbook: "restore-shop", index: 3_500 }] };
  assert.equal(promisesOf(shop, late)[0]!.state, "removed");
});

test("one more good drill never hides that the worst of three missed", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 }), (values) => {
      const all = newestFirst(values.map((value, index) => drilled(index, value)));
      const [promise] = promised(shop, all);
      const counted = values.slice(-3);
      assert.equal(promise!.worst, Math.max(...counted));
      assert.equal(promise!.state, counted.every((value) => value < 10) ? "kept" : "missed");
    }),
  );
});

// Approvals and keys: before what they stand, who counts, how long the question stands, what a no does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PLAN_GATE } from "../src/model/gate.ts";
import { gateOf, planOf } from "./kit/plan.ts";
import { play, type Play } from "./kit/run-play.ts";

const yes = (run: Play, by: string, gate = PLAN_GATE): readonly string[] =>
  run.say({ type: "approval.given", gate, by, signature: "sig", text: "text" });
const no = (run: Play, gate = PLAN_GATE): readonly string[] =>
  run.say({ type: "approval.rejected", gate, by: "q", reason: "not tonight" });
const key = (run: Play, step: string, batch = 0): readonly string[] => run.say({ type: "key", step, batch, by: "p" });
const HOUR = 3_600_000;

test("the plan's approval is asked for before the first change, in every posture; what reads before it may run", () => {
  for (const automation of ["guarded", "auto", "assist"] as const) {
    const run = play(planOf({ steps: ["look", { id: "s" }], gate: gateOf(), automation }));
    assert.deepEqual(run.go(), ["start do look@a 1"]);
    assert.deepEqual(run.end("look@a"), [`wake ${run.now + HOUR}`]);
    assert.deepEqual([run.view.state, run.waits], ["waiting", ["approval plan"]]);
    const begun = automation === "assist" ? [] : ["start do s@a 1"];
    assert.deepEqual(yes(run, "p"), begun);
  }
});

test("a step whose verify or fault removal may change something is a change too", () => {
  const others = [{ id: "v", risk: "unknown" }, { id: "u" }] as const;
  for (const step of [{ verify: "v" }, { undo: "u", until: "s" }]) {
    const run = play(planOf({ steps: [{ id: "s", risk: "read", ...step }], others, gate: gateOf() }));
    run.go();
    assert.deepEqual(run.waits, ["approval plan"]);
  }
});

test("a quorum is that many different people, and never the requester unless the book says so", () => {
  const run = play(planOf({ steps: [{ id: "s" }], gate: gateOf({ quorum: 2 }) }));
  run.go();
  yes(run, "p");
  yes(run, "p");
  yes(run, "requester");
  assert.deepEqual(run.waits, ["approval plan"]);
  assert.deepEqual(run.view.gates[0]!.given, [{ by: "p", at: run.now }]);
  assert.deepEqual(yes(run, "q"), ["start do s@a 1"]);

  const own = play(planOf({ steps: [{ id: "s" }], gate: gateOf({ requesterMay: true }) }));
  own.go();
  assert.deepEqual(yes(own, "requester"), ["start do s@a 1"]);
});

test("a no, or nobody's answer in time, before anything changed: the run is refused", () => {
  const rejected = play(planOf({ steps: [{ id: "s" }], gate: gateOf() }));
  rejected.go();
  no(rejected);
  assert.deepEqual([rejected.view.state, rejected.reasons], ["refused", ["approval-rejected"]]);

  const expired = play(planOf({ steps: [{ id: "s" }], gate: gateOf() }));
  expired.go();
  assert.deepEqual(expired.later(HOUR - 1), [`wake ${expired.now + 1}`]);
  expired.later(1);
  assert.deepEqual([expired.view.state, expired.reasons], ["refused", ["approval-expired"]]);
});

test("a no to a step before anything changed refuses the run as well", () => {
  const run = play(planOf({ steps: ["look", { id: "s", gate: gateOf(), onFail: "continue" }] }));
  run.go();
  run.end("look@a");
  no(run, "s");
  assert.equal(run.view.state, "refused");
});

test("an approval that waited for days across a crash still counts, one that comes too late does not", () => {
  const gate = gateOf({ expiresMs: 72 * HOUR });
  const run = play(planOf({ steps: [{ id: "s" }], gate }));
  run.go();
  run.later(71 * HOUR);
  run.take().go();
  assert.deepEqual(yes(run, "p"), ["start do s@a 1"]);

  const late = play(planOf({ steps: [{ id: "s" }], gate }));
  late.go();
  late.now += 72 * HOUR;
  yes(late, "p");
  assert.equal(late.view.state, "refused");
});

test("a yes after a no changes nothing, a no after enough yes neither", () => {
  const run = play(planOf({ steps: ["look", { id: "s" }, { id: "t", gate: gateOf() }], gate: gateOf() }));
  run.go();
  run.end("look@a");
  yes(run, "p");
  no(run);
  assert.equal(run.state("s@a"), "running");
  run.end("s@a");
  run.put({ type: "approval.rejected", gate: "t", by: "q", reason: "" });
  run.put({ type: "approval.given", gate: "t", by: "p", signature: "", text: "" });
  run.go();
  assert.equal(run.view.state, "failed");
  assert.equal(run.state("t@a"), "failed");
});

test("a step's own approval stands before this step, once for all batches", () => {
  const steps = [{ id: "s" }, { id: "t", gate: gateOf() }];
  const run = play(planOf({ steps, targets: ["a", "b"], batches: [["a"], ["b"]] }));
  run.go();
  run.end("s@a");
  assert.deepEqual(run.waits, ["approval t"]);
  assert.deepEqual(yes(run, "p", "t"), ["start do t@a 1"]);
  run.end("t@a");
  assert.deepEqual(run.end("s@b"), ["start do t@b 1"]);
});

test("a no to a step after something changed is a failure of the run, and the step's on-fail decides", () => {
  const others = [{ id: "u" }];
  const ends = { stop: "failed", undo: "undone", continue: "done" } as const;
  for (const [onFail, state] of Object.entries(ends)) {
    const steps = [
      { id: "s", undo: "u" },
      { id: "t", gate: gateOf(), onFail: onFail as keyof typeof ends },
    ];
    const run = play(planOf({ steps, others }));
    run.go();
    run.end("s@a");
    const began = no(run, "t");
    if (onFail === "undo") assert.deepEqual(began, ["start undo s@a 1"]);
    if (onFail === "undo") run.end("s@a");
    assert.equal(run.view.state, state);
  }
});

test("on-fail ask after a no: a retry asks for the approval again", () => {
  const run = play(planOf({ steps: [{ id: "s" }, { id: "t", gate: gateOf(), onFail: "ask" }] }));
  run.go();
  run.end("s@a");
  no(run, "t");
  assert.deepEqual(run.waits, ["answer t a"]);
  run.say({ type: "answer", step: "t", target: "a", choice: "retry", by: "p", note: "" });
  assert.deepEqual(run.waits, ["approval t"]);
  assert.deepEqual(yes(run, "p", "t"), ["start do t@a 1"]);
});

test("approve is its approval and nothing else", () => {
  const run = play(planOf({ steps: [{ id: "s", kind: "approve", risk: "read", gate: gateOf() }, "t"] }));
  run.go();
  assert.deepEqual(run.waits, ["approval s"]);
  assert.deepEqual(yes(run, "p", "s"), ["start do t@a 1"]);
  assert.equal(run.state("s@a"), "done");
});

test("assist: every change, and every banner, waits for a person's key, once per batch", () => {
  const steps = ["look", { id: "s" }, { id: "warn", risk: "read", banner: "mind the gap" }] as const;
  const run = play(planOf({ steps, automation: "assist", targets: ["a", "b"], batches: [["a"], ["b"]] }));
  assert.deepEqual(run.go(), ["start do look@a 1"]);
  assert.deepEqual(run.end("look@a"), []);
  assert.deepEqual([run.view.state, run.waits], ["waiting", ["key s"]]);
  assert.deepEqual(key(run, "s"), ["start do s@a 1"]);
  run.end("s@a");
  assert.deepEqual(run.waits, ["key warn"]);
  key(run, "warn");
  run.end("warn@a");
  assert.deepEqual(run.end("look@b"), []);
  assert.deepEqual(
    run.view.waits.map(({ batch }) => batch),
    [1],
  );
});

test("a key pressed ahead of its time, or for another batch, is no consent", () => {
  const run = play(planOf({ steps: ["look", { id: "s" }], automation: "assist" }));
  run.go();
  key(run, "s");
  run.end("look@a");
  key(run, "s", 1);
  key(run, "look");
  assert.deepEqual(run.waits, ["key s"]);

  const batches = play(
    planOf({ steps: [{ id: "s" }], automation: "assist", targets: ["a", "b"], batches: [["a"], ["b"]] }),
  );
  batches.go();
  key(batches, "s", 1);
  key(batches, "s", 0);
  batches.end("s@a");
  assert.deepEqual(batches.waits, ["key s"]);
});

test("other postures want no key", () => {
  for (const automation of ["guarded", "auto"] as const) {
    const run = play(planOf({ steps: [{ id: "s", banner: "mind" }], automation }));
    assert.deepEqual(run.go(), ["start do s@a 1"]);
  }
});

test("what a person does anyway wants no key besides", () => {
  const steps = [
    { id: "s", kind: "manual" },
    { id: "t", kind: "approve", gate: gateOf() },
  ];
  const run = play(planOf({ steps, automation: "assist" }));
  run.go();
  assert.deepEqual(run.waits, ["tick s a"]);
  run.say({ type: "tick", step: "s", target: "a", by: "p", done: true, note: "" });
  yes(run, "p", "t");
  assert.equal(run.view.state, "done");
});

// Undoing: what, in which order, and what is left when an undo fails; faults that must be removed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf, type StepOf } from "./kit/plan.ts";
import { play, type Play } from "./kit/run-play.ts";

const red = { ending: "failed" } as const;
const others: readonly StepOf[] = ["u1", "u2", "u3"].map((id) => ({ id }));
const three: readonly StepOf[] = [
  { id: "one", undo: "u1" },
  { id: "two", undo: "u2" },
  { id: "three", undo: "u3", onFail: "undo" },
];

function upTo(run: Play, ...names: readonly string[]): readonly string[] {
  let last = run.go();
  for (const name of names) last = run.end(name);
  return last;
}

test("a failure undoes what was applied, the failed step too, in reverse order, one after the other", () => {
  const run = play(planOf({ steps: three, others }));
  upTo(run, "one@a", "two@a");
  assert.deepEqual(run.end("three@a", red), ["start undo three@a 1"]);
  assert.equal(run.view.state, "undoing");
  assert.deepEqual(run.end("three@a"), ["start undo two@a 1"]);
  assert.deepEqual(run.end("two@a"), ["start undo one@a 1"]);
  run.end("one@a");
  assert.equal(run.view.state, "undone");
  assert.deepEqual([run.state("one@a"), run.state("three@a")], ["undone", "undone"]);
});

test("one failure too many undoes everything on all targets in reverse order of the intents", () => {
  const run = play(planOf({ steps: three, others, targets: ["a", "b"] }));
  upTo(run, "one@b", "one@a", "two@a", "two@b");
  run.end("three@a");
  assert.deepEqual(run.end("three@b", red), ["start undo three@b 1"]);
  const order: string[] = [];
  for (let name = "three@b"; run.view.state === "undoing";) {
    const [began] = run.end(name);
    name = began?.split(" ")[2] ?? "";
    if (name) order.push(name);
  }
  assert.deepEqual(order, ["three@a", "two@b", "two@a", "one@b", "one@a"]);
});

test("a failure that is allowed undoes its target only; the others go on, the next batch waits for it", () => {
  const plan = planOf({ steps: three, others, targets: ["a", "b", "c"], batches: [["a", "b"], ["c"]], maxFailures: 1 });
  const run = play(plan);
  upTo(run, "one@a", "one@b", "two@a", "two@b");
  assert.deepEqual(run.end("three@a", red), ["start undo three@a 1"]);
  assert.deepEqual(run.end("three@b"), []);
  assert.deepEqual(run.end("three@a"), ["start undo two@a 1"]);
  assert.deepEqual(run.end("two@a"), ["start undo one@a 1"]);
  assert.deepEqual(run.end("one@a"), ["start do one@c 1"]);
  for (const name of ["one@c", "two@c", "three@c"]) run.end(name);
  assert.deepEqual([run.view.state, run.view.dropped], ["failed", ["a"]]);
});

test("what never began, is not undone: unreachable, absent by its receipt, or a person said no", () => {
  const unreached = play(planOf({ steps: three, others }));
  upTo(unreached, "one@a", "two@a");
  assert.deepEqual(unreached.end("three@a", { ending: "unreachable" }), ["start undo two@a 1"]);

  const no = play(planOf({ steps: three, others }));
  upTo(no, "one@a", "two@a");
  no.take().go();
  no.say({ type: "undecided", tried: "receipt", ...no.open("three@a") });
  const decided = { type: "decided", happened: "no", by: "p", note: "", ...no.open("three@a") } as const;
  assert.deepEqual(no.say(decided), ["start undo two@a 1"]);
});

test("an undo is done when its own verify says so", () => {
  const plan = planOf({
    steps: [{ id: "s", undo: "u", onFail: "undo" }],
    others: [
      { id: "u", verify: "uv" },
      { id: "uv", risk: "read" },
    ],
  });
  for (const [ending, state] of [
    ["ok", "undone"],
    ["failed", "failed-undo"],
  ] as const) {
    const run = play(plan);
    run.go();
    run.end("s@a", red);
    assert.deepEqual(run.end("s@a"), ["start undo-verify s@a 1"]);
    run.end("s@a", { ending });
    assert.equal(run.view.state, state);
  }
});

test("a failed undo is never tried again; nothing more is undone on that target, the others are, and what is left is named", () => {
  const retry = { times: 3, delayMs: 1, maxMs: 1 };
  const stubborn = others.map((step) => ({ ...step, retry, idempotent: true }));
  const run = play(planOf({ steps: three, others: stubborn, targets: ["a", "b"] }));
  upTo(run, "one@a", "one@b", "two@a", "two@b");
  run.end("three@a");
  run.end("three@b", red);
  assert.deepEqual(run.end("three@b", red), ["start undo three@a 1"]);
  assert.deepEqual(run.end("three@a"), ["start undo two@a 1"]);
  run.end("two@a");
  run.end("one@a");
  assert.equal(run.view.state, "failed-undo");
  const left = run.view.ended!.reasons.map(({ code, args }) => `${code} ${args["step"]}@${args["target"]}`);
  assert.deepEqual(left, ["left one@b", "left two@b", "undo-failed three@b"]);
});

test("a change without an undo is named when everything else is undone", () => {
  const run = play(planOf({ steps: [{ id: "s" }, { id: "t", undo: "u1", onFail: "undo" }], others }));
  upTo(run, "s@a");
  run.end("t@a", red);
  run.end("t@a");
  // What failed and was undone is why; what cannot be undone is what is left.
  assert.deepEqual([run.view.state, run.reasons], ["undone", ["no-undo", "step-failed"]]);
});

test("answer undo undoes the target", () => {
  const run = play(
    planOf({
      steps: [
        { id: "s", undo: "u1" },
        { id: "t", onFail: "ask" },
      ],
      others,
    }),
  );
  upTo(run, "s@a");
  run.end("t@a", red);
  const answer = { type: "answer", step: "t", target: "a", choice: "undo", by: "p", note: "" } as const;
  assert.deepEqual(run.say(answer), ["start undo s@a 1"]);
});

const fault: StepOf = { id: "fault_injection", undo: "u1", until: "load", scope: "run" };

test("a fault is removed when its last step has ended, before the next step begins", () => {
  const run = play(planOf({ steps: [fault, "load", "after"], others, targets: ["a", "b"] }));
  assert.deepEqual(upTo(run, "fault_injection@-"), ["start do load@a 1", "start do load@b 1"]);
  assert.deepEqual(run.end("load@a"), []);
  assert.deepEqual(run.end("load@b", red), ["start undo fault_injection@- 1"]);
  assert.deepEqual(run.end("fault_injection@-"), []);
  assert.equal(run.view.state, "failed");

  const good = play(planOf({ steps: [fault, "load", "after"], others }));
  assert.deepEqual(upTo(good, "fault_injection@-", "load@a"), ["start undo fault_injection@- 1"]);
  assert.deepEqual(good.end("fault_injection@-"), ["start do after@a 1"]);
  good.end("after@a");
  assert.deepEqual([good.view.state, good.reasons], ["done", []]);
});

test("a fault whose injection failed, was cancelled, or is in doubt is removed as well, even while the run is paused", () => {
  const plan = planOf({ steps: [fault, "load"], others });
  const failed = play(plan);
  failed.go();
  assert.deepEqual(failed.end("fault_injection@-", red), ["start undo fault_injection@- 1"]);

  const cancelled = play(plan);
  cancelled.go();
  cancelled.say({ type: "cancel", by: "p", reason: "", undo: false });
  assert.deepEqual(cancelled.end("fault_injection@-", { ending: "cancelled" }), ["start undo fault_injection@- 1"]);
  cancelled.end("fault_injection@-");
  assert.equal(cancelled.view.state, "cancelled");

  const doubtful = play(plan);
  doubtful.go();
  doubtful.take().go();
  doubtful.say({ type: "undecided", tried: "receipt", ...doubtful.open("fault_injection@-") });
  const began = doubtful.say({ type: "cancel", by: "p", reason: "", undo: false });
  assert.deepEqual(began, ["start undo fault_injection@- 1"]);

  const paused = play(plan);
  upTo(paused, "fault_injection@-");
  paused.say({ type: "pause", by: "p", reason: "" });
  assert.deepEqual(paused.end("load@a"), ["start undo fault_injection@- 1"]);
});

test("a fault that cannot be removed ends the run as failed-undo, and nothing more begins", () => {
  const run = play(planOf({ steps: [fault, "load", "after"], others }));
  upTo(run, "fault_injection@-", "load@a");
  assert.deepEqual(run.end("fault_injection@-", red), []);
  assert.deepEqual([run.view.state, run.reasons], ["failed-undo", ["undo-failed"]]);
});

test("a fault on a target that drops out is removed at once", () => {
  const steps = [{ ...fault, scope: "target" }, "mid", "load"] as const;
  const run = play(planOf({ steps, others, targets: ["a", "b"], maxFailures: 1 }));
  upTo(run, "fault_injection@a", "fault_injection@b");
  assert.deepEqual(run.end("mid@a", red), ["start undo fault_injection@a 1"]);
  assert.equal(run.state("fault_injection@b"), "done");
});

test("a pause does not hold the proof that a fault is removed", () => {
  const proven: readonly StepOf[] = [
    { id: "u1", verify: "gone" },
    { id: "gone", risk: "read" },
  ];
  const run = play(planOf({ steps: [fault, "load"], others: proven }));
  upTo(run, "fault_injection@-", "load@a");
  run.say({ type: "pause", by: "p", reason: "" });
  assert.deepEqual(run.end("fault_injection@-"), ["start undo-verify fault_injection@- 1"]);
});

test("a fault done once in the run lasts until its last step ended in the last batch; on each target, in its batch", () => {
  const batches = { targets: ["a", "b"], batches: [["a"], ["b"]] };
  const once = play(planOf({ steps: [fault, "load"], others, ...batches }));
  assert.deepEqual(upTo(once, "fault_injection@-", "load@a"), ["start do load@b 1"]);
  assert.deepEqual(once.end("load@b"), ["start undo fault_injection@- 1"]);

  const each = play(planOf({ steps: [{ ...fault, scope: "target" }, "load"], others, ...batches }));
  assert.deepEqual(upTo(each, "fault_injection@a", "load@a"), ["start undo fault_injection@a 1"]);
});

test("a fault that was to last until a step before it is removed when it was injected everywhere", () => {
  const run = play(planOf({ steps: ["load", { ...fault, scope: "target" }], others, targets: ["a", "b"] }));
  upTo(run, "load@a", "load@b");
  assert.deepEqual(run.end("fault_injection@a"), []);
  const both = ["start undo fault_injection@b 1", "start undo fault_injection@a 1"];
  assert.deepEqual(run.end("fault_injection@b"), both);
});

test("an undo that a person does waits for that person, and says so; nobody else ends it", () => {
  const steps = [{ id: "one", undo: "by-hand", verify: "look", onFail: "undo" as const }];
  const others = [
    { id: "by-hand", kind: "manual" },
    { id: "look", risk: "read" as const },
  ];
  const run = play(planOf({ steps, others }));
  run.go();
  run.end("one@a");
  run.end("one@a", red);
  assert.equal(run.view.state, "waiting");
  const [wait] = run.view.waits;
  assert.deepEqual([wait?.kind, wait?.step, wait?.purpose], ["tick", "one", "undo"]);
  run.put({ type: "tick", step: "one", target: "a", by: "ana", done: true, note: "" });
  run.go();
  assert.deepEqual([run.view.state, run.state("one@a")], ["undone", "undone"]);
});

// Seconds of a rollback from the journal alone: where they begin, where they end, and when there are none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bound, goodRun, inputOfRun } from "./kit/run-evidence.ts";
import type { PlanOf } from "./kit/plan.ts";
import { play, type Play } from "./kit/run-play.ts";

const red = { ending: "failed", reason: "exit-code", args: { code: 1 } } as const;
const ROLLOUT = { strategy: "canary", gates: ["gate/a"], soakMs: 0, rollback: "auto" } as const;

const values = (run: Play): Readonly<Record<string, string>> =>
  Object.fromEntries(inputOfRun(run, { kind: "deploy" }).env);
const rollback = (run: Play): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values(run)).flatMap(([key, value]) => (key.startsWith("ROLLBACK_") ? [[key.slice(9), value]] : [])),
  );

/** A switch that can be undone (and seen to be), then a look that fails as `onFail` says. */
const plan = (onFail: "undo" | "ask", more: Partial<PlanOf> = {}) =>
  bound({
    steps: [
      { id: "switch", undo: "back" },
      { id: "look", risk: "read", onFail },
    ],
    others: [
      { id: "back", verify: "is-back" },
      { id: "is-back", risk: "read" },
    ],
    ...more,
  });

function upToLook(run: Play): Play {
  run.go();
  for (const { name } of run.plan.targets) run.end(`switch@${name}`);
  return run;
}

/** Ends what is open, `ms` later each time. */
function finish(run: Play, ms: number): Play {
  for (let open = run.view.tasks.find((task) => task.open); open; open = run.view.tasks.find((task) => task.open)) {
    run.now += ms;
    run.end(`${open.step}@${open.target}`);
  }
  return run;
}

test("from the outcome that failed, whatever ended in between, to the verify of the last undo", () => {
  const run = upToLook(play(plan("undo", { targets: ["a", "b"] })));
  run.end("look@a", red);
  run.now += 5_000;
  run.end("look@b");
  finish(run, 1_000);
  assert.equal(run.view.state, "undone");
  // Five seconds for what was going on, then two undos, each with its verify.
  assert.deepEqual(rollback(run), { COMPLETE: "true", SECONDS: "9.000" });
});

test("a crash between the failure and the first undo counts", () => {
  const run = upToLook(play(plan("undo")));
  run.put({ type: "outcome", ...run.open("look@a"), seconds: 1, ...red });
  run.now += 30_000;
  run.epoch += 1;
  run.put({ type: "run.taken", epoch: run.epoch, host: "h", pid: 9 });
  run.go();
  finish(run, 500);
  assert.deepEqual(rollback(run), { COMPLETE: "true", SECONDS: "31.000" });
});

test("where a person is asked, the time from the decision stands beside the whole", () => {
  const run = upToLook(play(plan("ask")));
  run.end("look@a", red);
  run.now += 600_000;
  run.say({ type: "answer", step: "look", target: "a", choice: "undo", by: "li", note: "" });
  finish(run, 1_000);
  assert.deepEqual(rollback(run), { COMPLETE: "true", SECONDS: "602.000", DECIDED_SECONDS: "2.000" });
});

test("a failure that was tried again and went well is none; a cancel with undo is", () => {
  const run = upToLook(
    play(plan("ask", { steps: [{ id: "switch", undo: "back" }, { id: "look", risk: "read", onFail: "ask" }, "more"] })),
  );
  run.end("look@a", red);
  run.now += 60_000;
  run.say({ type: "answer", step: "look", target: "a", choice: "retry", by: "li", note: "" });
  run.end("look@a");
  run.now += 60_000;
  run.say({ type: "cancel", by: "li", reason: "enough", undo: true });
  finish(run, 1_000);
  assert.equal(run.view.state, "undone");
  assert.deepEqual(rollback(run), { COMPLETE: "true", SECONDS: "3.000" });
});

test("from the injected fault too, of the batch that failed; its removal is no rollback", () => {
  const steps: PlanOf["steps"] = [
    { id: "fault_injection", kind: "fault", undo: "fault_injection/remove", until: "switch", onFail: "undo" },
    { id: "switch", undo: "back", onFail: "undo" },
  ];
  const others = [{ id: "back" }, { id: "fault_injection/remove", kind: "fault", idempotent: true }];
  const two = { targets: ["a", "b"], batches: [["a"], ["b"]], steps, others };
  const run = play(bound({ ...two, rollout: { ...ROLLOUT, rollbackWithin: 10 } }));
  run.go();
  run.end("fault_injection@a");
  run.end("switch@a");
  run.end("fault_injection@a");
  run.now += 100_000;
  run.end("fault_injection@b");
  run.now += 3_000;
  run.end("switch@b", red);
  finish(run, 2_000);
  assert.equal(run.view.state, "undone");
  const { FROM_FAULT_SECONDS: fault, SECONDS: whole, ...rest } = rollback(run);
  assert.deepEqual(rest, { COMPLETE: "true", WITHIN_SECONDS: "10.000", WITHIN_MET: "true" });
  // The fault is removed first, then both switches are undone.
  assert.deepEqual([whole, fault], ["6.000", "109.000"]);
  const early = play(bound(two));
  early.go();
  early.end("fault_injection@a");
  early.end("switch@a", red);
  finish(early, 1_000);
  // The second batch never had it.
  assert.deepEqual(
    ["FAULT_EFFECT_VERIFIED", "FAULT_REMOVED", "STATE"].map((key) => values(early)[key]),
    ["true", "true", "undone"],
  );
  const good = play(bound({ ...two, targets: ["a"], batches: [["a"]] }));
  good.go();
  finish(good, 1_000);
  assert.deepEqual([good.view.state, rollback(good)], ["done", {}]);
});

test("over its objective it is missed, and so is what was left; a wall clock demonstrates neither", () => {
  const within = { rollout: { ...ROLLOUT, rollbackWithin: 1.5 } };
  const late = upToLook(play(plan("undo", within)));
  late.end("look@a", red);
  finish(late, 1_000);
  assert.deepEqual(rollback(late), {
    COMPLETE: "true",
    SECONDS: "2.000",
    WITHIN_SECONDS: "1.500",
    WITHIN_MET: "false",
  });
  assert.equal(values(late)["VERDICT"], "fail");
  const wall = Object.fromEntries(inputOfRun(late, { journal: late.journal }).env);
  assert.deepEqual([wall["CLOCK_SOURCE"], wall["ROLLBACK_WITHIN_MET"]], ["wall", "unknown"]);
  const left = upToLook(play(plan("undo", within)));
  left.end("look@a", red);
  left.end("switch@a", red);
  assert.equal(left.view.state, "failed-undo");
  assert.deepEqual(rollback(left), { COMPLETE: "false", WITHIN_SECONDS: "1.500", WITHIN_MET: "false" });
});

test("a step that is done on some of the targets only is judged on those", () => {
  const some = bound({
    steps: ["look", { id: "switch", targets: ["b"] }],
    targets: ["a", "b"],
    batches: [["a"], ["b"]],
  });
  const input = inputOfRun(goodRun(some), { kind: "deploy" });
  assert.equal(input.verdict, "pass");
  const env: Readonly<Record<string, string>> = Object.fromEntries(input.env);
  assert.deepEqual(
    [1, 2, 3].map((n) => [env[`STEP_${n}_NAME`], env[`STEP_${n}_TARGET`]]),
    [
      ["look", "a"],
      ["look", "b"],
      ["switch", "b"],
    ],
  );
});

test("what a person undid at a console took the time they say, and demonstrates no limit", () => {
  const others = [{ id: "back", kind: "manual", byHand: { kind: "shell" } }] as const;
  const run = upToLook(play(plan("undo", { others, rollout: { ...ROLLOUT, rollbackWithin: 60 } })));
  run.end("look@a", red);
  run.now += 2_000;
  run.say({ type: "tick", step: "switch", target: "a", by: "ana", done: true, note: "it is back" });
  run.go();
  assert.equal(run.view.state, "undone");
  assert.deepEqual(rollback(run), {
    COMPLETE: "true",
    SECONDS: "2.000",
    BY: "person",
    WITHIN_SECONDS: "60.000",
    WITHIN_MET: "unknown",
  });
});

test("a fault in a runbook that stands in the place of a step is told as any other", () => {
  const fault = { kind: "cluster-fault", undo: "SOP-02/1/fault_injection/remove", until: "SOP-02/1/promote" } as const;
  const nested = bound({
    steps: [{ id: "SOP-02/1/fault_injection", ...fault }, { id: "SOP-02/1/promote" }],
    others: [{ id: "SOP-02/1/fault_injection/remove", kind: "cluster-fault", idempotent: true }],
  });
  const said = values(goodRun(nested));
  assert.deepEqual([said["FAULT_EFFECT_VERIFIED"], said["FAULT_REMOVED"], said["VERDICT"]], ["true", "true", "pass"]);
});

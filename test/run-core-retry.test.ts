// Attempts that fail: retries with their pauses, on-fail, and the steps that the engine does itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf } from "./kit/plan.ts";
import { play, type Play } from "./kit/run-play.ts";

const retry = { times: 2, delayMs: 1_000, maxMs: 1_500 };
const red = { ending: "failed", reason: "exit" } as const;

const answer = (run: Play, choice: "retry" | "skip" | "undo" | "stop", target = "a"): readonly string[] =>
  run.say({ type: "answer", step: "s", target, choice, by: "p", note: "" });

test("a read is tried again after a pause that doubles up to its limit, as often as declared", () => {
  const run = play(planOf({ steps: [{ id: "s", risk: "read", retry }] }));
  run.go();
  assert.deepEqual(run.end("s@a", red), [`wake ${run.now + 1_000}`]);
  assert.deepEqual([run.state("s@a"), run.view.state, run.waits], ["retrying", "waiting", ["timer s a"]]);
  assert.deepEqual(run.later(999), [`wake ${run.now + 1}`]);
  assert.deepEqual(run.later(1), ["start do s@a 2"]);
  assert.deepEqual(run.end("s@a", { ending: "timeout" }), [`wake ${run.now + 1_500}`]);
  assert.deepEqual(run.later(1_500), ["start do s@a 3"]);
  run.end("s@a", red);
  assert.deepEqual([run.view.state, run.reasons], ["failed", ["step-failed"]]);
});

test("a write is tried again only when it is declared idempotent, or nothing began", () => {
  const once = play(planOf({ steps: [{ id: "s", retry }] }));
  once.go();
  once.end("s@a", red);
  assert.equal(once.view.state, "failed");

  const twice = play(planOf({ steps: [{ id: "s", retry, idempotent: true }] }));
  twice.go();
  assert.deepEqual(twice.end("s@a", red), [`wake ${twice.now + 1_000}`]);

  const unreached = play(planOf({ steps: [{ id: "s", retry, risk: "destructive" }] }));
  unreached.go();
  unreached.end("s@a", { ending: "unreachable" });
  assert.deepEqual(unreached.later(1_000), ["start do s@a 2"]);
  unreached.end("s@a", red);
  assert.equal(unreached.view.state, "failed");
});

test("without a retry nothing is tried again, not even where nothing began", () => {
  const run = play(planOf({ steps: ["s"] }));
  run.go();
  assert.deepEqual(run.end("s@a", { ending: "unreachable" }), []);
  assert.equal(run.view.state, "failed");
});

test("a failed target drops out and costs that target only, up to maxFailures", () => {
  const run = play(planOf({ steps: ["s", "t"], targets: ["a", "b", "c"], maxFailures: 1 }));
  run.go();
  run.end("s@a", red);
  run.end("s@b");
  assert.deepEqual(run.end("s@c"), ["start do t@b 1", "start do t@c 1"]);
  assert.deepEqual(run.view.dropped, ["a"]);
  run.end("t@b");
  run.end("t@c");
  // It came to its end, and still not every step ended well.
  assert.deepEqual([run.view.state, run.reasons], ["failed", ["step-failed"]]);
});

test("one failure too many stops the run: nothing new begins, what is going on is let finish", () => {
  const run = play(planOf({ steps: ["s", "t"], targets: ["a", "b", "c"], parallel: 2 }));
  run.go();
  assert.deepEqual(run.end("s@a", red), []);
  assert.equal(run.view.state, "running");
  assert.deepEqual(run.end("s@b"), []);
  assert.equal(run.view.state, "failed");
  assert.deepEqual([run.state("s@b"), run.state("s@c"), run.state("t@b")], ["done", "pending", "pending"]);
});

test("a step that is not done on each target stops the whole run when it fails, whatever maxFailures allows", () => {
  for (const scope of ["run", "batch"] as const) {
    const run = play(planOf({ steps: [{ id: "s", scope }, "t"], targets: ["a", "b"], maxFailures: 2 }));
    run.go();
    run.end(scope === "run" ? "s@-" : "s@batch-1", red);
    assert.equal(run.view.state, "failed");
  }
});

test("on-fail continue: the target stays in and the run goes on", () => {
  const run = play(planOf({ steps: [{ id: "s", onFail: "continue" }, "t"] }));
  run.go();
  assert.deepEqual(run.end("s@a", red), ["start do t@a 1"]);
  run.end("t@a");
  assert.deepEqual([run.view.state, run.reasons], ["done", ["step-failed"]]);
});

test("on-fail ask waits for a person: retry, skip, stop", () => {
  const plan = planOf({ steps: [{ id: "s", onFail: "ask", risk: "destructive" }, "t"] });
  const run = play(plan);
  run.go();
  assert.deepEqual(run.end("s@a", red), []);
  assert.deepEqual([run.view.state, run.waits], ["waiting", ["answer s a"]]);
  assert.deepEqual(answer(run, "retry"), ["start do s@a 2"]);
  run.end("s@a", red);
  assert.deepEqual(answer(run, "skip"), ["start do t@a 1"]);
  assert.equal(run.state("s@a"), "skipped");
  run.end("t@a");
  assert.equal(run.view.state, "done");

  const stopped = play(plan);
  stopped.go();
  stopped.end("s@a", red);
  answer(stopped, "stop");
  assert.equal(stopped.view.state, "failed");
});

test("a second answer changes nothing", () => {
  const run = play(planOf({ steps: [{ id: "s", onFail: "ask" }, "t"], targets: ["a", "b"] }));
  run.go();
  run.end("s@a", red);
  answer(run, "skip");
  const before = JSON.stringify(run.view.tasks);
  answer(run, "stop");
  answer(run, "retry", "b");
  assert.equal(JSON.stringify(run.view.tasks), before);
});

test("wait: an intent, a timer, and an outcome when the time has come; a crash does not begin it anew", () => {
  const run = play(planOf({ steps: [{ id: "s", kind: "wait", params: { ms: 60_000 }, risk: "read" }] }));
  const end = run.now + 60_000;
  assert.deepEqual(run.go(), [`wake ${end}`]);
  assert.deepEqual(run.waits, ["timer s a"]);
  run.later(30_000);
  assert.deepEqual(run.take().go(), [`wake ${end}`]);
  run.later(30_000);
  assert.equal(run.view.state, "done");
  assert.deepEqual(
    run.journal.map(({ entry }) => entry.type),
    ["run.created", "run.taken", "intent", "timer", "run.taken", "outcome", "run.ended"],
  );
});

test("manual: waits for a person; done is done, not done is failed; a crash changes nothing", () => {
  for (const done of [true, false]) {
    const run = play(planOf({ steps: [{ id: "s", kind: "manual" }, "t"] }));
    assert.deepEqual(run.go(), []);
    assert.deepEqual([run.view.state, run.waits, run.state("s@a")], ["waiting", ["tick s a"], "waiting"]);
    run.take().go();
    assert.equal(run.state("s@a"), "waiting");
    const tick = { type: "tick", step: "s", target: "a", by: "p", note: "" } as const;
    // Two people at once: the first word counts.
    run.put({ ...tick, done }).say({ ...tick, done: !done });
    assert.equal(run.state("s@a"), done ? "done" : "failed");
  }
});

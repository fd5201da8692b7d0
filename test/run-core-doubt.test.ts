// After a crash: what began and has no outcome. Receipt, declared state, harmless repetition, a person; in this order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf, type StepOf } from "./kit/plan.ts";
import { play, type Play } from "./kit/run-play.ts";

/** A run that crashed while `s` was going on. */
function crashed(step: Partial<StepOf>, others: readonly StepOf[] = []): Play {
  const run = play(planOf({ steps: [{ id: "s", ...step }, "t"], others }));
  run.go();
  return run.take();
}

const undecided = (run: Play, tried: "receipt" | "verify"): readonly string[] =>
  run.say({ type: "undecided", tried, ...run.open("s@a") });
const decided = (run: Play, happened: "yes" | "no" | "redo"): readonly string[] =>
  run.say({ type: "decided", ...run.open("s@a"), happened, by: "p", note: "looked" });
const verify: StepOf = { id: "v", risk: "read" };

test("an attempt without an outcome is in doubt when a worker takes the run, and its receipt is asked first", () => {
  const run = crashed({ risk: "destructive" });
  assert.deepEqual(run.go(), ["attach receipt do s@a 1"]);
  assert.equal(run.state("s@a"), "doubt");
  assert.deepEqual(run.end("s@a", { via: "receipt" }), ["start do t@a 1"]);
  assert.equal(run.state("s@a"), "done");
});

test("a receipt that tells of a failure is a failure", () => {
  const run = crashed({});
  run.go();
  run.end("s@a", { ending: "failed", code: 3, via: "receipt" });
  assert.deepEqual([run.view.state, run.reasons], ["failed", ["step-failed"]]);
});

test("a receipt that tells that nothing began lets even a destructive step begin, without asking", () => {
  const run = crashed({ risk: "destructive" });
  run.go();
  const next = run.end("s@a", { ending: "unknown", via: "receipt", reason: "never-began" });
  assert.deepEqual(next, ["start do s@a 2"]);
});

test("where the receipt cannot tell, the verify of a declared state is asked, of mere health is not", () => {
  const declared = crashed({ verify: "v", declares: true }, [verify]);
  declared.go();
  assert.deepEqual(undecided(declared, "receipt"), ["attach verify do s@a 1"]);
  assert.deepEqual(declared.end("s@a", { via: "verify" }), ["start verify s@a 1"]);

  const health = crashed({ verify: "v" }, [verify]);
  health.go();
  assert.deepEqual(undecided(health, "receipt"), []);
  assert.deepEqual(health.waits, ["decision s a"]);
});

test("where nothing can tell, a read and an idempotent step are done again, and it is no retry", () => {
  for (const step of [{ risk: "read" }, { idempotent: true, risk: "destructive" }] as const) {
    const run = crashed({ ...step, retry: { times: 1, delayMs: 10, maxMs: 10 } });
    run.go();
    assert.deepEqual(undecided(run, "receipt"), ["start do s@a 2"]);
    assert.deepEqual(run.journal.at(-2)!.entry, {
      type: "outcome",
      step: "s",
      target: "a",
      purpose: "do",
      attempt: 1,
      seconds: 0,
      ending: "unknown",
      via: "repeat",
    });
    run.end("s@a", { ending: "failed" });
    assert.deepEqual(run.later(10), ["start do s@a 3"]);
  }
});

test("an idempotent step whose declared state is not there is done again", () => {
  const run = crashed({ verify: "v", declares: true, idempotent: true }, [verify]);
  run.go();
  undecided(run, "receipt");
  assert.deepEqual(run.end("s@a", { ending: "failed", via: "verify" }), ["start do s@a 2"]);
});

test("where nothing can tell of a write, a person decides: yes, no, redo; nobody is not asked twice", () => {
  const fresh = (): Play => {
    const run = crashed({ risk: "destructive", verify: "v", declares: true, onFail: "ask" }, [verify]);
    run.go();
    undecided(run, "receipt");
    assert.deepEqual(undecided(run, "verify"), []);
    assert.deepEqual([run.view.state, run.waits], ["waiting", ["decision s a"]]);
    return run;
  };
  const yes = fresh();
  assert.deepEqual(decided(yes, "yes"), ["start verify s@a 1"]);
  const no = fresh();
  assert.deepEqual(decided(no, "no"), []);
  assert.deepEqual([no.waits, no.view.tasks[0]!.end?.reason], [["answer s a"], "decided-no"]);
  const redo = fresh();
  assert.deepEqual(decided(redo, "redo"), ["start do s@a 2"]);
});

test("a decision that nobody asked for does not count", () => {
  const run = crashed({ risk: "destructive" });
  run.go();
  assert.deepEqual(decided(run, "redo"), ["attach receipt do s@a 1"]);
  assert.deepEqual(undecided(run, "receipt"), []);
  assert.deepEqual(run.waits, ["decision s a"]);
});

test("a second crash asks the receipt again: the target may be back", () => {
  const run = crashed({ risk: "destructive" });
  run.go();
  undecided(run, "receipt");
  assert.deepEqual(run.take().go(), ["attach receipt do s@a 1"]);
});

test("an outcome that the worker itself does not know is a doubt for a write, a failure for a read", () => {
  const write = play(planOf({ steps: ["r", { id: "s", risk: "destructive" }] }));
  write.go();
  write.end("r@a");
  assert.deepEqual(write.end("s@a", { ending: "unknown" }), ["attach receipt do s@a 1"]);
  write.end("s@a", { via: "receipt" });
  assert.equal(write.view.state, "done");

  const read = play(planOf({ steps: ["s"] }));
  read.go();
  read.end("s@a", { ending: "unknown" });
  assert.equal(read.view.state, "failed");
});

test("a completed step is not begun again after a crash", () => {
  const run = play(planOf({ steps: [{ id: "s" }, { id: "t" }] }));
  run.go();
  assert.deepEqual(run.end("s@a"), ["start do t@a 1"]);
  assert.deepEqual(run.take().go(), ["attach receipt do t@a 1"]);
  assert.equal(run.state("s@a"), "done");
});

test("a verify in doubt is asked again", () => {
  const run = play(planOf({ steps: [{ id: "s", verify: "v" }], others: [verify] }));
  run.go();
  run.end("s@a");
  run.take().go();
  assert.deepEqual(undecided(run, "receipt"), ["start verify s@a 2"]);
});

test("a doubt during an undo goes up the same ladder, with the undo's own verify", () => {
  const others: StepOf[] = [
    { id: "u", verify: "uv", declares: true },
    { id: "uv", risk: "read" },
  ];
  const run = play(planOf({ steps: [{ id: "s", undo: "u", onFail: "undo" }], others }));
  run.go();
  assert.deepEqual(run.end("s@a", { ending: "failed" }), ["start undo s@a 1"]);
  assert.deepEqual(run.take().go(), ["attach receipt undo s@a 1"]);
  assert.deepEqual(undecided(run, "receipt"), ["attach verify undo s@a 1"]);
  assert.deepEqual(undecided(run, "verify"), []);
  assert.deepEqual(run.waits, ["decision s a"]);
  assert.deepEqual(decided(run, "yes"), ["start undo-verify s@a 1"]);
  run.end("s@a");
  assert.equal(run.view.state, "undone");
});

test("the first decision counts, and survives a crash before anything follows from it", () => {
  const run = crashed({ risk: "destructive" });
  run.go();
  undecided(run, "receipt");
  for (const happened of ["yes", "redo"] as const)
    run.put({ type: "decided", ...run.open("s@a"), happened, by: "p", note: "" });
  assert.deepEqual(run.take().go(), ["start do t@a 1"]);
});

test("an answer to a rung that is not tried yet leaves the ladder where it is", () => {
  const run = crashed({ verify: "v", declares: true }, [verify]);
  run.go();
  assert.deepEqual(undecided(run, "verify"), ["attach receipt do s@a 1"]);
  undecided(run, "receipt");
  assert.deepEqual(undecided(run, "receipt"), ["attach verify do s@a 1"]);
});

test("a target that says again and again that nothing began is a target that cannot be reached", () => {
  const run = play(planOf({ steps: [{ id: "s", onFail: "ask" }] }));
  run.go();
  run.end("s@a", { ending: "unknown" });
  assert.deepEqual(run.end("s@a", { ending: "unknown", via: "receipt", reason: "never-began" }), []);
  assert.deepEqual(run.waits, ["answer s a"]);
});

test("a doubtful attempt whose target cannot be reached did not come to nothing: the doubt stays", () => {
  const run = crashed({ risk: "destructive", retry: { times: 3, delayMs: 1, maxMs: 1 }, undo: "u" }, [{ id: "u" }]);
  run.go();
  assert.deepEqual(run.end("s@a", { ending: "unreachable", via: "receipt" }), []);
  assert.deepEqual(run.waits, ["decision s a"]);
  assert.deepEqual(decided(run, "no"), []);
  assert.equal(run.view.state, "failed");
});

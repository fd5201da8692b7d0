// Pause, resume, cancel; how a run ends and what it proves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictOf } from "../src/engine/run/core/verdict.ts";
import type { Entry } from "../src/model/journal.ts";
import { gateOf, planOf, type StepOf } from "./kit/plan.ts";
import { play, type Play } from "./kit/run-play.ts";

const red = { ending: "failed" } as const;
const pause: Entry = { type: "pause", by: "p", reason: "lunch" };
const cancel = (undo = false): Entry => ({ type: "cancel", by: "p", reason: "wrong host", undo });
const others: readonly StepOf[] = [{ id: "u" }, { id: "v", risk: "read" }];

test("pause: nothing new begins, what is going on ends; anyone resumes", () => {
  const run = play(planOf({ steps: ["s", "t"], targets: ["a", "b"], parallel: 1 }));
  run.go();
  assert.deepEqual(run.say(pause), []);
  assert.deepEqual([run.view.state, run.view.paused], ["paused", { by: "p", reason: "lunch", at: run.now }]);
  assert.deepEqual(run.end("s@a"), []);
  assert.deepEqual(run.say({ type: "resume", by: "somebody else" }), ["start do s@b 1"]);
  assert.equal(run.view.state, "running");
});

test("a pause holds retries, approvals that were not asked for yet, and undos", () => {
  const retry = { times: 1, delayMs: 1_000, maxMs: 1_000 };
  const run = play(
    planOf({
      steps: [
        { id: "s", risk: "read", retry },
        { id: "t", gate: gateOf() },
      ],
    }),
  );
  run.go();
  run.say(pause);
  run.end("s@a", red);
  assert.deepEqual(run.later(1_000), []);
  assert.deepEqual(run.say({ type: "resume", by: "q" }), ["start do s@a 2"]);
  run.say(pause);
  assert.deepEqual(run.end("s@a"), []);
  assert.deepEqual(run.waits, []);

  const undo = play(planOf({ steps: [{ id: "s", undo: "u", onFail: "undo" }], others }));
  undo.go();
  undo.say(pause);
  assert.deepEqual(undo.end("s@a", red), []);
  assert.equal(undo.view.state, "paused");
  assert.deepEqual(undo.say({ type: "resume", by: "q" }), ["start undo s@a 1"]);
});

test("cancel stops what is going on and begins nothing more", () => {
  const run = play(planOf({ steps: ["s", "t"], targets: ["a", "b"] }));
  run.go();
  assert.deepEqual(run.say(cancel()), ["stop do s@a 1", "stop do s@b 1"]);
  assert.equal(run.view.state, "cancelling");
  run.end("s@a", { ending: "cancelled" });
  run.end("s@b");
  assert.deepEqual([run.view.state, run.reasons], ["cancelled", ["cancelled", "broken-off"]]);
  assert.deepEqual([run.state("s@a"), run.state("s@b"), run.state("t@a")], ["cancelled", "done", "pending"]);
});

test("cancel with undo undoes everything that was applied, also what was broken off", () => {
  const run = play(
    planOf({
      steps: [
        { id: "s", undo: "u" },
        { id: "t", undo: "u2" },
      ],
      others: [...others, { id: "u2" }],
    }),
  );
  run.go();
  run.end("s@a");
  assert.deepEqual(run.say(cancel(true)), ["stop do t@a 1"]);
  assert.deepEqual(run.end("t@a", { ending: "cancelled" }), ["start undo t@a 1"]);
  assert.deepEqual(run.end("t@a"), ["start undo s@a 1"]);
  run.end("s@a");
  assert.deepEqual([run.view.state, run.reasons], ["undone", ["cancelled"]]);
});

test("cancel with undo ends a pause; a later cancel can add the undo, not take it back", () => {
  const plan = planOf({ steps: [{ id: "s", undo: "u" }, { id: "t" }], others });
  const paused = play(plan);
  paused.go();
  paused.end("s@a");
  paused.say(pause);
  paused.say(cancel(true));
  assert.deepEqual(paused.end("t@a", { ending: "cancelled" }), ["start undo s@a 1"]);

  const later = play(plan);
  later.go();
  later.end("s@a");
  later.say(cancel(false));
  later.say(cancel(true));
  later.say(cancel(false));
  assert.deepEqual(later.end("t@a", { ending: "cancelled" }), ["start undo s@a 1"]);
});

test("cancel does not stop an undo that is going on", () => {
  const run = play(planOf({ steps: [{ id: "s", undo: "u", onFail: "undo" }], others }));
  run.go();
  run.end("s@a", red);
  assert.deepEqual(run.say(cancel()), []);
  run.end("s@a");
  assert.equal(run.view.state, "undone");
});

test("cancel works wherever a run waits, and while it is paused", () => {
  const retry = { times: 1, delayMs: 9_000, maxMs: 9_000 };
  const waiting: Readonly<Record<string, (run: Play) => unknown>> = {
    "approval plan": () => undefined,
    "key s": () => undefined,
    "tick s a": () => undefined,
    "answer s a": (run) => run.end("s@a", red),
    "timer s a": (run) => run.end("s@a", red),
    "decision s a": (run) => {
      run.take().go();
      run.say({ type: "undecided", tried: "receipt", ...run.open("s@a") });
    },
  };
  const plans: Readonly<Record<string, ReturnType<typeof planOf>>> = {
    "approval plan": planOf({ steps: [{ id: "s" }], gate: gateOf() }),
    "key s": planOf({ steps: [{ id: "s" }], automation: "assist" }),
    "tick s a": planOf({ steps: [{ id: "s", kind: "manual" }] }),
    "answer s a": planOf({ steps: [{ id: "s", onFail: "ask" }] }),
    "timer s a": planOf({ steps: [{ id: "s", risk: "read", retry }] }),
    "decision s a": planOf({ steps: [{ id: "s" }] }),
  };
  for (const paused of [false, true])
    for (const [wait, bring] of Object.entries(waiting)) {
      const run = play(plans[wait]!);
      run.go();
      bring(run);
      assert.deepEqual(run.waits, [wait]);
      if (paused) run.say(pause);
      run.say(cancel());
      assert.equal(run.view.state, "cancelled", wait);
      assert.deepEqual(run.waits, []);
    }
});

test("a doubt that is given up by a cancel is first looked at and stopped, then named", () => {
  const run = play(planOf({ steps: [{ id: "s" }] }));
  run.go();
  run.take();
  assert.deepEqual(run.say(cancel()), ["attach receipt do s@a 1", "stop do s@a 1"]);
  run.say({ type: "undecided", tried: "receipt", ...run.open("s@a") });
  assert.deepEqual([run.view.state, run.reasons], ["cancelled", ["cancelled", "in-doubt"]]);
});

test("nothing follows the end", () => {
  const run = play(planOf({ steps: ["s"] }));
  run.go();
  run.end("s@a");
  assert.deepEqual(run.next(), []);
  assert.throws(() => run.say(pause), { name: "JournalError", flaw: "after-end" });
});

const verdict = (run: Play): string => verdictOf(run.view, run.plan).verdict;

test("a run whose every step was seen to end well passes; a rehearsal never does", () => {
  for (const rehearsal of [false, true]) {
    const run = play(planOf({ steps: ["s"], rehearsal }));
    run.go();
    assert.equal(verdict(run), rehearsal ? "rehearsal" : "inconclusive");
    run.end("s@a");
    assert.equal(verdict(run), rehearsal ? "rehearsal" : "pass");
  }
});

test("failed, undone, failed-undo and refused are fails; cancelled is inconclusive", () => {
  const failed = play(planOf({ steps: ["s"] }));
  failed.go();
  failed.end("s@a", red);
  assert.deepEqual([failed.view.state, verdict(failed)], ["failed", "fail"]);
  for (const ending of ["ok", "failed"] as const) {
    const back = play(planOf({ steps: [{ id: "s", undo: "u", onFail: "undo" }], others }));
    back.go();
    back.end("s@a", red);
    back.end("s@a", { ending });
    assert.deepEqual([back.view.state, verdict(back)], [ending === "ok" ? "undone" : "failed-undo", "fail"]);
  }
  const refused = play(planOf({ steps: [{ id: "s" }], gate: gateOf({ expiresMs: 1 }) }));
  refused.go();
  refused.later(1);
  assert.deepEqual([refused.view.state, verdict(refused)], ["refused", "fail"]);
  const cancelled = play(planOf({ steps: ["s"] }));
  cancelled.say(cancel());
  assert.deepEqual([cancelled.view.state, verdict(cancelled)], ["cancelled", "inconclusive"]);
});

test("a step that failed and was to be passed over, or that a person skipped, proves nothing", () => {
  const over = play(planOf({ steps: [{ id: "s", onFail: "continue" }] }));
  over.go();
  over.end("s@a", red);
  assert.deepEqual([over.view.state, verdict(over)], ["done", "inconclusive"]);
  const skipped = play(planOf({ steps: [{ id: "s", onFail: "ask" }] }));
  skipped.go();
  skipped.end("s@a", red);
  skipped.say({ type: "answer", step: "s", target: "a", choice: "skip", by: "p", note: "" });
  assert.deepEqual([skipped.view.state, verdict(skipped)], ["done", "inconclusive"]);
});

test("a person's word after a crash counts as proof only when a verify confirms it", () => {
  for (const verify of [false, true]) {
    const run = play(planOf({ steps: [{ id: "s", ...(verify && { verify: "v" }) }], others }));
    run.go();
    run.take().go();
    run.say({ type: "undecided", tried: "receipt", ...run.open("s@a") });
    run.say({ type: "decided", ...run.open("s@a"), happened: "yes", by: "p", note: "" });
    if (verify) run.end("s@a");
    assert.equal(run.view.state, "done");
    assert.equal(verdict(run), verify ? "pass" : "inconclusive");
  }
});

test("a run that is told as JSON says where it stands and what it waits for", () => {
  const run = play(planOf({ steps: [{ id: "s" }], automation: "assist" }));
  const heard = (): unknown => {
    const { state, waits } = JSON.parse(JSON.stringify(run.view)) as typeof run.view;
    return { state, waits: waits.map(({ kind, step }) => ({ kind, step })) };
  };
  assert.deepEqual(heard(), { state: "waiting", waits: [{ kind: "key", step: "s" }] });
});

// Guards of a drill in the engine: nothing is changed before they are green, and what broke off proves nothing, in the evidence too.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { verdictOf } from "../src/engine/run/core/verdict.ts";
import { guardPairs } from "../src/evidence/run/guard-keys.ts";
import { judgeRun } from "../src/evidence/run/judge.ts";
import type { PlanDrill } from "../src/model/plan.ts";
import { planOf, type StepOf } from "./kit/plan.ts";
import { inputOfRun, bound } from "./kit/run-evidence.ts";
import { play } from "./kit/run-play.ts";
import { bench } from "./kit/runner.ts";
import { until } from "./kit/until.ts";

const drillOf = (path: string, more: Partial<NonNullable<PlanDrill["guards"]>> = {}, target = "local"): PlanDrill => ({
  kind: "drill",
  objectives: [],
  guards: {
    checks: [{ id: "calm", title: "calm", kind: "file", params: { path }, target, timeoutMs: 5_000 }],
    everyMs: 50,
    ...more,
  },
});

/** A step that lasts until the drill is over, as a fault does. */
const FAULT: readonly StepOf[] = [
  { id: "hit", undo: "heal", until: "use", onFail: "undo", params: { script: 'echo hit >>"$EFFECTS"' } },
];
const HEAL: StepOf = { id: "heal", params: { script: 'echo heal >>"$EFFECTS"' } };
/** Goes on until it is ended, or a file lets it. */
const use = (gate: string): StepOf => ({
  id: "use",
  params: { script: `echo use >>"$EFFECTS"; until test -e ${gate}; do sleep 0.05; done; echo used >>"$EFFECTS"` },
});

async function site(t: TestContext, more: Partial<NonNullable<PlanDrill["guards"]>> = {}, where = "local") {
  const stand = await bench(t);
  const [calm, gate] = [join(stand.data, "calm"), join(stand.data, "gate")];
  writeFileSync(calm, "");
  const plan = planOf({
    drill: drillOf(calm, more, where),
    steps: [...FAULT, use(gate)],
    others: [HEAL],
    targets: [stand.target("a")],
  });
  return { stand, plan, calm, gate };
}

test("guards that hold from the first change to the end leave the drill as it is", async (t) => {
  const { stand, plan, gate } = await site(t);
  const { id } = await stand.runner.create(plan, { by: "ana", reason: "" });
  await until(() => stand.effects().includes("use"));
  writeFileSync(gate, "");
  const { record, view } = await stand.runner.settled(id);
  assert.deepEqual([record.state, stand.effects(), view.guard], ["done", ["hit", "use", "used", "heal"], undefined]);
  assert.equal(verdictOf(view, plan).verdict, "pass");
});

test("a guard that is red before anything was changed: nothing begins", async (t) => {
  const { stand, plan, calm } = await site(t);
  rmSync(calm);
  const { id } = await stand.runner.create(plan, { by: "ana", reason: "" });
  const { record, view } = await stand.runner.settled(id);
  assert.deepEqual([record.state, stand.effects()], ["undone", []]);
  assert.deepEqual([view.guard?.check, view.guard?.outcome, view.guard?.reason], ["calm", "fail", "file-absent"]);
  assert.equal(verdictOf(view, plan).verdict, "inconclusive");
});

test("a guard that is breached on the way breaks the drill off: what goes on ends, the fault is taken away", async (t) => {
  const { stand, plan, calm } = await site(t);
  const { id } = await stand.runner.create(plan, { by: "ana", reason: "" });
  await until(() => stand.effects().includes("use"));
  rmSync(calm);
  const { view } = await stand.runner.settled(id);
  assert.deepEqual(stand.effects(), ["hit", "use", "heal"]);
  const { verdict, reasons } = verdictOf(view, plan);
  assert.equal(verdict, "inconclusive");
  assert.deepEqual(reasons[0], {
    code: "guard-red",
    args: { check: "calm", where: "local", outcome: "fail", why: "file-absent", detail: `path ${calm}`, value: "-" },
  });
});

test("a guard that cannot be measured is not green: the drill does not begin", async (t) => {
  const { stand, plan } = await site(t, {}, "nowhere");
  const { id } = await stand.runner.create(plan, { by: "ana", reason: "" });
  const { view } = await stand.runner.settled(id);
  assert.deepEqual([stand.effects(), view.guard?.outcome], [[], "unknown"]);
  assert.deepEqual(
    verdictOf(view, plan).reasons.map(({ code }) => code),
    ["guard-blind"],
  );
});

test("behind the step that only its own end puts right, a breach is noted, and the drill goes on and proves nothing", async (t) => {
  const { stand, plan, calm, gate } = await site(t, { until: "hit" });
  const { id } = await stand.runner.create(plan, { by: "ana", reason: "" });
  await until(() => stand.effects().includes("use"));
  rmSync(calm);
  await until(async () => (await stand.runner.now(id)).view.guard !== undefined);
  writeFileSync(gate, "");
  const { record, view } = await stand.runner.settled(id);
  assert.deepEqual([record.state, stand.effects()], ["done", ["hit", "use", "used", "heal"]]);
  assert.equal(verdictOf(view, plan).verdict, "inconclusive");
});

test("whoever takes up a drill whose runner was lost looks at its guards again before the next change", async (t) => {
  const { stand, plan, calm } = await site(t);
  const { id } = await stand.runner.create(plan, { by: "ana", reason: "" });
  await until(() => stand.effects().includes("use"));
  await stand.runner.stop();
  rmSync(calm);
  const again = await stand.restart();
  const { view } = await again.settled(id);
  assert.equal(view.guard?.reason, "file-absent");
  assert.deepEqual([stand.effects().at(-1), verdictOf(view, plan).verdict], ["heal", "inconclusive"]);
});

const PLAN = bound({ drill: drillOf("/calm"), steps: [...FAULT, { id: "use" }], others: [HEAL], targets: ["a"] });
const SEEN = { check: "calm", where: "local", outcome: "fail", reason: "value", value: 97, detail: "-" } as const;

function breached(breaks: boolean) {
  const run = play(PLAN);
  run.go();
  run.end("hit@a");
  run.say({ type: "guard", breaks, undo: breaks, ...SEEN });
  run.end("use@a", breaks ? { ending: "cancelled" } : {});
  run.end("hit@a");
  return run;
}

test("evidence names the guard, what it read and when, and its verdict is judged again from the journal", () => {
  for (const breaks of [true, false]) {
    const run = breached(breaks);
    assert.equal(verdictOf(run.view, PLAN).verdict, "inconclusive");
    const { events, mode } = inputOfRun(run);
    const judged = judgeRun(events, mode);
    assert.equal(judged.verdict, "inconclusive");
    const pairs = new Map(guardPairs(judged));
    assert.deepEqual(
      ["GUARDS", "GUARDS_HELD", "GUARD_BREACHED", "GUARD_READING", "GUARD_BROKE_OFF"].map((key) => pairs.get(key)),
      ["calm@local", "false", "calm@local", "fail value 97 -", String(breaks)],
    );
    assert.match(pairs.get("GUARD_AT_UTC")!, /^\d{4}-\d\d-\d\dT/);
  }
});

test("a step that failed is a failed drill, whatever a guard says behind it", () => {
  const run = play(PLAN);
  run.go();
  run.end("hit@a");
  run.end("use@a", { ending: "failed", code: 1 });
  run.say({ type: "guard", breaks: true, undo: true, ...SEEN });
  run.end("hit@a");
  assert.equal(verdictOf(run.view, PLAN).verdict, "fail");
  const { events, mode } = inputOfRun(run);
  assert.equal(judgeRun(events, mode).verdict, "fail");
});

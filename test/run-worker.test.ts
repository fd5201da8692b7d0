import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { WatchbookError } from "../src/model/error.ts";
import { outputFolder } from "../src/engine/run/output.ts";
import { planOf, type StepOf } from "./kit/plan.ts";
import { bench, processesWith } from "./kit/runner.ts";

/** A step that leaves one line where effects are counted. */
const leaves = (id: string, more: Partial<StepOf> = {}, script = ""): StepOf => ({
  id,
  params: { script: `echo ${id} >>"$EFFECTS"\n${script}` },
  ...more,
});

const code = (wanted: string) => (error: unknown) => error instanceof WatchbookError && error.code === wanted;

test("steps run in order on every target, once each, and the locks are let go [K-055]", async (t) => {
  const { runner, target, effects, store } = await bench(t);
  const plan = planOf({ steps: [leaves("one"), leaves("two")], targets: [target("a"), target("b")] });
  const { id } = await runner.create(plan, { by: "lin", reason: "try" });
  const { record, view } = await runner.settled(id);
  assert.equal(record.state, "done");
  assert.deepEqual(effects(), ["one", "one", "two", "two"]);
  assert.equal(view.done, 4);
  assert.deepEqual(await store.locks(), []);
});

test("a failed step undoes what was applied, in reverse order", async (t) => {
  const { runner, target, effects } = await bench(t);
  const plan = planOf({
    steps: [
      leaves("one", { undo: "undo-one" }),
      leaves("two", { undo: "undo-two", onFail: "undo" }, "exit 7"),
      leaves("three"),
    ],
    others: [leaves("undo-one"), leaves("undo-two")],
    targets: [target("a")],
  });
  const { id } = await runner.create(plan, { by: "lin", reason: "" });
  const { record, view } = await runner.settled(id);
  assert.equal(record.state, "undone");
  assert.deepEqual(effects(), ["one", "two", "undo-two", "undo-one"]);
  assert.equal(view.tasks.find(({ step }) => step === "two")?.state, "undone");
});

test("values reach a step as data, outputs are passed on, secrets are hidden in what is kept", async (t) => {
  const { runner, target, effects, data } = await bench(t);
  const hostile = `"; rm -rf / #'$(touch ${join(data, "owned")})`;
  const plan = planOf({
    steps: [
      {
        id: "give",
        params: { script: `echo "VERSION=$HOSTILE" >>"$WB_OUTPUT"\necho "key is $KEY"` },
        outputs: ["VERSION"],
      },
      { id: "take", params: { script: `printf '%s\\n' "$VERSION" >>"$EFFECTS"` } },
    ],
    parameters: [
      { name: "HOSTILE", value: hostile, secret: false, type: "text" },
      { name: "KEY", value: "env:KEY", secret: true, type: "secret" },
    ],
    targets: [target("a")],
  });
  const { id } = await runner.create(plan, { by: "lin", reason: "" });
  assert.equal((await runner.settled(id)).record.state, "done");
  assert.deepEqual(effects(), [hostile]);
  assert.throws(() => readFileSync(join(data, "owned")));
  assert.equal(readFileSync(join(outputFolder(data, id), "give@a.do.1.log"), "utf8"), "key is •••\n");
});

test("a run goes on where its worker was lost: what ran under a receipt is attached to, nothing is repeated", async (t) => {
  const made = await bench(t);
  const { target, effects, store } = made;
  const plan = planOf({
    steps: [leaves("one", {}, "while [ ! -e $EFFECTS.go ]; do sleep 0.05; done"), leaves("two")],
    targets: [target("a")],
  });
  const { id } = await made.runner.create(plan, { by: "lin", reason: "" });
  while (!effects().includes("one")) await made.house.clock.sleep(20);
  const next = await made.restart();
  writeFileSync(join(made.data, "effects.go"), "");
  const { record } = await next.settled(id);
  assert.equal(record.state, "done");
  assert.deepEqual(effects(), ["one", "two"]);
  const entries = (await store.journal({ run: id })).map(({ entry }) => entry);
  const outcome = entries.find((entry) => entry.type === "outcome" && entry.step === "one");
  assert.equal(outcome?.type === "outcome" && outcome.via, "receipt");
});

test("the second operator on a target is told who holds the lock and why", async (t) => {
  const { runner, target } = await bench(t);
  const waits = planOf({ steps: [leaves("one"), { id: "person", kind: "manual" }], targets: [target("a")] });
  const first = await runner.create(waits, { by: "lin", reason: "night shift" });
  await runner.settled(first.id);
  await assert.rejects(runner.create(waits, { by: "mei", reason: "" }), (error: unknown) => {
    assert.ok(code("RUN-LOCKED")(error));
    const { by, run, reason } = (error as WatchbookError).args;
    assert.deepEqual({ by, run, reason }, { by: "lin", run: first.id, reason: "night shift" });
    return true;
  });
});

test("a run waits for a person over a restart and goes on with the answer", async (t) => {
  const made = await bench(t);
  const plan = planOf({
    steps: [leaves("one"), { id: "look", kind: "manual" }, leaves("two")],
    targets: [made.target("a")],
  });
  const { id } = await made.runner.create(plan, { by: "lin", reason: "" });
  assert.deepEqual((await made.runner.settled(id)).record.waits, ["tick"]);
  const next = await made.restart();
  await next.post(id, [{ type: "tick", step: "look", target: "a", by: "mei", done: true, note: "seen" }]);
  assert.equal((await next.settled(id)).record.state, "done");
  assert.deepEqual(made.effects(), ["one", "two"]);
});

test("cancel ends what runs, leaves no process, and says so", async (t) => {
  const { runner, target, effects, house } = await bench(t);
  const plan = planOf({
    steps: [leaves("one", {}, "sleep 31415.1 & setsid sleep 31415.2 & sleep 31415.3")],
    targets: [target("a")],
  });
  const { id } = await runner.create(plan, { by: "lin", reason: "" });
  while (!effects().includes("one")) await house.clock.sleep(20);
  await runner.post(id, [{ type: "cancel", by: "lin", reason: "wrong host", undo: false }]);
  const { record, view } = await runner.settled(id);
  assert.equal(record.state, "cancelled");
  assert.equal(view.tasks[0]?.end?.ending, "cancelled");
  assert.deepEqual(processesWith("sleep 31415"), []);
});

test("a plan that misses something is refused before anything is kept", async (t) => {
  const { runner, store } = await bench(t);
  const plan = planOf({ steps: ["one"], missing: [{ code: "parameter", args: { name: "VERSION" } }] });
  await assert.rejects(runner.create(plan, { by: "lin", reason: "" }), code("PLAN-INCOMPLETE"));
  assert.deepEqual(await store.runs({}), []);
});

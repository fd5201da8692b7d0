// Every verify, undo and look is really done, whoever shares its step and however often it is asked.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { planOf, type StepOf } from "./kit/plan.ts";
import { bench } from "./kit/runner.ts";

/** A step that leaves one line where effects are counted. */
const leaves = (id: string, more: Partial<StepOf> = {}, script = ""): StepOf => ({
  id,
  params: { script: `echo ${id} >>"$EFFECTS"\n${script}` },
  ...more,
});
const by = { by: "lin", reason: "" };

test("two steps that share a verify are each verified", async (t) => {
  const { runner, target, effects } = await bench(t);
  const plan = planOf({
    steps: [leaves("one", { verify: "green" }), leaves("two", { verify: "green" })],
    others: [leaves("green", { risk: "read" })],
    targets: [target("a")],
  });
  const { id } = await runner.create(plan, by);
  assert.equal((await runner.settled(id)).record.state, "done");
  assert.deepEqual(effects(), ["one", "green", "two", "green"]);
});

test("two steps that share an undo are each undone", async (t) => {
  const { runner, target, effects } = await bench(t);
  const plan = planOf({
    steps: [leaves("one", { undo: "back" }), leaves("two", { undo: "back", onFail: "undo" }, "exit 7")],
    others: [leaves("back")],
    targets: [target("a")],
  });
  const { id } = await runner.create(plan, by);
  assert.equal((await runner.settled(id)).record.state, "undone");
  assert.deepEqual(effects(), ["one", "two", "back", "back"]);
});

test("a verify that has time to turn green is asked anew each time", async (t) => {
  const { runner, target, data } = await bench(t);
  const ready = join(data, "ready");
  const plan = planOf({
    steps: [leaves("one", { verify: "green", within: 20 })],
    others: [{ id: "green", risk: "read", params: { script: `test -e ${ready} || { : >${ready}; exit 1; }` } }],
    targets: [target("a")],
  });
  const { id } = await runner.create(plan, by);
  assert.equal((await runner.settled(id)).record.state, "done");
});

test("a doubt that is looked at twice is looked at anew", async (t) => {
  const made = await bench(t);
  const { target, data, effects } = made;
  // Its leader is killed before it can leave a receipt: only the declared state can tell.
  const plan = planOf({
    steps: [leaves("one", { verify: "there", declares: true }, "kill -9 $PPID")],
    others: [{ id: "there", risk: "read", params: { script: `test -e ${join(data, "there")}` } }],
    targets: [target("a")],
  });
  const { id } = await made.runner.create(plan, by);
  const first = await made.runner.settled(id);
  assert.deepEqual(first.record.waits, ["decision"]);
  writeFileSync(join(data, "there"), "");
  const next = await made.restart();
  assert.equal((await next.settled(id)).record.state, "done");
  assert.deepEqual(effects(), ["one"]);
});

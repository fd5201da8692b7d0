// Two operators, one target: who waits keeps it, however long, and whoever takes it over says so.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { WatchbookError } from "../src/model/error.ts";
import { systemClock } from "../src/model/time.ts";
import { until } from "./kit/daemon.ts";
import { planOf, type StepOf } from "./kit/plan.ts";
import { bench, type Bench } from "./kit/runner.ts";

const leaves = (id: string, more: Partial<StepOf> = {}): StepOf => ({
  id,
  params: { script: `echo ${id} >>"$EFFECTS"` },
  ...more,
});
const tick = { type: "tick", step: "look", target: "a", by: "lin", done: true, note: "" } as const;

/** A run that has changed something and waits for a person, with nobody to drive it; two hours later. */
async function waiting(t: TestContext): Promise<Bench & { readonly id: string }> {
  const made = await bench(t);
  let passed = 0;
  Object.assign(made.house, { clock: { ...systemClock, wall: () => systemClock.wall() + passed } });
  const plan = planOf({
    steps: [leaves("one"), { id: "look", kind: "manual" }, leaves("two")],
    targets: [made.target("a")],
  });
  const { id } = await made.runner.create(plan, { by: "lin", reason: "change 4711" });
  assert.deepEqual((await made.runner.settled(id)).record.waits, ["tick"]);
  await made.runner.stop();
  passed = 7_200_000;
  return Object.assign(made, { id });
}

const other = (made: Bench) =>
  planOf({ steps: [leaves("other")], targets: [made.target("a")], digest: "sha256:other" });
const by = { by: "mei", reason: "the same, but now" };

/** The runner of the next process, which has not taken up anything. */
async function next(made: Bench): Promise<Bench["runner"]> {
  const { makeRunner } = await import("../src/engine/run/runner.ts");
  return makeRunner({
    house: made.house,
    pid: process.pid,
    root: made.data,
    settle: () => Promise.resolve(undefined),
    confirm: () => Promise.resolve(),
    broken: (_, error) => {
      throw error;
    },
  });
}

test("a run that waits keeps its targets without anybody to renew its lock; the second operator is told whose they are", async (t) => {
  const made = await waiting(t);
  const runner = await next(made);
  t.after(() => runner.stop());
  for (const gate of [{}, { gate: { roles: [], quorum: 1, expiresMs: 60_000, excludeRequester: true } }])
    await assert.rejects(runner.create({ ...other(made), ...gate } as never, by), (error) => {
      assert.ok(error instanceof WatchbookError && error.code === "RUN-LOCKED", String(error));
      assert.deepEqual([error.args["by"], error.args["run"], error.args["reason"]], ["lin", made.id, "change 4711"]);
      return true;
    });
  // It goes on where it stood, and then they are free.
  await runner.post(made.id, [tick]);
  assert.equal((await runner.settled(made.id)).record.state, "done");
  const { id } = await runner.create(other(made), by);
  assert.equal((await runner.settled(id)).record.state, "done");
  assert.deepEqual(made.effects(), ["one", "two", "other"]);
});

test("a lock that was not renewed and whose run has ended, or is unknown, holds nobody up", async (t) => {
  const made = await waiting(t);
  const runner = await next(made);
  t.after(() => runner.stop());
  const [lock] = await made.store.locks();
  await made.store.commit([{ kind: "lock.seize", lock: { ...lock!, run: "r-of-another-time" }, from: made.id }]);
  const { id } = await runner.create(other(made), by);
  assert.equal((await runner.settled(id)).record.state, "done");
});

test("who takes over what another run holds is named with the reason; the other changes nothing until it is free", async (t) => {
  const made = await waiting(t);
  const runner = await next(made);
  t.after(() => runner.stop());
  await runner.take(made.id);
  const held = planOf({
    steps: [{ id: "look", kind: "manual" }, leaves("other")],
    targets: [made.target("a")],
    digest: "sha256:held",
  });
  const { id } = await runner.create(held, { ...by, takeOver: true });
  assert.deepEqual(
    (await made.store.locks()).map(({ run, by: who }) => [run, who]),
    [[id, "mei"]],
  );
  const [event] = await made.store.events({ after: 0, kind: "lock.taken-over" });
  assert.deepEqual(event?.data, {
    ...{ key: "a/service", by: "mei", reason: by.reason },
    ...{ from: made.id, was: "lin", wasReason: "change 4711" },
  });
  await runner.post(made.id, [tick]);
  await runner.settled(made.id);
  assert.deepEqual(made.effects(), ["one"]);
  await runner.post(id, [{ ...tick, by: "mei" }]);
  assert.equal((await runner.settled(id)).record.state, "done");
  await until("the first goes on", async () => (await runner.now(made.id)).record.state === "done");
  assert.deepEqual(made.effects(), ["one", "other", "two"]);
});

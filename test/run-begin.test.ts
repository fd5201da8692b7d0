// How a run begins: with its first intents in one commit, or not at all.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { House } from "../src/engine/house.ts";
import { makeRunner } from "../src/engine/run/runner.ts";
import { WatchbookError } from "../src/model/error.ts";
import type { Change, Store } from "../src/store/store.ts";
import { planOf, type StepOf } from "./kit/plan.ts";
import { bench } from "./kit/runner.ts";

const leaves = (id: string): StepOf => ({ id, params: { script: `echo ${id} >>"$EFFECTS"` } });

/** A runner whose commits are kept, and refused with what `refuse` gives. */
async function watched(t: TestContext, refuse: (changes: readonly Change[]) => Error | undefined) {
  const { house, store, data, target, effects } = await bench(t);
  const commits: (readonly Change[])[] = [];
  const broken: unknown[] = [];
  const own: Store = Object.assign(Object.create(store) as Store, {
    commit: async (changes: readonly Change[]) => {
      const refused = refuse(changes);
      if (refused) throw refused;
      await store.commit(changes);
      commits.push(changes);
    },
  });
  for (const name of ["run", "runs", "plan", "journal", "locks", "value"] as const)
    Object.assign(own, { [name]: (store[name] as (...given: unknown[]) => unknown).bind(store) });
  const runner = makeRunner({
    house: { ...house, store: own } satisfies House,
    pid: process.pid,
    root: data,
    settle: () => Promise.resolve(undefined),
    confirm: () => Promise.resolve(),
    broken: (_, error) => broken.push(error),
  });
  t.after(() => runner.stop());
  const plan = planOf({ steps: [leaves("one"), leaves("two")], targets: [target("a")] });
  return { runner, store, plan, commits, broken, effects };
}

const who = { by: "lin", reason: "try" };

test("a run, its locks and its first intent are one commit; each intent is there before its step, each outcome after it", async (t) => {
  const { runner, plan, commits } = await watched(t, () => undefined);
  const { id } = await runner.create(plan, who);
  assert.equal((await runner.settled(id)).record.state, "done");
  const entries = commits.map((changes) =>
    changes.flatMap((one) => (one.kind === "journal.append" ? [one.entry.entry.type] : [])),
  );
  assert.deepEqual(
    entries.filter((types) => types.length > 0),
    [
      ["run.created", "run.taken", "intent"],
      ["outcome", "intent"],
      ["outcome", "run.ended"],
    ],
  );
  const kinds = commits[0]!.map(({ kind }) => kind);
  assert.deepEqual([kinds[0], kinds.includes("lock.take")], ["run.insert", true]);
});

test("a beginning that the disk refuses leaves no run, nobody who drives it, and no step done", async (t) => {
  const full = new WatchbookError("STORE-FULL", { path: "/data" });
  let refuse: Error | undefined = full;
  const { runner, store, plan, broken, effects } = await watched(t, () => refuse);
  await assert.rejects(runner.create(plan, who), { code: "STORE-FULL" });
  assert.deepEqual([await store.runs({}), await store.locks(), effects(), broken], [[], [], [], []]);
  refuse = undefined;
  const { id } = await runner.create(plan, who);
  await runner.settled(id);
  assert.deepEqual(effects(), ["one", "two"]);
});

test("of two who begin on one target at once one is told who works there; nothing of the other run is there", async (t) => {
  const { runner, store, plan, broken } = await watched(t, () => undefined);
  const both = await Promise.allSettled([runner.create(plan, who), runner.create(plan, { ...who, by: "ana" })]);
  const refused = both.filter((one) => one.status === "rejected");
  assert.deepEqual(
    refused.map(({ reason }) => (reason as WatchbookError).code),
    ["RUN-LOCKED"],
  );
  const runs = await store.runs({});
  assert.equal(runs.length, 1);
  await runner.settled(runs[0]!.id);
  assert.deepEqual(broken, []);
});

// What holds a run up (another's lock, a full disk, a crash between its end and its evidence) holds it no longer than that.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { House } from "../src/engine/house.ts";
import { makeRunner, type RunnerParts } from "../src/engine/run/runner.ts";
import { registry } from "../src/kinds/registry.ts";
import { WatchbookError } from "../src/model/error.ts";
import type { Lock } from "../src/model/run.ts";
import { ReachError } from "../src/model/target.ts";
import { systemClock } from "../src/model/time.ts";
import type { Change } from "../src/store/store.ts";
import { until } from "./kit/daemon.ts";
import { planOf, type StepOf } from "./kit/plan.ts";
import { bench, processesWith, type Bench } from "./kit/runner.ts";

/** A step that leaves one line where effects are counted. */
const leaves = (id: string, more: Partial<StepOf> = {}, script = ""): StepOf => ({
  id,
  params: { script: `echo ${id}@$WB_TARGET >>"$EFFECTS"\n${script}` },
  ...more,
});
const by = { by: "lin", reason: "" };
const waitsFor = (file: string): string => `while [ ! -e ${file} ]; do sleep 0.05; done`;

/** Runs the same data with parts of its own, beside what the bench made. */
function other(t: TestContext, made: Bench, house: Partial<House>, parts: Partial<RunnerParts> = {}) {
  const runner = makeRunner({
    house: { ...made.house, ...house },
    pid: process.pid,
    root: made.data,
    settle: () => Promise.resolve(undefined),
    confirm: () => Promise.resolve(),
    broken: (_, error) => {
      throw error;
    },
    ...parts,
  });
  t.after(() => runner.stop());
  return runner;
}

/** A store that refuses, after a moment, what `refuses` says. */
const refusing = (made: Bench, refuses: (change: Change) => boolean): House["store"] =>
  new Proxy(made.store, {
    get: (store, name: keyof House["store"]) =>
      name !== "commit"
        ? (store[name] as () => unknown).bind?.(store)
        : async (changes: readonly Change[]) => {
            if (!changes.some(refuses)) return store.commit(changes);
            await systemClock.sleep(100);
            throw new WatchbookError("STORE-FULL", { file: "state.db" });
          },
  });

test("a run that waits for another's lock goes on when it is free, also when a person spoke in between", async (t) => {
  const made = await bench(t);
  const { data, store, target, effects } = made;
  const go = join(data, "go");
  const plan = planOf({
    steps: [
      leaves(
        "one",
        { idempotent: true, retry: { times: 1, delayMs: 600_000, maxMs: 600_000 } },
        `case $WB_TARGET in a) exit 1 ;; b) ${waitsFor(go)} ;; esac`,
      ),
    ],
    targets: [target("a"), target("b"), target("c")],
    parallel: 2,
  });
  const { id } = await made.runner.create(plan, by);
  await until(
    "a failed, b runs",
    async () => (await made.runner.now(id)).view.tasks[0]?.state === "retrying" && effects().length === 2,
  );
  const held = (await store.locks()).find(({ key }) => key === "c/service")!;
  const taken: Lock = { ...held, run: "another", expires: held.expires + 3_600_000 };
  await store.commit([{ kind: "lock.seize", lock: taken, from: id }]);
  const next = await made.restart();
  writeFileSync(go, "");
  await until("b is done", async () => (await next.now(id)).view.tasks[1]?.state === "done");
  await next.settled(id);
  await next.post(id, [{ type: "pause", by: "mei", reason: "" }]);
  await next.post(id, [{ type: "resume", by: "mei" }]);
  await store.commit([{ kind: "lock.release", key: "c/service", run: "another" }]);
  await until("c is done", async () => (await next.now(id)).view.tasks[2]?.state === "done");
  assert.deepEqual(effects().toSorted(), ["one@a", "one@b", "one@c"]);
});

test("a change that goes on when its worker is lost keeps its locks in the hands of the next", async (t) => {
  const made = await bench(t);
  const { data, store, target, effects } = made;
  const go = join(data, "go");
  const plan = planOf({ steps: [leaves("one", {}, waitsFor(go))], targets: [target("a")] });
  const { id } = await made.runner.create(plan, by);
  await until("it runs", () => effects().length === 1);
  const [before] = await store.locks();
  const next = await made.restart();
  const after = await until("the lock is renewed", async () =>
    (await store.locks()).find(({ expires }) => expires > before!.expires),
  );
  assert.equal(after.run, id);
  writeFileSync(go, "");
  assert.equal((await next.settled(id)).record.state, "done");
});

test("when the disk refuses two outcomes at once the run is given up once, and the next worker finds both", async (t) => {
  const made = await bench(t);
  const { target, effects } = made;
  const broken: unknown[] = [];
  const store = refusing(made, (change) => change.kind === "journal.append" && change.entry.entry.type === "outcome");
  const full = other(t, made, { store }, { broken: (_, error) => broken.push(error) });
  const plan = planOf({ steps: [leaves("one"), leaves("two")], targets: [target("a"), target("b"), target("c")] });
  const { id } = await full.create(plan, by);
  await until("it is given up", () => broken.length > 0);
  assert.ok(broken[0] instanceof WatchbookError && broken[0].code === "STORE-FULL");
  await until("all of one is done", () => effects().length === 3);
  await made.restart();
  assert.equal((await made.runner.settled(id)).record.state, "done");
  assert.equal(broken.length, 1);
  assert.deepEqual(effects().toSorted(), ["one@a", "one@b", "one@c", "two@a", "two@b", "two@c"]);
});

test("a lock that cannot be renewed for a full disk is renewed when there is space", async (t) => {
  const made = await bench(t);
  const { data, target } = made;
  const go = join(data, "go");
  let full = true;
  let refused = 0;
  const store = refusing(made, (change) => {
    const refuses =
      full && refused < 3 && change.kind === "lock.take" && change.lock.taken < change.lock.expires - 60_000;
    refused += refuses ? 1 : 0;
    return refuses;
  });
  const quick = {
    ...systemClock,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms === 20_000 ? 20 : ms, signal),
  };
  const runner = other(t, made, { store, clock: quick });
  const plan = planOf({ steps: [leaves("one", {}, waitsFor(go))], targets: [target("a")] });
  const { id } = await runner.create(plan, by);
  const expires = async (): Promise<number> => (await made.store.locks())[0]!.expires;
  await until("it was refused", () => refused === 3);
  full = false;
  const before = await expires();
  await until("it is renewed", async () => (await expires()) > before);
  writeFileSync(go, "");
  assert.equal((await runner.settled(id)).record.state, "done");
});

test("a run that ended before its evidence was written gets it at the next start", async (t) => {
  const made = await bench(t);
  const settled: string[] = [];
  const first = other(t, made, {}, { settle: () => new Promise(() => undefined) });
  const { id } = await first.create(planOf({ steps: [leaves("one")], targets: [made.target("a")] }), by);
  await until("it ended", async () => (await made.store.run(id))?.record.state === "done");
  await first.stop();
  const second = other(
    t,
    made,
    {},
    {
      settle: ({ record }) => {
        settled.push(record.id);
        return Promise.resolve("evidence");
      },
    },
  );
  assert.deepEqual(await second.recover(), []);
  await until("it has evidence", async () => (await made.store.run(id))?.record.evidence === "evidence");
  await second.recover();
  assert.deepEqual(settled, [id]);
});

test("two who reach for a run at once get the same worker", async (t) => {
  const made = await bench(t);
  const plan = planOf({ steps: [{ id: "look", kind: "manual" }, leaves("one")], targets: [made.target("a")] });
  const { id } = await made.runner.create(plan, by);
  await made.runner.settled(id);
  await made.runner.stop();
  const runner = other(t, made, {});
  await Promise.all([
    runner.recover(),
    runner.post(id, [{ type: "pause", by: "mei", reason: "" }]),
    runner.post(id, [{ type: "tick", step: "look", target: "a", by: "mei", done: true, note: "" }]),
  ]);
  await runner.post(id, [{ type: "resume", by: "mei" }]);
  assert.equal((await runner.settled(id)).record.state, "done");
  const taken = (await made.store.journal({ run: id })).filter(({ entry }) => entry.type === "run.taken");
  assert.equal(taken.length, 2);
});

/** Kinds of targets with one that stands in for hosts whose network is gone. */
function without(kind: string): House["registry"] {
  const local = registry.targets.get("local")!;
  const gone = {
    ...local,
    kind,
    open: async (...args: Parameters<typeof local.open>) => ({
      ...(await local.open(...args)),
      exec: () => Promise.reject(new ReachError("unreachable", "no route to host")),
    }),
  };
  return { ...registry, targets: new Map([...registry.targets, [kind, gone] as const]) };
}

test("a doubt on a host that does not come back is put to a person in the end", async (t) => {
  const made = await bench(t);
  const go = join(made.data, "go");
  const plan = planOf({ steps: [leaves("one", {}, waitsFor(go))], targets: [made.target("a")] });
  const { id } = await made.runner.create(plan, by);
  await until("it has begun", () => made.effects().length === 1);
  await made.runner.stop();
  let passed = 0n;
  const clock = {
    ...systemClock,
    monotonic: () => systemClock.monotonic() + passed,
    // Between two questions no time is lost here.
    sleep: async (ms: number, signal?: AbortSignal) => {
      if (ms !== 2_000) return systemClock.sleep(ms, signal);
      passed += 2_000_000_000n;
      return systemClock.sleep(0, signal);
    },
  };
  const runner = other(t, made, { registry: without("local"), clock });
  const start = clock.monotonic();
  await runner.take(id);
  const { view } = await runner.settled(id);
  assert.deepEqual(
    view.waits.map(({ kind }) => kind),
    ["decision"],
  );
  const seconds = (clock.monotonic() - start) / 1_000_000_000n;
  assert.ok(seconds >= 600n, String(seconds));
  // It had not ended: whoever looks there sees it.
  writeFileSync(go, "");
  await until("it ends", () => processesWith(made.data).length === 0);
});

test("a target that cannot be reached is told with why", async (t) => {
  const made = await bench(t);
  const runner = other(t, made, { registry: without("gone") });
  const plan = planOf({ steps: [leaves("one")], targets: [{ ...made.target("a"), kind: "gone" }] });
  const { id } = await runner.create(plan, by);
  const { record, view } = await runner.settled(id);
  assert.equal(record.state, "failed");
  assert.deepEqual(view.tasks[0]?.end?.args, { detail: "no route to host" });
});

// What a run leaves on its targets is there as long as it may need it, and gone when it has ended.
import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { House } from "../src/engine/house.ts";
import { registry } from "../src/kinds/registry.ts";
import { ReachError } from "../src/model/target.ts";
import { planOf, type StepOf } from "./kit/plan.ts";
import { bench, processesWith, type Bench } from "./kit/runner.ts";
import { until } from "./kit/daemon.ts";
import { signal } from "./kit/signal.ts";

const leaves = (id: string, more: Partial<StepOf> = {}, script = ""): StepOf => ({
  id,
  params: { script: `echo ${id}@$WB_TARGET >>"$EFFECTS"\n${script}` },
  ...more,
});
const by = { by: "lin", reason: "" };
const waitsFor = (file: string): string => `while [ ! -e ${file} ]; do sleep 0.05; done`;
const receipts = ({ data }: Bench, name: string): string => join(data, "receipts", name);
/** Runs of which something lies on a target. */
const runsOn = (made: Bench, name: string): readonly string[] =>
  existsSync(receipts(made, name)) ? readdirSync(receipts(made, name)) : [];
const remembered = async ({ store }: Bench): Promise<string> => (await store.value("run.marks")) ?? "[]";

test("when a run has ended nothing of it lies on its targets, however it ended", async (t) => {
  const made = await bench(t);
  const { runner, target } = made;
  const good = planOf({ steps: [leaves("one"), leaves("two")], targets: [target("a"), target("b")] });
  const bad = planOf({
    steps: [leaves("one", { undo: "back", onFail: "undo" }, "exit 1")],
    others: [leaves("back")],
    targets: [target("a")],
  });
  for (const [plan, state] of [
    [good, "done"],
    [bad, "undone"],
  ] as const) {
    const { id } = await runner.create(plan, by);
    assert.equal((await runner.settled(id)).record.state, state);
    await until("it is swept", async () => (await remembered(made)) === "[]");
    assert.deepEqual([runsOn(made, "a"), runsOn(made, "b")], [[], []]);
  }
});

test("a run that was left in the middle finds its own, whoever ended on the same target meanwhile", async (t) => {
  const made = await bench(t);
  const { data, target, effects } = made;
  const go = join(data, "go");
  const long = planOf({ steps: [leaves("long", {}, waitsFor(go))], targets: [target("a")] });
  const { id } = await made.runner.create(long, by);
  await until("it has begun", () => effects().length === 1);
  await made.runner.stop();
  const next = await made.restart();
  const short = planOf({ steps: [leaves("short")], targets: [{ ...target("a"), lock: "another" }] });
  const other = await next.create(short, by);
  await next.settled(other.id);
  await until("the short one is swept", async () => (await remembered(made)) === JSON.stringify([id]));
  assert.deepEqual(runsOn(made, "a"), [id]);
  writeFileSync(go, "");
  assert.equal((await next.settled(id)).record.state, "done");
  assert.deepEqual(effects(), ["long@a", "short@a"]);
  await until("both are swept", async () => (await remembered(made)) === "[]");
});

/** Kinds whose targets go away when `gone` says so. */
function going(gone: () => boolean): House["registry"] {
  const local = registry.targets.get("local")!;
  const open: typeof local.open = async (...args) => {
    const reach = await local.open(...args);
    const refused = () => Promise.reject(new ReachError("unreachable", "no route to host"));
    return { ...reach, exec: (...called) => (gone() ? refused() : reach.exec(...called)) };
  };
  return { ...registry, targets: new Map([...registry.targets, ["local", { ...local, open }] as const]) };
}

test("a target that is away when a run ends holds nothing up, and is swept with a later run, or at a later look", async (t) => {
  const made = await bench(t);
  const { target, house } = made;
  let gone = false;
  Object.assign(house, { registry: going(() => gone) });
  const plan = (name: string) => planOf({ steps: [leaves("one")], targets: [target(name)], digest: `sha256:${name}` });
  const lose = async (name: string): Promise<string> => {
    const { id } = await made.runner.create(plan(name), by);
    // It goes with its last answer.
    const forget = made.runner.hear(({ state }) => void (gone = state === "done"));
    assert.equal((await made.runner.settled(id)).record.state, "done");
    forget();
    await made.restart();
    assert.deepEqual(runsOn(made, name), [id]);
    gone = false;
    return id;
  };
  await lose("a");
  const second = await made.runner.create(plan("a"), by);
  await made.runner.settled(second.id);
  await until("both are swept", async () => (await remembered(made)) === "[]");
  assert.deepEqual(runsOn(made, "a"), []);
  const third = await lose("b");
  assert.equal(await remembered(made), JSON.stringify([third]));
  await made.runner.sweep();
  assert.deepEqual([runsOn(made, "b"), await remembered(made)], [[], "[]"]);
});

test("a target that was made anew while a write was open is not written to again: a person is asked", async (t) => {
  const made = await bench(t);
  const { data, target, effects } = made;
  const plan = planOf({ steps: [leaves("one", {}, waitsFor(join(data, "go")))], targets: [target("a")] });
  const { id } = await made.runner.create(plan, by);
  await until("it has begun", () => effects().length === 1);
  await made.runner.stop();
  signal(processesWith(receipts(made, "a")).map(Number));
  rmSync(receipts(made, "a"), { recursive: true, force: true });
  // However often it is asked.
  for (const _ of [1, 2]) {
    const next = await made.restart();
    assert.deepEqual((await next.settled(id)).record.waits, ["decision"]);
  }
  assert.deepEqual(effects(), ["one@a"]);
  writeFileSync(join(data, "go"), "");
  await made.runner.post(id, [
    { type: "decided", step: "one", target: "a", purpose: "do", attempt: 1, happened: "redo", by: "mei", note: "" },
  ]);
  assert.equal((await made.runner.settled(id)).record.state, "done");
  assert.deepEqual(effects(), ["one@a", "one@a"]);
});

test("the same where the step declares a state: its verify decides; and an idempotent one is done again", async (t) => {
  const made = await bench(t);
  const { data, target, effects } = made;
  const there = join(data, "there");
  const plan = planOf({
    steps: [
      leaves("one", { verify: "is-there", declares: true }, `: >${there}; ${waitsFor(join(data, "go"))}`),
      leaves(
        "two",
        { idempotent: true },
        `[ "$(grep -c two@a "$EFFECTS")" -gt 1 ] || ${waitsFor(join(data, "never"))}`,
      ),
    ],
    others: [{ id: "is-there", risk: "read", params: { script: `test -e ${there}` } }],
    targets: [target("a")],
  });
  const { id } = await made.runner.create(plan, by);
  for (const step of ["one@a", "two@a"]) {
    // The first says that it began before it makes its state.
    await until(`${step} has begun`, () => effects().at(-1) === step && existsSync(there));
    await made.runner.stop();
    for (const pid of processesWith(receipts(made, "a"))) process.kill(Number(pid), "SIGKILL");
    rmSync(receipts(made, "a"), { recursive: true, force: true });
    await made.restart();
  }
  assert.equal((await made.runner.settled(id)).record.state, "done");
  assert.deepEqual(effects(), ["one@a", "two@a", "two@a"]);
});

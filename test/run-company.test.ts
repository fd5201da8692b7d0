// Consecutive reads of one target share one exec; each keeps its own end, and what depends on order keeps its order.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { outputFolder, outputName } from "../src/engine/run/output.ts";
import { registry } from "../src/kinds/registry.ts";
import { readOutput } from "../src/store/output/read.ts";
import { until } from "./kit/daemon.ts";
import { planOf, type StepOf } from "./kit/plan.ts";
import { bench, processesWith, type Bench } from "./kit/runner.ts";

const by = { by: "lin", reason: "" };
const reads = (id: string, script = "", more: Partial<StepOf> = {}): StepOf => ({
  id,
  risk: "read",
  params: { script: `echo ${id}@$WB_TARGET >>"$EFFECTS"; echo "seen ${id}"\n${script}` },
  ...more,
});
const writes = (id: string): StepOf => ({ id, params: { script: `echo ${id}@$WB_TARGET >>"$EFFECTS"` } });

/** A bench whose targets count what is executed on them. */
async function counting(t: TestContext): Promise<Bench & { readonly execs: () => number }> {
  const made = await bench(t);
  const local = registry.targets.get("local")!;
  let execs = 0;
  const open: typeof local.open = async (...args) => {
    const reach = await local.open(...args);
    return {
      ...reach,
      exec: (...called) => {
        execs += 1;
        return reach.exec(...called);
      },
    };
  };
  const targets = new Map([...registry.targets, ["local", { ...local, open }] as const]);
  Object.assign(made.house, { registry: { ...registry, targets } });
  return Object.assign(made, { execs: () => execs });
}

test("twenty reads on a host are one exec, and each has its own record and output", async (t) => {
  const made = await counting(t);
  const ids = Array.from({ length: 20 }, (_, n) => `look-${n}`);
  const plan = planOf({ steps: ids.map((id) => reads(id)), targets: [made.target("a")] });
  const { id } = await made.runner.create(plan, by);
  const { record, view } = await made.runner.settled(id);
  assert.equal(record.state, "done");
  assert.equal(made.execs(), 1);
  assert.deepEqual(
    made.effects(),
    ids.map((one) => `${one}@a`),
  );
  assert.deepEqual(
    view.tasks.map(({ attempts, end }) => [attempts, end?.ending, end?.code]),
    ids.map(() => [1, "ok", 0]),
  );
  for (const step of ids) {
    const name = outputName({ step, target: "a", purpose: "do", attempt: 1 });
    const { bytes } = await readOutput(outputFolder(made.data, id), name, { tail: 5 });
    assert.equal(bytes.toString(), `seen ${step}\n`);
  }
  assert.ok(view.tasks.every(({ end }) => end?.tools?.some(({ name }) => name === "bash")));
  // They leave nothing: there is nothing to be swept.
  assert.ok(!existsSync(join(made.data, "receipts")));
  assert.equal(await made.store.value("run.marks"), undefined);
});

test("a write between reads keeps its place; what one gives out the next one finds", async (t) => {
  const made = await counting(t);
  const plan = planOf({
    steps: [
      reads("a"),
      reads("b", 'echo "N=7" >>"$WB_OUTPUT"', { outputs: ["N"] }),
      reads("c", 'echo "c $N" >>"$EFFECTS"'),
      writes("d"),
      reads("e"),
      reads("f"),
    ],
    targets: [made.target("t"), made.target("u")],
    parallel: 2,
  });
  const { id } = await made.runner.create(plan, by);
  assert.equal((await made.runner.settled(id)).record.state, "done");
  const on = (name: string) =>
    made
      .effects()
      .filter((line) => line.endsWith(`@${name}`))
      .map((line) => line[0]);
  for (const name of ["t", "u"]) assert.deepEqual(on(name), ["a", "b", "c", "d", "e", "f"]);
  assert.equal(made.effects().filter((line) => line === "c 7").length, 2);
  const last = made.effects().findIndex((line) => line.startsWith("d@"));
  assert.ok(
    made
      .effects()
      .slice(last)
      .every((line) => /^[def]@/.test(line)),
    "nothing is read ahead of a write",
  );
});

test("a read that fails stops the run; where the manual goes on, the next ones are done", async (t) => {
  const made = await counting(t);
  const plan = (onFail: "stop" | "continue", digest: string) =>
    planOf({ steps: [reads("a"), reads("b", "exit 4", { onFail }), reads("c")], targets: [made.target("t")], digest });
  const stopped = await made.runner.create(plan("stop", "sha256:stop"), by);
  const first = await made.runner.settled(stopped.id);
  assert.deepEqual(
    [first.record.state, first.view.tasks.map(({ state }) => state)],
    ["failed", ["done", "failed", "pending"]],
  );
  assert.deepEqual(made.effects(), ["a@t", "b@t"]);
  const went = await made.runner.create(plan("continue", "sha256:go"), by);
  const second = await made.runner.settled(went.id);
  assert.deepEqual(
    second.view.tasks.map(({ end }) => [end?.ending, end?.code]),
    [
      ["ok", 0],
      ["failed", 4],
      ["ok", 0],
    ],
  );
  assert.equal(made.execs(), 2);
});

test("what a read must print is compared for each; one that cannot be shared is done alone", async (t) => {
  const made = await counting(t);
  const expects = (id: string, expect: string): StepOf => ({
    id,
    risk: "read",
    params: { script: `echo ${id}`, expect },
  });
  const plan = planOf({
    steps: [
      expects("a", "a"),
      { ...expects("b", "other"), onFail: "continue" },
      { ...reads("c"), params: { script: "true", env: ["NONE"] }, onFail: "continue" },
      expects("d", "d"),
    ],
    targets: [made.target("t")],
  });
  const { id } = await made.runner.create(plan, by);
  const { view } = await made.runner.settled(id);
  const said = view.tasks.map(({ end }) => [end?.ending, end?.reason]);
  assert.deepEqual(said, [
    ["ok", undefined],
    ["failed", "output-differs"],
    ["failed", "value-missing"],
    ["ok", undefined],
  ]);
});

test("reads that were going on when their worker was lost are done again, and a cancel leaves no process", async (t) => {
  const made = await counting(t);
  const go = join(made.data, "go");
  const plan = planOf({
    steps: [reads("a"), reads("b", `until [ -e ${go} ]; do sleep 0.05; done`), reads("c")],
    targets: [made.target("t")],
  });
  const { id } = await made.runner.create(plan, by);
  await until("b is read", () => made.effects().length === 2);
  await until("a is on record", async () => (await made.runner.now(id)).view.tasks[0]!.state === "done");
  await made.runner.stop();
  await until("nothing runs", () => processesWith(go).length === 0);
  const next = await made.restart();
  await until("b is read again", () => made.effects().length === 3);
  writeFileSync(go, "");
  assert.equal((await next.settled(id)).record.state, "done");
  assert.deepEqual(made.effects(), ["a@t", "b@t", "b@t", "c@t"]);

  const never = join(made.data, "never");
  const long = planOf({
    steps: [reads("x", `until [ -e ${never} ]; do sleep 0.05; done`), reads("y")],
    targets: [made.target("t")],
    digest: "sha256:long",
  });
  const other = await next.create(long, by);
  await until("x is read", () => made.effects().at(-1) === "x@t");
  await next.post(other.id, [{ type: "cancel", by: "mei", reason: "", undo: false }]);
  assert.equal((await next.settled(other.id)).record.state, "cancelled");
  assert.equal(processesWith(never).length, 0);
});

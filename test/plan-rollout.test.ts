// How the book's rollout becomes a plan: batches, what stands behind each of them, what a failure does.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import * as fc from "fast-check";
import { batchesOf } from "../src/engine/plan/batches.ts";
import { differences } from "../src/engine/plan/differences.ts";
import { sizesOf } from "../src/engine/plan/rollout.ts";
import { planView } from "../src/engine/plan/view.ts";
import { shapeOf } from "../src/engine/run/core/shape.ts";
import { stagesOf } from "../src/evidence/run/plan.ts";
import type { Plan, PlanRequest } from "../src/model/plan.ts";
import { STRATEGIES, type RolloutSpec } from "../src/model/rollout.ts";
import type { BatchSize } from "../src/model/runbook-spec.ts";
import { planText } from "../src/report/plan/text.ts";
import { fleetBook, fleetPlan } from "./kit/fleet.ts";
import { folder } from "./kit/folder.ts";
import { planOf } from "./kit/plan.ts";
import { writeTo } from "./kit/planning.ts";

async function planned(t: TestContext, runbook: string, count = 4, more: Partial<PlanRequest> = {}, rest = "") {
  const plan = await fleetPlan(await fleetBook(folder(t), count, runbook, rest), more);
  return plan;
}
const GATE =
  "{ name: errors, check: command, with: { argv: [cat, /errors], value: { lines: true } }, bands: { critical: 5 }";
const onFails = (plan: Plan) => Object.fromEntries(plan.steps.map(({ id, onFail }) => [id, onFail]));
const codes = (plan: Plan) => plan.missing.map(({ code }) => code);

test("canary: a first batch, then the rest; soak and gates stand behind the steps of every batch", async (t) => {
  const plan = await planned(
    t,
    `{ rollout: { strategy: canary, soak: 5m, gates: [${GATE}, for: 2m, every: 10s, least: 5 }], rollback-within: 180s } }`,
  );
  assert.deepEqual(plan.missing, []);
  assert.deepEqual(plan.batches, [["w-1"], ["w-2", "w-3", "w-4"]]);
  assert.deepEqual(
    plan.steps.map(({ id, kind, scope, risk }) => [id, kind, scope, risk]),
    [
      ["look", "shell", "target", "read"],
      ["halt", "shell", "target", "write"],
      ["switch", "shell", "target", "write"],
      ["rollout/soak", "wait", "batch", "read"],
      ["gate/errors", "gate", "batch", "read"],
    ],
  );
  assert.deepEqual(plan.steps[3]?.params, { ms: 300_000 });
  // What the gate takes by itself does not count against its time limit.
  assert.equal(plan.steps[4]?.timeoutMs, 120_000 + 10_000 + 60_000);
  assert.deepEqual(plan.rollout, {
    strategy: "canary",
    gates: ["gate/errors"],
    soakMs: 300_000,
    rollback: "auto",
    rollbackWithin: 180,
  });
  assert.deepEqual(planView(plan).rollout, plan.rollout);
  assert.deepEqual(new Set(Object.values(onFails(plan))), new Set(["undo"]));
});

test("sizes: first and batch are numbers or parts; rolling is one at a time; recreate takes all", async (t) => {
  const sizes = async (rollout: string, count = 8) =>
    (await planned(t, `{ rollout: ${rollout} }`, count)).batches.map((names) => names.length);
  assert.deepEqual(await sizes("{ strategy: rolling }", 3), [1, 1, 1]);
  assert.deepEqual(await sizes('{ strategy: rolling, batch: "25%" }'), [2, 2, 2, 2]);
  assert.deepEqual(await sizes("{ strategy: canary }"), [1, 7]);
  assert.deepEqual(await sizes('{ strategy: canary, first: 2, batch: "50%" }'), [2, 4, 2]);
  assert.deepEqual(await sizes("{ strategy: recreate }"), [8]);
});

test("every target is in exactly one batch, and the gates of a batch come before any step of the next", () => {
  const size = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((count): BatchSize => ({ count })),
    fc.integer({ min: 1, max: 100 }).map((percent): BatchSize => ({ part: percent / 100 })),
  );
  const spec = fc.record(
    { strategy: fc.constantFrom(...STRATEGIES), first: size, batch: size },
    { requiredKeys: ["strategy"] },
  );
  const names = fc.integer({ min: 1, max: 60 }).map((count) => Array.from({ length: count }, (_, at) => `t${at}`));
  fc.assert(
    fc.property(spec, names, (given, all) => {
      const rollout: RolloutSpec = { ...given, gates: [], source: { file: "watchbook.yaml", line: 1 } };
      const batches = batchesOf(all, sizesOf({ rollout }, true));
      assert.deepEqual(batches.flat(), all);
      assert.ok(batches.every(({ length }) => length > 0));
      if (given.strategy === "recreate") assert.equal(batches.length, 1);
      const steps = [{ id: "switch" }, { id: "gate/a", kind: "gate", scope: "batch", risk: "read" }] as const;
      const { stages } = shapeOf(planOf({ steps, targets: all, batches }));
      assert.deepEqual(
        stages.map(({ spec: { step }, batch }) => `${step.id} ${batch}`),
        batches.flatMap((_, batch) => [`switch ${batch}`, `gate/a ${batch}`]),
      );
    }),
  );
});

test("the engine's order and that of the evidence: all steps of a batch, its soak, its gates, then the next batch", async (t) => {
  const plan = await planned(
    t,
    `{ rollout: { strategy: rolling, batch: 2, soak: 1s, gates: [${GATE} }, { name: up, check: http, with: { url: "http://127.0.0.1:1/" } }] } }`,
  );
  const batch = (number: number) => [
    `look ${number * 2 - 1},${number * 2}`,
    `halt ${number * 2 - 1},${number * 2}`,
    `switch ${number * 2 - 1},${number * 2}`,
    `rollout/soak batch-${number}`,
    `gate/errors batch-${number}`,
    `gate/up batch-${number}`,
  ];
  const told = (id: string, targets: readonly string[]) => `${id} ${targets.join(",").replaceAll("w-", "")}`;
  const engine = shapeOf(plan).stages.map(({ spec, targets }) => told(spec.step.id, targets));
  assert.deepEqual(engine, [...batch(1), ...batch(2)]);
  assert.deepEqual(
    stagesOf(plan).map(({ step, targets }) => told(step.id, targets)),
    engine,
  );
});

test("recreate: each step is done everywhere before the next one, so all have stopped before one starts", async (t) => {
  const plan = await planned(t, `{ rollout: { strategy: recreate, gates: [${GATE} }] } }`);
  assert.deepEqual(
    shapeOf(plan).stages.map(({ spec, targets }) => [spec.step.id, targets.length]),
    [
      ["look", 4],
      ["halt", 4],
      ["switch", 4],
      ["gate/errors", 1],
    ],
  );
});

test("what a failure does: undone when all can be undone, else a person is asked; said is said", async (t) => {
  const rollout = "strategy: rolling, gates: [{ name: up, check: http, with: { url: http://127.0.0.1:1/ } }]";
  const policy = async (more: string, rest = "") =>
    (await planned(t, `{ rollout: { ${rollout}${more} }${rest} }`)).rollout?.rollback;
  assert.equal(await policy(""), "auto");
  const bare = ", add: { put: { kind: shell, risk: write, with: { script: gw put } } }";
  assert.equal(await policy("", bare), "ask");
  assert.equal(await policy(", rollback: auto", bare), "auto");
  assert.equal(await policy(", rollback: none"), "none");
  assert.equal(await policy("", ", onFail: stop"), "none");
  assert.equal(await policy(", rollback: ask", ", onFail: stop"), "ask");
  const asked = await planned(t, `{ rollout: { ${rollout}, rollback: ask }, steps: { halt: { onFail: stop } } }`);
  assert.deepEqual(onFails(asked), { look: "ask", halt: "stop", switch: "ask", "gate/up": "ask" });
  // Looks before the first change of the only batch have nothing to undo.
  const once = await planned(t, `{ rollout: { ${rollout.replace("rolling", "recreate")} } }`);
  assert.deepEqual(onFails(once), { look: "stop", halt: "undo", switch: "undo", "gate/up": "undo" });
  // A runbook may go on after a failed step; a gate never does.
  const on = await planned(t, `{ rollout: { ${rollout} }, onFail: continue }`);
  assert.deepEqual(onFails(on), { look: "continue", halt: "continue", switch: "continue", "gate/up": "undo" });
});

test("a runbook that undoes all of it makes the rollback automatic, although no step has an undo of its own", async (t) => {
  const root = folder(t);
  writeTo(join(root, "book"), {
    "back.md": '# Back\n\n## SOP-02: Go back\n\n1. Back\n\n   ```bash {"wb-risk":"write"}\n   gw back\n   ```\n',
  });
  const put = "add: { put: { kind: shell, risk: write, with: { script: gw put } } }";
  const plan = await fleetPlan(await fleetBook(root, 2, `{ rollout: { strategy: rolling }, undo: SOP-02, ${put} }`));
  assert.deepEqual(plan.missing, []);
  assert.equal(plan.rollout?.rollback, "auto");
  assert.deepEqual(onFails(plan), { look: "undo", halt: "undo", switch: "undo", put: "undo" });
  assert.deepEqual(
    plan.steps.map(({ undo }) => undo),
    [undefined, "restart", "back", "SOP-02"],
  );
});

test("a plan whose steps fall on none of its targets has nothing to do, and cannot be run", async (t) => {
  const only = "{ steps: { look: { targets: [w-2] }, halt: { targets: [w-2] }, switch: { targets: [w-2] } } }";
  assert.deepEqual(codes(await planned(t, only, 2, { targets: ["w-1"] })), ["steps-elsewhere"]);
  assert.deepEqual(codes(await planned(t, only, 2, { targets: ["w-2"] })), []);
});

test("a rollback that nothing could do, an unknown check, wrong parameters are missing with their line", async (t) => {
  const none = "steps: { halt: { skip: 'not here' }, switch: { skip: 'not here' } }";
  const put = "add: { put: { kind: shell, risk: write, with: { script: gw put } } }";
  const auto = await planned(t, `{ rollout: { strategy: rolling, rollback: auto }, ${none}, ${put} }`);
  const found = auto.missing.find(({ code }) => code === "rollback-without-undo");
  assert.deepEqual([found?.args, found?.source?.line !== undefined], [{ steps: "put" }, true]);
  const gates = "[{ name: a, check: htpp }, { name: b, check: http, with: { ulr: x } }]";
  const wrong = await planned(t, `{ rollout: { strategy: rolling, gates: ${gates} } }`);
  assert.deepEqual(codes(wrong), ["kind", "params"]);
  assert.equal(wrong.missing[0]?.args["nearest"], "http");
  assert.equal(wrong.missing[0]?.step, "gate/a");
});

test("no batch may fail as a whole: nobody would look before the next one begins", async (t) => {
  const missing = async (rollout: string, max: number) =>
    codes(await planned(t, `{ rollout: { ${rollout} }, maxFailures: ${max} }`));
  assert.deepEqual(await missing("strategy: canary", 1), ["rollout-failures"]);
  assert.deepEqual(await missing("strategy: canary, first: 2", 1), []);
  assert.deepEqual(await missing("strategy: rolling, batch: 3", 1), ["rollout-failures"]);
  assert.deepEqual(await missing("strategy: recreate", 3), []);
});

test("a step that waits for a check has its time beside its limit", async (t) => {
  const add = (within: string) =>
    `{ add: { up: { kind: check, with: { check: http, with: { url: "http://127.0.0.1:1/" }${within} } } } }`;
  const limit = async (within: string) => (await planned(t, add(within))).steps.at(-1)?.timeoutMs;
  assert.equal(await limit(""), 60_000);
  assert.equal(await limit(", within: 5m"), 60_000 + 300_000 + 10_000);
});

test("a check of the book by its id stands for all that the book says of it", async (t) => {
  const checks = `checks:
  error-rate: { kind: http, params: { url: "http://127.0.0.1:1/" }, bands: { warn: 1, critical: 2 }, timeout: 3s }
`;
  const plan = await planned(
    t,
    "{ rollout: { strategy: rolling, gates: [{ name: rate, check: error-rate }] } }",
    2,
    {},
    checks,
  );
  assert.deepEqual(plan.missing, []);
  const params = plan.steps.at(-1)?.params as Record<string, unknown>;
  assert.deepEqual(
    ["check", "bands", "probe"].map((key) => params[key]),
    ["http", { bad: "above", warn: 1, critical: 2 }, 3],
  );
});

test("an environment may roll out differently; the plan's digest covers how", async (t) => {
  const open = await fleetBook(
    folder(t),
    4,
    "{ rollout: { strategy: canary }, environments: { prod: { rollout: { strategy: rolling, batch: 2 } } } }",
  );
  const plan = await fleetPlan(open);
  assert.deepEqual([plan.rollout?.strategy, plan.batches.length], ["rolling", 2]);
  const now = { ...plan, rollout: { ...plan.rollout!, rollbackWithin: 60 }, digest: "sha256:other" };
  assert.deepEqual(differences(plan, now), ["rollout"]);
});

test("--step does only that step: without the gates it proves nothing of the rollout", async (t) => {
  const plan = await planned(t, `{ rollout: { strategy: rolling, gates: [${GATE} }] } }`, 2, { only: ["switch"] });
  assert.deepEqual(
    plan.steps.map(({ id }) => id),
    ["switch"],
  );
  assert.deepEqual(plan.rollout?.gates, []);
});

test("the plan says how it is rolled out, in both languages", async (t) => {
  const rollout = `{ rollout: { strategy: canary, soak: 5m, gates: [${GATE} }], rollback-within: 3m }, add: { put: { kind: shell, risk: write, with: { script: gw put } } } }`;
  const plan = await planned(t, rollout);
  const line = async (lang: "en" | "zh") =>
    (await planText(plan, lang)).split("\n").find((one) => /^ {2}(?:rollout|发布方式)/.test(one));
  assert.equal(
    await line("en"),
    "  rollout: canary, the first batch is the test · each batch has 5 min before it is looked at · after each batch must hold: gate/errors · a failure asks a person · undone within 3 min · without an undo of their own: put",
  );
  assert.equal(
    await line("zh"),
    "  发布方式：金丝雀，先拿第一批试 · 每批先观察5 分钟再看结果 · 每批之后必须守住：gate/errors · 失败则询问人 · 须在3 分钟内撤销完 · 自身没有撤销的步骤：put",
  );
});

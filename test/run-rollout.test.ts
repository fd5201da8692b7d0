// Rollouts done by the real engine on places of this machine: who was touched, what was undone, and how long it took.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { runEvidence } from "../src/engine/run/evidence/input.ts";
import { recordEvidence } from "../src/evidence/record.ts";
import type { EvidencePlace } from "../src/model/evidence.ts";
import type { Journalled } from "../src/model/journal.ts";
import { runPage } from "../src/report/run/page.ts";
import { codes, recorder, verify } from "./kit/evidence.ts";
import { fleetBook, fleetPlan, place } from "./kit/fleet.ts";
import { folder } from "./kit/folder.ts";
import { bench, type Bench } from "./kit/runner.ts";
import { until } from "./kit/until.ts";

/** Lines in this file are errors; five are too many; no file cannot be measured. */
const gate = (root: string, more = ""): string =>
  `{ name: errors, check: command, with: { argv: [cat, "${root}/errors"], unknown: [1], value: { lines: true, unit: count } }, bands: { critical: 5 }${more} }`;

/**
 * Rolls the new version out to three places; `rollout` is what stands in the book beside the gate. `during` happens while it
 * goes on.
 */
async function rolledOut(
  t: TestContext,
  rollout: string,
  errors?: number,
  during: (hand: Bench, root: string) => Promise<unknown> = () => Promise.resolve(),
) {
  const root = folder(t);
  const to = recorder(folder(t));
  let evidence: EvidencePlace | undefined;
  let journal: readonly Journalled[] = [];
  const hand = await bench(t, {
    settle: async ({ record, plan }, read) => {
      journal = await read();
      const facts = { record, plan, journal, kind: "deploy", people: [], version: "0.1.0" } as const;
      evidence = await recordEvidence(
        to,
        runEvidence(facts, (run) => runPage(run, { lang: "en", zone: "UTC" })),
      );
      return evidence.directory;
    },
  });
  const open = await fleetBook(root, 3, `{ rollout: { ${rollout}, gates: [${gate(root)}] } }`);
  if (errors !== undefined) writeFileSync(join(root, "errors"), "ERROR\n".repeat(errors));
  const plan = await fleetPlan(open);
  assert.deepEqual(plan.missing, []);
  const { id } = await hand.runner.create(plan, { by: "li", reason: "rollout" });
  await during(hand, root);
  const now = await hand.runner.settled(id);
  const read = (file: string): string => readFileSync(join(evidence!.directory, file), "utf8");
  const env = new Map(
    read("result.env")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  );
  return {
    now,
    env,
    journal,
    /** What a stranger is told who allows a rollback so many seconds. */
    verified: (maxRollbackSeconds: number) =>
      verify(to, evidence!, { pins: { now: Date.now() }, limits: { maxRollbackSeconds } }),
    page: read("result.md"),
    effects: existsSync(join(root, "effects")) ? readFileSync(join(root, "effects"), "utf8").trimEnd().split("\n") : [],
    versions: [1, 2, 3].map((number) => readFileSync(join(place(root, number), "version"), "utf8").trim()),
    /** Places that a step was ever begun on. */
    touched: [...new Set(journal.flatMap(({ entry }) => (entry.type === "intent" ? [entry.target] : [])))],
  };
}

test("a canary whose gate fails is undone, nobody else is touched, and the rollback is timed against its objective [C-030]", async (t) => {
  const run = await rolledOut(t, "strategy: canary, rollback-within: 60s", 9);
  assert.equal(run.now.view.state, "undone");
  assert.deepEqual(run.effects, ["w-1 stop", "w-1 new", "w-1 old", "w-1 start"]);
  assert.deepEqual(run.versions, ["old", "old", "old"]);
  assert.deepEqual(run.touched, ["w-1", "batch-1"]);
  assert.equal(run.now.view.tasks.find(({ step }) => step === "gate/errors")?.end?.reason, "gate-over");
  const { env } = run;
  assert.deepEqual(
    [
      "STATE",
      "ROLLOUT_SUCCESS",
      "FAILED_STEP",
      "ROLLBACK_COMPLETE",
      "ROLLBACK_WITHIN_SECONDS",
      "ROLLBACK_WITHIN_MET",
    ].map((key) => env.get(key)),
    ["undone", "false", "gate/errors", "true", "60.000", "true"],
  );
  // From the outcome of the gate to the end of the last undo, on the monotonic clock, as the journal has it.
  const at = (found: Journalled | undefined): bigint => BigInt(found!.mono!);
  const failed = run.journal.find(({ entry }) => entry.type === "outcome" && entry.step === "gate/errors");
  const undone = run.journal.findLast(({ entry }) => entry.type === "outcome" && entry.purpose === "undo");
  const ms = Number((at(undone) - at(failed) + 999_999n) / 1_000_000n);
  assert.equal(env.get("ROLLBACK_SECONDS"), (ms / 1000).toFixed(3));
  assert.equal(run.verified(60).verdict, "fail");
  assert.ok(!codes(run.verified(60)).includes("limit-exceeded"));
  assert.match(run.page, /\| Roll-back \| [\d.]+ s · allowed were 60\.000 s: kept \|/);
});

test("a gate that cannot be measured does not pass: the canary is undone just so", async (t) => {
  const run = await rolledOut(t, "strategy: canary");
  assert.equal(run.now.view.state, "undone");
  assert.equal(run.now.view.tasks.find(({ step }) => step === "gate/errors")?.end?.reason, "gate-unmeasured");
  assert.deepEqual(run.versions, ["old", "old", "old"]);
  assert.deepEqual(run.touched, ["w-1", "batch-1"]);
});

test("a green one goes through all, each batch's gate before the next batch begins", async (t) => {
  const run = await rolledOut(t, "strategy: canary, soak: 10ms", 1);
  assert.equal(run.now.view.state, "done");
  assert.deepEqual(run.versions, ["new", "new", "new"]);
  const order = run.journal.flatMap(({ entry }) =>
    entry.type === "intent" || (entry.type === "outcome" && entry.step === "gate/errors")
      ? [`${entry.type} ${entry.step}@${entry.target}`]
      : [],
  );
  const gateEnd = order.indexOf("outcome gate/errors@batch-1");
  assert.ok(order.indexOf("intent rollout/soak@batch-1") > order.indexOf("intent switch@w-1"));
  for (const target of ["w-2", "w-3"]) assert.ok(order.indexOf(`intent look@${target}`) > gateEnd, target);
  assert.ok(order.indexOf("outcome gate/errors@batch-2") > order.indexOf("intent switch@w-3"));
  assert.equal(run.env.get("VERDICT"), "pass");
  assert.ok(!run.env.has("ROLLBACK_COMPLETE"));
});

test("an objective that was missed fails, although all was undone; the verifier's own limit too [C-030]", async (t) => {
  const run = await rolledOut(t, "strategy: rolling, rollback-within: 1ms", 9);
  assert.equal(run.now.view.state, "undone");
  assert.deepEqual([run.env.get("ROLLBACK_WITHIN_MET"), run.env.get("VERDICT")], ["false", "fail"]);
  assert.match(run.page, /allowed were 0\.001 s: MISSED/);
  assert.ok(codes(run.verified(0.001)).includes("limit-exceeded"));
});

test("recreate stops everywhere before it switches anywhere, and undoes in reverse order", async (t) => {
  const run = await rolledOut(t, "strategy: recreate", 9);
  const verbs = run.effects.map((line) => line.split(" ")[1]);
  assert.deepEqual(verbs, [
    ...["stop", "stop", "stop"],
    ...["new", "new", "new"],
    ...["old", "old", "old"],
    ...["start", "start", "start"],
  ]);
  const begun = (purpose: string) =>
    run.journal.flatMap(({ entry }) =>
      entry.type === "intent" && entry.purpose === purpose && entry.step !== "look" && entry.step !== "gate/errors"
        ? [`${entry.step}@${entry.target}`]
        : [],
    );
  assert.deepEqual(begun("undo"), begun("do").toReversed());
  assert.deepEqual(run.versions, ["old", "old", "old"]);
});

test("without a rollback a failed gate stops and leaves what is there", async (t) => {
  const run = await rolledOut(t, "strategy: canary, rollback: none", 9);
  assert.equal(run.now.view.state, "failed");
  assert.deepEqual(run.versions, ["new", "old", "old"]);
  assert.ok(!run.env.has("ROLLBACK_COMPLETE"));
});

test("another process takes the rollout over while a batch soaks: nothing is done twice, and the batch has its whole time", async (t) => {
  const during = async (hand: Bench, root: string): Promise<void> => {
    await until(() => existsSync(join(root, "effects")) && readFileSync(join(root, "effects"), "utf8").includes("new"));
    await hand.restart();
  };
  const run = await rolledOut(t, "strategy: canary, soak: 1s", 0, during);
  assert.equal(run.now.view.state, "done");
  const both = (name: string): readonly string[] => [`${name} stop`, `${name} new`];
  assert.deepEqual(
    run.effects.toSorted(),
    ["w-1", "w-2", "w-3"].flatMap((name) => both(name).toSorted()),
  );
  assert.equal(run.journal.filter(({ entry }) => entry.type === "run.taken").length, 2);
  for (const batch of ["batch-1", "batch-2"]) {
    const soaked = run.journal.filter(
      ({ entry }) => "step" in entry && entry.step === "rollout/soak" && "target" in entry && entry.target === batch,
    );
    assert.ok(soaked.at(-1)!.at - soaked[0]!.at >= 1_000, batch);
  }
});

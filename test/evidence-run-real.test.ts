// Runs done by the real runner on this machine: their evidence, their fixed files, a run taken over after a stop.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { runEvidence } from "../src/engine/run/evidence/input.ts";
import { dryRunEnv } from "../src/evidence/run/dry-run.ts";
import { planDigest } from "../src/evidence/run/plan.ts";
import { recordEvidence } from "../src/evidence/record.ts";
import { verifyCompat, verifyEnvFile } from "../src/evidence/verify-env.ts";
import type { EvidencePlace } from "../src/model/evidence.ts";
import type { Plan } from "../src/model/plan.ts";
import type { RunbookKind } from "../src/model/runbook.ts";
import { runPage } from "../src/report/run/page.ts";
import { publicKeyFile } from "../src/evidence/key.ts";
import { cli } from "./kit/cli.ts";
import { codes, DIGEST, record, recorder, trusting, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { planOf, type PlanOf } from "./kit/plan.ts";
import { bound, goodRun, recordRun } from "./kit/run-evidence.ts";
import { bench } from "./kit/runner.ts";

/** A runner whose runs leave evidence. */
async function setting(t: TestContext, kind: RunbookKind) {
  const to = recorder(folder(t));
  const places = new Map<string, EvidencePlace>();
  const place = await bench(t, {
    settle: async ({ record, plan }, journal) => {
      const facts = { record, plan, journal: await journal(), kind, people: [], version: "0.1.0" };
      const style = { lang: "zh", zone: "Asia/Shanghai" } as const;
      const found = await recordEvidence(
        to,
        runEvidence(facts, (run) => runPage(run, style)),
      );
      places.set(record.id, found);
      return found.directory;
    },
  });
  const planFor = (given: PlanOf): Plan => {
    const plan = { ...planOf({ ...given, targets: [place.target("a")] }), book: { digest: DIGEST, dirty: false } };
    return { ...plan, digest: planDigest(plan) };
  };
  const run = async (plan: Plan) => {
    const { id } = await place.runner.create(plan, { by: "li", reason: "real" });
    const now = await place.runner.settled(id);
    return { now, evidence: places.get(id)! };
  };
  return { to, run, planFor, place };
}

const shell = (id: string, script: string, more: object = {}) => ({ id, params: { script }, command: script, ...more });

test("a real run on this machine leaves evidence that passes, measured on the monotonic clock", async (t) => {
  const { to, run, planFor } = await setting(t, "deploy");
  const plan = planFor({
    steps: [
      shell("look", "true", { risk: "read" }),
      shell("fault_injection", "true", { until: "switch", undo: "heal" }),
      shell("switch", "sleep 0.2"),
    ],
    others: [shell("heal", "true")],
  });
  const { now, evidence } = await run(plan);
  assert.equal(now.view.state, "done");
  const asked = { limits: { requireFaultStep: true }, pins: { now: Date.now() } };
  const verification = verify(to, evidence, asked);
  assert.deepEqual([verification.verdict, codes(verification)], ["pass", []]);
  const env = join(evidence.directory, "result.env");
  const values = new Map(
    readFileSync(env, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split("=") as [string, string]),
  );
  assert.equal(values.get("CLOCK_SOURCE"), "monotonic");
  assert.ok(Number(values.get("STEP_3_DURATION_MS")) >= 200);
  assert.ok(Number(values.get("DURATION_SECONDS")) >= Number(values.get("WORK_SECONDS")));
  // The file that older scripts verify, where they look for it: tied to its run byte for byte.
  const fixed = join(folder(t), "rollout_result.env");
  writeFileSync(fixed, readFileSync(env));
  assert.equal(verifyCompat(fixed, { requireFaultStep: true }).verdict, "pass");
  assert.equal(verifyEnvFile(fixed, trusting(to, asked)).verdict, "pass");
  writeFileSync(fixed, readFileSync(env, "utf8").replace(/STEP_3_DURATION_MS=\d+/, "STEP_3_DURATION_MS=1"));
  assert.deepEqual(codes(verifyEnvFile(fixed, trusting(to, asked))), ["untied"]);
});

test("a failed real run fails, and what was undone is timed", async (t) => {
  const { to, run, planFor, place } = await setting(t, "upgrade");
  const plan = planFor({
    steps: [shell("switch", "true", { undo: "back" }), shell("check", "exit 3", { onFail: "undo", risk: "read" })],
    others: [shell("back", "sleep 0.1")],
  });
  const { now, evidence } = await run(plan);
  assert.equal(now.view.state, "undone");
  assert.equal((await place.store.run(now.record.id))!.record.evidence, evidence.directory);
  const limits = { maxRollbackSeconds: 60 };
  const verification = verify(to, evidence, { limits, pins: { now: Date.now() } });
  assert.equal(verification.verdict, "fail");
  assert.ok(Number(verification.measured["ROLLBACK_SECONDS"]) >= 0.1, JSON.stringify(verification.measured));
  assert.match(readFileSync(join(evidence.directory, "result.md"), "utf8"), /退出码为 3/);
});

test("a dry run writes the same keys, marked: the published verifiers accept it, ours calls it a rehearsal", (t) => {
  const plan = bound({
    steps: ["drain", { id: "fault_injection", kind: "fault", until: "switch", undo: "heal" }, { id: "switch" }],
    others: [{ id: "heal" }],
    environment: "prodlike",
  });
  const to = recorder(folder(t));
  for (const [kind, limits] of [
    ["deploy", { requireFaultStep: true }],
    ["failover", { maxFailoverSeconds: 300, maxDataLagEvents: 0 }],
  ] as const) {
    const file = join(folder(t), "result.env");
    writeFileSync(file, dryRunEnv({ plan, kind, by: "li", reason: "", version: "0.1.0", now: Date.UTC(2026, 10, 20) }));
    assert.equal(verifyCompat(file, limits).verdict, "pass", kind);
    const demands = { trust: { signers: [] }, limits, pins: { now: 0 }, roots: [to.root] };
    const strict = verifyEnvFile(file, demands);
    assert.equal(strict.verdict, "rehearsal", JSON.stringify(strict.reasons));
    assert.match(readFileSync(file, "utf8"), /^(?:ROLLOUT|FAILOVER)_DRY_RUN=true$/m);
  }
});

test("evidence verify takes the directory of a run: key, age, commit, fault step, compat, each with its exit code", async (t) => {
  const to = recorder(folder(t));
  const place = await recordRun(to, goodRun(bound({ steps: ["look"], environment: "sim" })), { kind: "deploy" });
  const at = (...more: string[]) =>
    cli(t, ["evidence", "verify", place.directory, "--public-key", publicKeyFile(to.keys), "--json", ...more], to.root);
  const codeOf = async (...more: string[]): Promise<number | null> => (await at(...more)).code;
  const { out } = await at();
  const found = JSON.parse(out) as { verdict: string; measured: Record<string, unknown>; logged: boolean };
  assert.deepEqual([found.verdict, found.logged, found.measured["steps"]], ["pass", true, 1]);
  assert.equal(await codeOf("--book-commit", "12345678"), 0);
  assert.equal(await codeOf("--book-commit", "87654321"), 3);
  assert.equal(await codeOf("--max-age", "1h"), 3);
  assert.equal(await codeOf("--require-fault-step"), 3);
  assert.equal(await codeOf("--compat"), 0);
  assert.equal(await codeOf("--compat", "--require-fault-step"), 2);
  const stranger = publicKeyFile(recorder(folder(t)).keys);
  await record(recorder(join(stranger, "..", "..")), "other");
  const { code } = await cli(t, ["evidence", "verify", place.directory, "--public-key", stranger], to.root);
  assert.equal(code, 2);
});

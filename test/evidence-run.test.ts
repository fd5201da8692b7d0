// Evidence of runs: recorded from a journal, verified from the directory alone.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FILES } from "../src/evidence/record.ts";
import { recompute } from "../src/evidence/recompute.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { verifyCompat } from "../src/evidence/verify-env.ts";
import type { EvidenceInput } from "../src/model/evidence.ts";
import { codes, recorder, STARTED, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { bound, factsOf, goodRun, inputOfRun, recordRun } from "./kit/run-evidence.ts";
import { play } from "./kit/run-play.ts";
import { runEvents } from "../src/engine/run/evidence/events.ts";
import { judgeRun } from "../src/evidence/run/judge.ts";

const plan = bound({
  steps: ["look", { id: "restart", verify: "up" }],
  others: [{ id: "up", risk: "read" }],
  targets: ["a", "b"],
});

const values = (input: Pick<EvidenceInput, "env">): Record<string, string> => Object.fromEntries(input.env);

test("a run that went well passes, and its files say the same as its events", async (t) => {
  const to = recorder(folder(t));
  const place = await recordRun(to, goodRun(plan), { kind: "deploy" });
  const verification = verify(to, place);
  assert.equal(verification.verdict, "pass", codes(verification).join(" "));
  assert.deepEqual(
    ["items", "pass", "steps", "approvals"].map((key) => verification.measured[key]),
    [4, 4, 2, 0],
  );
  const result = JSON.parse(readFileSync(join(place.directory, FILES.json), "utf8")) as Record<string, any>;
  assert.equal(result["plan"].digest, plan.digest);
  assert.deepEqual(
    result["tasks"].map((task: Record<string, unknown>) => [task["step"], task["target"], task["state"]]),
    [
      ["look", "a", "done"],
      ["look", "b", "done"],
      ["restart", "a", "done"],
      ["restart", "b", "done"],
    ],
  );
  const statement = JSON.parse(readFileSync(join(place.directory, FILES.statement), "utf8")) as { payload: string };
  const { subject } = JSON.parse(Buffer.from(statement.payload, "base64").toString()) as {
    subject: { name: string }[];
  };
  assert.deepEqual(subject.map(({ name }) => name).slice(4), ["book", "plan"]);
  const pinned = verify(to, place, { pins: { now: STARTED, commit: "12345678" } });
  assert.ok(!codes(pinned).includes("other-commit"));
  assert.ok(codes(verify(to, place, { pins: { now: STARTED, commit: "87654321" } })).includes("other-commit"));
});

test("a read that ended before its turn came, in the company of another, has the time that it took, and the sum stays", () => {
  const run = play(bound({ steps: ["look", "look-again"], targets: ["a"] }));
  run.go();
  run.now += 900;
  run.end("look@a", { seconds: 0.3 });
  run.now += 20;
  run.end("look-again@a", { seconds: 0.6 });
  const env = values(inputOfRun(run, { kind: "restart" }));
  assert.deepEqual([env["STEP_1_DURATION_MS"], env["STEP_2_DURATION_MS"]], ["320", "600"]);
});

test("keys of result.env: what, by whom, how each step ended, how long it took", () => {
  const env = values(inputOfRun(goodRun(plan), { kind: "restart" }));
  assert.equal(env["EVIDENCE_FORMAT"], "watchbook-run/1");
  assert.deepEqual(
    ["RUNBOOK", "ENVIRONMENT", "PLAN_DIGEST", "OPERATOR", "APPROVED_BY", "DRY_RUN", "VERDICT", "CLOCK_SOURCE"].map(
      (key) => env[key],
    ),
    ["rb", "test", plan.digest, "requester", "none", "false", "pass", "monotonic"],
  );
  assert.deepEqual(
    [1, 2].map((n) => ["NAME", "STATUS", "DURATION_MS", "TARGET"].map((key) => env[`STEP_${n}_${key}`])),
    [
      ["look", "ok", "3000", "a,b"],
      ["restart", "ok", "6000", "a,b"],
    ],
  );
  assert.equal(env["WORK_SECONDS"], "9.000");
  assert.ok(!Object.keys(env).some((key) => key.startsWith("ROLLOUT_") || key.startsWith("FAILOVER_")));
});

test("failed, cancelled, undone and refused runs keep their verdict, and the step that failed is named", () => {
  const failing = play(plan);
  failing.go();
  failing.end("look@a", { ending: "failed", code: 1, reason: "exit" });
  failing.end("look@b");
  const failed = inputOfRun(failing, { kind: "deploy" });
  assert.equal(failed.verdict, "fail");
  const env = values(failed);
  assert.deepEqual(
    ["STATE", "FAILED_STEP", "ROLLOUT_SUCCESS", "ROLLOUT_FAILED_STEP", "STEP_1_STATUS", "STEP_2_STATUS"].map(
      (key) => env[key],
    ),
    ["failed", "look", "false", "look", "failed", "not_run"],
  );
  const cancelled = play(plan);
  cancelled.go();
  cancelled.say({ type: "cancel", by: "wang", reason: "wrong host", undo: false });
  for (const target of ["a", "b"])
    if (cancelled.view.tasks.some((task) => task.target === target && task.open)) cancelled.end(`look@${target}`);
  assert.equal(inputOfRun(cancelled).verdict, "inconclusive");
});

test("seconds of a roll-back are measured from the failure to the last undo", () => {
  const undoing = bound({
    steps: [
      { id: "switch", undo: "back" },
      { id: "check", onFail: "undo" },
    ],
    others: [{ id: "back" }],
  });
  const run = play(undoing);
  run.go();
  run.end("switch@a");
  run.now += 700;
  run.end("check@a", { ending: "failed" });
  run.now += 2_345;
  run.end("switch@a");
  assert.equal(run.view.state, "undone");
  const env = values(inputOfRun(run, { kind: "upgrade" }));
  assert.equal(env["ROLLBACK_SECONDS"], "2.345");
  assert.equal(env["STEP_1_STATUS"], "undone");
});

test("a reboot, or a journal without clocks, leaves durations that demonstrate nothing", () => {
  const good = goodRun(plan);
  const bare = values(inputOfRun(good, { journal: good.journal, kind: "deploy" }));
  assert.equal(bare["CLOCK_SOURCE"], "wall");
  const facts = factsOf(good);
  const taken = facts.journal.map((one) =>
    one.entry.type === "run.taken" ? { ...one, entry: { ...one.entry, boot: "none" } } : one,
  );
  assert.equal(values(inputOfRun(good, { journal: taken }))["CLOCK_SOURCE"], "wall");
  const crashed = play(plan);
  crashed.go();
  crashed.put({ type: "run.taken", epoch: 2, host: "h", pid: 2, boot: "boot-2" });
  crashed.epoch = 2;
  crashed.go();
  crashed.say({ type: "outcome", ...crashed.open("look@a"), ending: "unknown", seconds: 0, via: "repeat" });
  crashed.end("look@a");
  for (
    let open = crashed.view.tasks.find((task) => task.open);
    open;
    open = crashed.view.tasks.find((task) => task.open)
  )
    crashed.end(`${open.step}@${open.target}`);
  const journal = factsOf(crashed).journal.map((one, index) =>
    one.entry.type === "run.taken" && index > 1 ? { ...one, entry: { ...one.entry, boot: "boot-2" } } : one,
  );
  const input = inputOfRun(crashed, { journal });
  assert.deepEqual([values(input)["CLOCK_SOURCE"], input.verdict], ["wall", "pass"]);
});

test("signed events that contradict themselves are refused: plan, order, approvals, end", () => {
  const events = inputOfRun(goodRun(plan)).events;
  const outcome = (change: (events: Record<string, any>[]) => unknown): string => {
    const copy = structuredClone(events) as unknown as Record<string, any>[];
    change(copy);
    try {
      return recompute("run", copy as never, "execute").verdict;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.reason.code;
    }
  };
  const at = (type: string, nth = 0): number =>
    events.map((e, i) => (e.type === type ? i : -1)).filter((i) => i >= 0)[nth]!;
  const cases: readonly [string, (e: Record<string, any>[]) => unknown][] = [
    ["pass", () => undefined],
    ["plan-disagrees", (e) => (e[1]!["data"].plan.steps[0].command = "rm -rf /")],
    ["plan-disagrees", (e) => e[1]!["data"].plan.steps.pop()],
    ["plan-disagrees", (e) => (e[0]!["data"].plan = `sha256:${"0".repeat(64)}`)],
    ["events-shape", (e) => (e[0]!["data"].by = "somebody")],
    ["events-shape", (e) => (e[0]!["data"].runbook = "other")],
    ["events-shape", (e) => delete e[1]!["data"].plan.steps],
    ["events-shape", (e) => (e[3]!["data"].journal = 2)],
    ["events-shape", (e) => (e[5]!["type"] = "step.done")],
    ["events-shape", (e) => (e[5]!["data"].epoch = 0)],
    ["events-missing", (e) => (e[at("intent")]!["data"].step = "other")],
    ["state-disagrees", (e) => (e[at("outcome", 0)]!["data"].ending = "failed")],
    ["verdict-disagrees", (e) => (e.at(-1)!["data"].state = "cancelled")],
    ["verdict-disagrees", (e) => (e.at(-1)!["data"].state = "failed")],
    ["verdict-disagrees", (e) => (e.at(-1)!["data"].verdict = "fail")],
    ["events-order", (e) => (e[6]!["boot_id"] = "other")],
    ["events-order", (e) => e.splice(7, 1)],
  ];
  for (const [code, change] of cases) assert.equal(outcome(change), code, String(change));
  // A step that nobody began, with all that came of it taken out: the run cannot have ended well.
  const cut = (e: Record<string, any>[]): void => {
    const kept = e.filter(({ data }) => !(data.step === "restart" && data.target === "b"));
    e.splice(0, e.length, ...kept);
    for (const [index, event] of e.entries()) Object.assign(event, { seq: index + 1 });
    for (const [index, event] of e.slice(3).entries()) event["data"].journal = index + 1;
  };
  assert.equal(outcome(cut), "state-disagrees");
});

test("result.env and result.json that say something else than the events are refused, signed or not", async (t) => {
  const good = inputOfRun(goodRun(plan), { kind: "deploy" });
  const changed: readonly (readonly [string, Partial<EvidenceInput>])[] = [
    [
      "verdict-disagrees",
      { env: good.env.map(([key, value]) => [key, key === "STEP_2_DURATION_MS" ? "1" : value] as const) },
    ],
    ["verdict-disagrees", { env: good.env.map(([key, value]) => [key, key === "OPERATOR" ? "li" : value] as const) }],
    ["verdict-disagrees", { env: good.env.filter(([key]) => key !== "STEP_2_STATUS") }],
    ["facts-disagree", { result: { ...good.result, approvals: [{ by: "li" }] } }],
    ["facts-disagree", { result: { ...good.result, tasks: [] } }],
  ];
  for (const [code, more] of changed) {
    const to = recorder(folder(t));
    const { recordEvidence } = await import("../src/evidence/record.ts");
    const place = await recordEvidence(to, { ...good, ...more });
    assert.deepEqual(codes(verify(to, place)), [code]);
  }
});

test("any of its files changed by a byte is refused", async (t) => {
  const to = recorder(folder(t));
  const place = await recordRun(to, goodRun(plan));
  for (const name of Object.values(FILES)) {
    const path = join(place.directory, name);
    const sound = readFileSync(path);
    const bytes = Buffer.from(sound);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(path, bytes);
    assert.equal(verify(to, place).verdict, "refused", name);
    writeFileSync(path, sound);
  }
  assert.equal(verify(to, place).verdict, "pass");
});

const faulty = (given: object = {}) =>
  bound({
    steps: [
      { id: "fault_injection", kind: "fault", until: "switch", undo: "heal", ...given },
      { id: "switch", outputs: ["DATA_SYNC_LAG_EVENTS"] },
    ],
    others: [{ id: "heal" }],
  });

test("a fault step counts when it was there, bit and was removed [C-035]", async (t) => {
  const asked = { limits: { requireFaultStep: true } };
  const cases = [
    ["rollout with its fault", goodRun(faulty()), "pass", []],
    ["without", goodRun(plan), "inconclusive", ["no-fault-step"]],
  ] as const;
  for (const kind of ["deploy", "restart"] as const)
    for (const [name, run, verdict, why] of cases) {
      const to = recorder(folder(t));
      const place = await recordRun(to, run, { kind });
      const verification = verify(to, place, asked);
      assert.deepEqual([verification.verdict, codes(verification)], [verdict, why], name);
    }
  const missed = play(faulty({ onFail: "continue" }));
  missed.go();
  missed.end("fault_injection@a", { ending: "failed", reason: "fault-did-not-bite" });
  for (let open = missed.view.tasks.find((task) => task.open); open; open = missed.view.tasks.find((task) => task.open))
    missed.end(`${open.step}@${open.target}`);
  assert.equal(missed.view.state, "done");
  const to = recorder(folder(t));
  const verification = verify(to, await recordRun(to, missed), asked);
  assert.deepEqual(
    [verification.verdict, codes(verification)],
    ["inconclusive", ["verdict-inconclusive", "fault-not-bit"]],
  );
});

test("rollouts and failovers leave the keys that the published verifiers accept [C-034]", async (t) => {
  const to = recorder(folder(t));
  const measured = play(faulty());
  measured.go();
  measured.end("fault_injection@a");
  measured.now += 900;
  measured.end("switch@a", { outputs: { DATA_SYNC_LAG_EVENTS: "0" } });
  measured.end("fault_injection@a");
  for (const kind of ["deploy", "failover"] as const) {
    const run = { ...factsOf(measured, { kind }), record: { id: `r-${kind}`, by: "requester", reason: "test" } };
    const place = await recordRun(to, measured, run);
    const file = join(place.directory, FILES.env);
    const limits = kind === "deploy" ? { requireFaultStep: true } : { maxFailoverSeconds: 300, maxDataLagEvents: 0 };
    assert.equal(verifyCompat(file, limits).verdict, "pass", kind);
    const strict = verify(to, place, { limits });
    assert.equal(strict.verdict, "pass", `${kind} ${JSON.stringify(strict.reasons)}`);
  }
  const slow = verify(
    to,
    await recordRun(to, measured, { kind: "failover", record: { id: "r-slow", by: "requester", reason: "test" } }),
    {
      limits: { maxFailoverSeconds: 0.8 },
    },
  );
  assert.deepEqual([slow.verdict, codes(slow)], ["fail", ["limit-exceeded"]]);
});

test("a failover whose lag nobody measured shows no lag: the limit is not met for want of a figure", async (t) => {
  const to = recorder(folder(t));
  const place = await recordRun(to, goodRun(plan), { kind: "failover" });
  assert.equal(verify(to, place).verdict, "pass");
  const asked = verify(to, place, { limits: { maxDataLagEvents: 0 } });
  assert.deepEqual([asked.verdict, codes(asked)], ["inconclusive", ["not-measured"]]);
});

test("a rehearsal passes the published verifier and never ours [C-045]", async (t) => {
  const to = recorder(folder(t));
  const place = await recordRun(to, goodRun({ ...bound({ steps: ["look"], rehearsal: true }) }), { kind: "failover" });
  assert.equal(verifyCompat(join(place.directory, FILES.env), { maxDataLagEvents: 0 }).verdict, "pass");
  const verification = verify(to, place);
  assert.equal(verification.verdict, "rehearsal");
  assert.ok(
    judgeRun(runEvents(factsOf(goodRun(bound({ steps: ["look"], rehearsal: true })))), "dry-run").verdict ===
      "rehearsal",
  );
});

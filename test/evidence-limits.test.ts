import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Limits } from "../src/evidence/limits/kind.ts";
import { verifyCompat, verifyEnvFile } from "../src/evidence/verify-env.ts";
import { recordEvidence } from "../src/evidence/record.ts";
import { codes, inputOf, record, recorder, trusting, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";

type Values = Readonly<Record<string, string>>;

const WAL: Values = {
  drill_id: "wal-7",
  release_version: "1.4.2",
  wal_path: "/srv/gate/wal",
  failure_start_utc: "2026-11-20T08:33:00Z",
  recovery_complete_utc: "2026-11-20T08:33:08Z",
  rto_seconds: "7.912",
  rpo_events: "0",
  operator: "li",
  result: "pass",
  notes: "none",
};
const ROLLBACK: Values = {
  drill_id: "rb-2",
  platform: "systemd",
  release_version: "1.4.3",
  rollback_target: "1.4.2",
  failure_injected: "process_kill",
  rollback_start_utc: "2026-11-20T08:33:00Z",
  rollback_complete_utc: "2026-11-20T08:34:31Z",
  rollback_seconds: "90.5",
  health_check_passed: "true",
  result: "pass",
  operator: "li",
  notes: "none",
};
const step = (n: number, name: string, ms: string, status = "ok"): Values => ({
  [`STEP_${n}_NAME`]: name,
  [`STEP_${n}_STATUS`]: status,
  [`STEP_${n}_DURATION_MS`]: ms,
});
const FAILOVER: Values = {
  FAILOVER_ENV: "prodlike",
  FAILOVER_DRY_RUN: "false",
  FAILOVER_SUCCESS: "true",
  FAILOVER_TOTAL_STEPS: "2",
  FAILOVER_FAILED_STEP: "",
  FAILOVER_DURATION_SECONDS: "12.5",
  DATA_SYNC_LAG_EVENTS: "0",
  ...step(1, "stop_primary", "2000"),
  ...step(2, "promote", "10000"),
};
const ROLLOUT: Values = {
  ROLLOUT_ENV: "staging",
  ROLLOUT_DRY_RUN: "false",
  ROLLOUT_SUCCESS: "true",
  ROLLOUT_TOTAL_STEPS: "2",
  ROLLOUT_FAILED_STEP: "",
  ...step(1, "deploy", "2000"),
  ...step(2, "fault_injection", "900"),
};

/** The published verifier's verdict on a file with these lines, or on this very text. */
function compat(t: TestContext, values: Values | string, limits: Limits = {}): boolean {
  const file = join(folder(t), "result.env");
  writeFileSync(
    file,
    typeof values === "string"
      ? values
      : Object.entries(values)
          .map(([key, value]) => `${key}=${value}\n`)
          .join(""),
  );
  const { verdict } = verifyCompat(file, limits);
  assert.ok(verdict === "pass" || verdict === "refused");
  return verdict === "pass";
}

/** Our verdict on signed, logged evidence that has these values. */
async function strict(t: TestContext, values: Values, limits: Limits = {}, more: { mode?: "dry-run" } = {}) {
  const to = recorder(folder(t));
  const place = await record(to, "drill-1", { env: Object.entries(values), ...more });
  return verify(to, place, { limits });
}

test("sound evidence of each kind passes both ways", async (t) => {
  for (const values of [WAL, ROLLBACK, FAILOVER, ROLLOUT]) {
    assert.ok(compat(t, values));
    const verification = await strict(t, values, values === ROLLOUT ? { requireFaultStep: true } : {});
    assert.equal(verification.verdict, "pass", JSON.stringify(verification.reasons));
  }
});

test("the files of a rollback and of a rollout: comments and quotes are read; a key twice and shell are refused [C-031 C-034]", async (t) => {
  const to = recorder(folder(t));
  await record(to, "run-1");
  const file = join(folder(t), "result.env");
  const read = (text: string, limits: Limits) => {
    writeFileSync(file, text);
    return verifyEnvFile(file, trusting(to, { limits }));
  };
  const cases: readonly [Values, Limits, string][] = [
    [ROLLBACK, { maxRollbackSeconds: 180 }, "rollback_seconds"],
    [ROLLOUT, { requireFaultStep: true }, "STEP_2_STATUS"],
  ];
  for (const [values, limits, key] of cases) {
    const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'\n`);
    const text = `# measured by the drill\n\n${lines.join("")}`;
    // Sound in itself: all that lacks is a run that left it.
    assert.deepEqual(
      codes(read(text, limits)).filter((code) => code !== "coarse-clock"),
      ["untied"],
      key,
    );
    assert.deepEqual(codes(read(`${text}${key}=1\n`, limits)), ["env-twice"]);
    assert.deepEqual(codes(read(`${text}X=$(date)\n`, limits)), ["env-substitution"]);
  }
  const failed = { ...ROLLOUT, ROLLOUT_SUCCESS: "false", ROLLOUT_FAILED_STEP: "deploy", STEP_1_STATUS: "failed" };
  assert.equal((await strict(t, failed)).verdict, "fail");
});

test("a limit is reached without harm and exceeded by a thousandth: 10 passes, 10.001 fails [C-025]", async (t) => {
  const at = (rto: string): Values => ({ ...WAL, rto_seconds: rto, recovery_complete_utc: "2026-11-20T08:33:10Z" });
  const limits = { maxRtoSeconds: 10, maxRpoEvents: 0 };
  assert.deepEqual([compat(t, at("10.0"), limits), compat(t, at("10.001"), limits)], [true, false]);
  const good = await strict(t, at("10.0"), limits);
  assert.equal(good.verdict, "pass");
  assert.equal(good.measured["max rto_seconds"], 10);
  const bad = await strict(t, at("10.001"), limits);
  assert.equal(bad.verdict, "fail");
  assert.deepEqual(bad.reasons[0], { code: "limit-exceeded", args: { key: "rto_seconds", value: 10.001, max: 10 } });
});

test("181 seconds of rollback, one lost event, one event of lag and 300.5 seconds of failover fail", async (t) => {
  const cases: readonly [Values, Limits][] = [
    [
      { ...ROLLBACK, rollback_seconds: "181", rollback_complete_utc: "2026-11-20T08:36:01Z" },
      { maxRollbackSeconds: 180 },
    ],
    [{ ...WAL, rpo_events: "1" }, { maxRpoEvents: 0 }],
    [{ ...FAILOVER, DATA_SYNC_LAG_EVENTS: "1" }, { maxDataLagEvents: 0 }],
    [{ ...FAILOVER, FAILOVER_DURATION_SECONDS: "300.5" }, { maxFailoverSeconds: 300 }],
  ];
  for (const [values, limits] of cases) {
    assert.ok(!compat(t, values, limits));
    const verification = await strict(t, values, limits);
    assert.equal(verification.verdict, "fail");
    assert.deepEqual(codes(verification), ["limit-exceeded"]);
  }
});

test("a rollout without its fault step is no evidence of one [C-035]", async (t) => {
  const clean = { ...ROLLOUT, ...step(2, "verify", "900") };
  assert.deepEqual([compat(t, clean), compat(t, clean, { requireFaultStep: true })], [true, false]);
  const verification = await strict(t, clean, { requireFaultStep: true });
  assert.equal(verification.verdict, "inconclusive");
  assert.deepEqual(codes(verification), ["no-fault-step"]);
});

/** What the published verifiers accept and should not: the hole, the file, our verdict, our reason. */
const HOLES: readonly [string, Values, string, string][] = [
  [
    "a dry run with simulated steps",
    { ...FAILOVER, FAILOVER_DRY_RUN: "true", ...step(1, "stop_primary", "0", "simulated_ok") },
    "rehearsal",
    "dry-run",
  ],
  ["a dry rollout", { ...ROLLOUT, ROLLOUT_DRY_RUN: "true" }, "rehearsal", "dry-run"],
  [
    "simulated steps in what calls itself real",
    { ...FAILOVER, ...step(2, "promote", "10000", "simulated_ok") },
    "rehearsal",
    "simulated",
  ],
  ["a recovery whose own result is fail", { ...WAL, result: "fail" }, "fail", "result-not-pass"],
  ["a rollout that did not succeed", { ...ROLLOUT, ROLLOUT_SUCCESS: "false" }, "fail", "no-success"],
  ["NaN seconds", { ...WAL, rto_seconds: "nan" }, "refused", "not-a-number"],
  ["NaN seconds of failover", { ...FAILOVER, FAILOVER_DURATION_SECONDS: "NaN" }, "refused", "not-a-number"],
  ["NaN seconds of rollback", { ...ROLLBACK, rollback_seconds: "nan" }, "refused", "not-a-number"],
  ["seconds smaller than their own timestamps", { ...WAL, rto_seconds: "3.5" }, "refused", "seconds-disagree"],
  [
    "rollback seconds smaller than their own timestamps",
    { ...ROLLBACK, rollback_seconds: "12" },
    "refused",
    "seconds-disagree",
  ],
  [
    "a whole that is shorter than its steps",
    { ...FAILOVER, FAILOVER_DURATION_SECONDS: "11" },
    "refused",
    "seconds-disagree",
  ],
  ["success with a failed step", { ...FAILOVER, FAILOVER_FAILED_STEP: "promote" }, "refused", "success-disagrees"],
  [
    "a rollout that names its failed step and success",
    { ...ROLLOUT, ROLLOUT_FAILED_STEP: "deploy" },
    "refused",
    "success-disagrees",
  ],
  ["steps beyond the number of steps", { ...FAILOVER, ...step(3, "hidden", "1") }, "refused", "steps-disagree"],
  ["negative time of a rollout step", { ...ROLLOUT, ...step(1, "deploy", "-5") }, "refused", "not-a-number"],
];

for (const [hole, values, verdict, code] of HOLES)
  test(`hole closed: ${hole}${verdict === "rehearsal" ? " [C-045]" : ""}`, async (t) => {
    assert.ok(compat(t, values), "the published verifier accepts it");
    const verification = await strict(t, values);
    assert.equal(verification.verdict, verdict);
    assert.ok(codes(verification).includes(code), codes(verification).join(" "));
  });

test("hole closed: whole-second times without a monotonic clock demonstrate nothing", async (t) => {
  assert.ok(compat(t, WAL));
  const to = recorder(folder(t));
  const env = [...Object.entries(WAL), ["RUN_ID", "drill-1"], ["VERDICT", "pass"]] as [string, string][];
  const place = await recordEvidence(to, { ...inputOf("drill-1"), env });
  const verification = verify(to, place);
  assert.equal(verification.verdict, "inconclusive");
  assert.deepEqual(codes(verification), ["coarse-clock"]);
});

test("hole closed: a fault that was not injected demonstrates no rollback", async (t) => {
  const values = { ...ROLLBACK, failure_injected: "false" };
  assert.ok(compat(t, values));
  assert.deepEqual(codes(await strict(t, values)), ["no-fault"]);
});

test("hole closed: notes may be empty, nobody has to type junk", async (t) => {
  assert.ok(!compat(t, { ...WAL, notes: "" }));
  assert.equal((await strict(t, { ...WAL, notes: "" })).verdict, "pass");
});

test("a limit that nothing in the evidence measures is not met", async (t) => {
  const verification = await strict(t, WAL, { maxRtoSeconds: 10, maxFailoverSeconds: 5 });
  assert.equal(verification.verdict, "inconclusive");
  assert.deepEqual(verification.reasons, [{ code: "not-measured", args: { option: "maxFailoverSeconds" } }]);
  const own = { RTO_SECONDS: "4.2", RPO_EVENTS: "3" };
  assert.equal((await strict(t, own, { maxRtoSeconds: 5 })).verdict, "pass");
  assert.equal((await strict(t, own, { maxRtoSeconds: 5, maxRpoEvents: 2 })).verdict, "fail");
  assert.equal((await strict(t, {}, { requireFaultStep: true })).verdict, "inconclusive");
});

test("compat agrees with the published verifiers on what they alone do", (t) => {
  const text = (values: Values) =>
    Object.entries(values)
      .map(([key, value]) => `${key}=${value}\n`)
      .join("");
  assert.ok(compat(t, `${text({ ...WAL, rto_seconds: "99" })}rto_seconds=1\n`), "the last of two counts");
  assert.ok(compat(t, `words without sign\n# comment\n${text(WAL)}`));
  assert.ok(!compat(t, `=x\n${text(WAL)}`), "an empty key is refused");
  assert.ok(compat(t, `=x\n${text(ROLLOUT)}`), "but not in a rollout");
  assert.ok(compat(t, text(WAL).replaceAll("\n", "\r\n")));
  assert.ok(compat(t, { ...WAL, rto_seconds: " 1_0.0e0 " }), "Python's own spelling of ten");
  assert.ok(compat(t, { ...WAL, rto_seconds: "１０" }), "full-width digits");
  assert.ok(!compat(t, { ...WAL, rto_seconds: "inf" }));
  assert.ok(!compat(t, { ...WAL, rto_seconds: "-0.5" }));
  assert.ok(!compat(t, { ...WAL, rpo_events: "0.0" }));
  assert.ok(!compat(t, { ...WAL, failure_start_utc: "2026-11-20T08:33:00.000Z" }));
  assert.ok(!compat(t, { ...WAL, failure_start_utc: "2026-02-30T08:33:00Z" }));
  assert.ok(!compat(t, { ...WAL, recovery_complete_utc: "2026-11-20T08:32:59Z" }));
  assert.ok(!compat(t, { ...WAL, result: "unknown" }));
  assert.ok(!compat(t, { ...ROLLBACK, platform: "docker" }));
  assert.ok(compat(t, { ...ROLLBACK, health_check_passed: "Yes" }));
  assert.ok(!compat(t, { ...ROLLBACK, health_check_passed: "ok" }));
  assert.ok(!compat(t, { ...FAILOVER, FAILOVER_TOTAL_STEPS: "3" }));
  assert.ok(!compat(t, { ...FAILOVER, FAILOVER_TOTAL_STEPS: "99999999999999999999" }));
  assert.ok(!compat(t, { ...FAILOVER, ...step(1, "stop_primary", "-1") }));
  const { FAILOVER_FAILED_STEP: _none, ...without } = FAILOVER;
  assert.ok(!compat(t, without));
  assert.ok(!compat(t, WAL, { maxFailoverSeconds: 10 }), "the option says which verifier is meant");
  assert.ok(!compat(t, "A=1\n"), "no verifier reads this");
});

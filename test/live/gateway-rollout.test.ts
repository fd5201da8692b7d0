// The gateway's rollout on its real processes: looked at first, then done, without a fault and with one that it survives.
import assert from "node:assert/strict";
import { test } from "node:test";
import { faultIn, gatewaySite } from "../kit/gateway-site.ts";

const FILE = "docs/results/rollout_result.env";
const RESULT = ["--output-file", FILE];

test("gateway: a rollout, with and without a fault on the way", async (t) => {
  const site = await gatewaySite(t);
  assert.equal((await site.run("SOP-02", "sim")).verdict, "pass");
  const state = async (): Promise<unknown[]> => {
    const { version, status, entry } = await site.status("sim");
    return [version, status, entry];
  };

  await t.test("a dry run writes the keys, changes nothing, and is no proof [C-032 C-036 C-045]", async () => {
    const [files, pids] = [site.files(), site.pids()];
    const dry = await site.wb("run", "SOP-04", "--env", "sim", "--inject-fault", "rollout-restart", ...RESULT);
    assert.equal(dry.code, 0, dry.err);
    const env = site.env("rollout_result.env");
    assert.deepEqual(
      ["ROLLOUT_ENV", "ROLLOUT_DRY_RUN", "ROLLOUT_TOTAL_STEPS", "VERDICT", "STEP_1_STATUS"].map((key) => env.get(key)),
      ["sim", "true", "9", "rehearsal", "simulated_ok"],
    );
    assert.equal(faultIn(env), "simulated_ok");
    const after = new Map([...site.files()].filter(([path]) => path !== "docs/results/rollout_result.env"));
    assert.deepEqual([after, site.pids()], [files, pids]);
    assert.deepEqual(await site.verify(FILE, "--require-fault-step").then(({ code, verdict }) => [code, verdict]), [
      3,
      "rehearsal",
    ]);
    assert.equal(
      (await site.wb("evidence", "verify", FILE, "--require-fault-step", "--compat")).code,
      0,
      "as the published one has it",
    );
  });

  await t.test("it does not begin before a preflight has passed [C-014]", async () => {
    const [files, pids] = [site.files(), site.pids()];
    const refused = await site.run("SOP-04", "sim");
    assert.deepEqual([refused.code, refused.verdict, refused.steps["SOP-04/1@-"]], [3, "fail", "failed"]);
    assert.match(refused.out, /evidence-none/);
    assert.deepEqual([site.files(), site.pids()], [files, pids]);
    assert.equal((await site.run("SOP-01", "sim")).code, 0);
  });

  await t.test("without a fault it passes, but is no evidence of a fault step [C-035]", async () => {
    const clean = await site.run("SOP-04", "sim", ...RESULT);
    assert.deepEqual([clean.code, clean.verdict], [0, "pass"], clean.err);
    assert.deepEqual(await state(), ["1.1.0", "healthy", "open"]);
    assert.equal((await site.verify(FILE)).code, 0);
    const asked = await site.verify(FILE, "--require-fault-step");
    assert.deepEqual([asked.code, asked.codes.includes("no-fault-step")], [3, true], asked.codes.join(" "));
  });

  await t.test(
    "a gateway killed on the way: the rollout goes through, and the evidence has the fault [C-033 C-034 C-035]",
    async () => {
      const before = (await site.status("sim"))["pid"];
      const words = ["--inject-fault", "rollout-restart", "--param", "version=1.0.0", ...RESULT];
      const done = await site.run("SOP-04", "sim", ...words);
      assert.deepEqual([done.code, done.verdict], [0, "pass"], done.err);
      assert.deepEqual(await state(), ["1.0.0", "healthy", "open"]);
      assert.notEqual((await site.status("sim"))["pid"], before);
      const env = site.env("rollout_result.env");
      assert.equal(faultIn(env), "ok");
      assert.deepEqual(
        ["ROLLOUT_DRY_RUN", "ROLLOUT_SUCCESS", "ROLLOUT_FAILED_STEP", "FAULT_EFFECT_VERIFIED", "FAULT_REMOVED"].map(
          (key) => env.get(key),
        ),
        ["false", "true", "none", "true", "true"],
      );
      assert.deepEqual(await site.verify(FILE, "--require-fault-step").then(({ code, verdict }) => [code, verdict]), [
        0,
        "pass",
      ]);
    },
  );
});

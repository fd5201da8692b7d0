// Rollouts of the gateway that fail on its real processes: by a fault, by a version that does not start, by the preflight;
// and the rollback as a procedure of its own.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { faultIn, gatewaySite } from "../kit/gateway-site.ts";

const FILE = "docs/results/rollout_result.env";
const RESULT = ["--output-file", FILE];

test("gateway: rollouts that fail go back by themselves", async (t) => {
  const site = await gatewaySite(t);
  assert.equal((await site.run("SOP-02", "sim")).verdict, "pass");
  assert.equal((await site.run("SOP-01", "sim")).verdict, "pass");
  const state = async (): Promise<unknown[]> => {
    const { version, status, entry } = await site.status("sim");
    return [version, status, entry];
  };

  await t.test(
    "a frozen new version: the step fails, the old version serves again, the roll-back is measured [C-033]",
    async () => {
      const orders = (await site.status("sim"))["orders"];
      const words = ["--inject-fault", "rollout-health", "--param", "version=1.1.0", ...RESULT];
      const done = await site.run("SOP-04", "sim", ...words);
      assert.deepEqual([done.code, done.state, done.verdict], [3, "undone", "fail"], done.err);
      assert.deepEqual(await state(), ["1.0.0", "healthy", "open"]);
      assert.equal((await site.status("sim"))["orders"], orders);
      const env = site.env("rollout_result.env");
      assert.deepEqual(
        ["ROLLOUT_SUCCESS", "ROLLOUT_FAILED_STEP", "FAULT_EFFECT_VERIFIED", "FAULT_REMOVED", "ROLLBACK_COMPLETE"].map(
          (key) => env.get(key),
        ),
        ["false", "rollout-health", "true", "true", "true"],
      );
      const seconds = Number(env.get("ROLLBACK_SECONDS"));
      assert.ok(seconds > 0 && seconds <= 180, String(seconds));
      const kept = await site.verify(FILE, "--require-fault-step", "--max-rollback-seconds", "180");
      assert.deepEqual([kept.verdict, kept.codes.includes("limit-exceeded")], ["fail", false], kept.codes.join(" "));
      const over = await site.verify(FILE, "--max-rollback-seconds", String(seconds - 0.001));
      assert.ok(over.codes.includes("limit-exceeded"), over.codes.join(" "));
    },
  );

  await t.test(
    "a version that does not start fails by itself: nothing in the evidence says injected [C-033]",
    async () => {
      const done = await site.run("SOP-04", "sim", "--param", "version=2.0.0", ...RESULT);
      assert.deepEqual([done.code, done.state], [3, "undone"], done.err);
      assert.deepEqual(await state(), ["1.0.0", "healthy", "open"]);
      const env = site.env("rollout_result.env");
      assert.deepEqual(
        [env.get("ROLLOUT_FAILED_STEP"), faultIn(env), env.get("FAULT_EFFECT_VERIFIED")],
        ["rollout-restart", undefined, undefined],
      );
      assert.ok(
        !existsSync(join(site.dir, "sites", "sim", "releases", "2.0.0.json")),
        "what was put there is gone again",
      );
    },
  );

  await t.test(
    "a preflight that fails keeps the rollout from beginning, also with another environment's configuration [C-013 C-014]",
    async () => {
      const before = site.files();
      for (const [config, why] of [
        ["../staging/gateway.json", /"check":"environment","found":"staging, asked for sim"/],
        ["nowhere.json", /file-unreadable/],
      ] as const) {
        const failed = await site.run("SOP-01", "sim", "--param", `config=${config}`);
        assert.deepEqual([failed.code, failed.verdict], [3, "fail"], failed.err);
        assert.match((await site.wb("runs", "log", "last", "--step", "preflight")).out, why);
        const done = await site.run("SOP-04", "sim", "--param", "version=1.1.0");
        assert.equal(done.code, 3, done.err);
        assert.equal(done.steps["SOP-04/1@-"], "failed", "an earlier one that passed does not count any more");
        assert.deepEqual(new Set(Object.values(done.steps)), new Set(["failed", "pending"]));
      }
      assert.deepEqual(site.files(), before);
      assert.equal((await site.run("SOP-01", "sim")).verdict, "pass");
    },
  );

  await t.test("a rollback later brings the version before, within its seconds [C-031]", async () => {
    assert.equal((await site.run("SOP-04", "sim", "--param", "version=1.1.0")).code, 0);
    const file = "docs/results/deploy_rollback_result.env";
    const back = await site.run("SOP-07", "sim", "--output-file", file);
    assert.deepEqual([back.code, back.verdict], [0, "pass"], back.err);
    assert.deepEqual(await state(), ["1.0.0", "healthy", "open"]);
    const seconds = Number(site.env("deploy_rollback_result.env").get("ROLLBACK_SECONDS"));
    assert.ok(seconds > 0, String(seconds));
    const limited = (max: number) => site.wb("evidence", "verify", file, "--max-rollback-seconds", String(max));
    assert.deepEqual([(await limited(180)).code, (await limited(seconds - 0.001)).code], [0, 3]);
  });
});

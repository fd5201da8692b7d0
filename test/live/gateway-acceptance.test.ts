// The gateway's way into service: bring it up twice, report its health, accept it with one verdict.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { example, faultIn, gatewaySite } from "../kit/gateway-site.ts";
import { wb } from "../kit/wb.ts";

test("gateway: bring-up, health report, acceptance", async (t) => {
  const site = await gatewaySite(t, "zh");
  const RESULT = "docs/results/acceptance_result.env";

  await t.test("bringing up is idempotent: the second time changes no file and no process [C-037]", async () => {
    const first = await site.run("SOP-02", "prodlike");
    assert.deepEqual([first.code, first.verdict], [0, "pass"], first.err);
    const [files, pids] = [site.files(), site.pids()];
    assert.equal(pids.length, 3);
    const second = await site.run("SOP-02", "prodlike");
    assert.deepEqual([second.code, second.verdict], [0, "pass"], second.err);
    assert.deepEqual([site.files(), site.pids()], [files, pids]);
  });

  await t.test("bringing up can be looked at first; the file says that it was [C-041]", async () => {
    const [files, pids] = [site.files(), site.pids()];
    const file = "docs/results/prodlike_multi_host_bootstrap_result.env";
    const dry = await site.wb("run", "SOP-02", "--env", "prodlike", "--output-file", file);
    assert.equal(dry.code, 0, dry.err);
    const env = site.env("prodlike_multi_host_bootstrap_result.env");
    assert.deepEqual(
      [env.get("DRY_RUN"), env.get("ENVIRONMENT"), env.get("VERDICT")],
      ["true", "prodlike", "rehearsal"],
    );
    assert.deepEqual([new Map([...site.files()].filter(([path]) => path !== file)), site.pids()], [files, pids]);
  });

  await t.test("the health report names what is broken, and the run fails with it [C-038]", async () => {
    const report = (): { status: string; broken: string[]; components: { component: string; status: string }[] } =>
      JSON.parse(readFileSync(join(site.dir, "docs", "results", "prodlike_health_report.json"), "utf8"));
    assert.equal((await site.run("SOP-03", "prodlike")).code, 0);
    const names = report().components.map(({ component }) => component);
    assert.deepEqual([report().status, report().broken], ["healthy", []]);
    assert.deepEqual(names, ["prodlike-a", "prodlike-b", "prodlike-front"]);
    await site.gateway("prodlike-b", "down");
    const red = await site.run("SOP-03", "prodlike");
    assert.deepEqual([red.code, red.verdict], [3, "fail"], red.err);
    assert.deepEqual(report().broken, ["prodlike-b"]);
    await site.gateway("prodlike-front", "front", "off");
    assert.equal((await site.run("SOP-03", "prodlike")).code, 3);
    assert.deepEqual(report().broken, ["prodlike-a", "prodlike-b", "prodlike-front"]);
  });

  await t.test(
    "acceptance does all of it in order, once, with one verdict; without a fault it is none [C-009 C-039 C-040]",
    async () => {
      const words = ["--param", "version=1.1.0", "--output-file", RESULT];
      const verify = async (): Promise<number | null> =>
        (await site.wb("evidence", "verify", RESULT, "--require-fault-step")).code;
      const without = await site.run("SOP-05", "staging", ...words);
      assert.deepEqual([without.code, without.verdict], [3, "fail"], without.err);
      const steps = (...names: readonly string[]) => names.map((name) => without.steps[name]);
      assert.deepEqual(steps("SOP-05/4/rollout-prove@staging", "SOP-05/5@-"), ["done", "failed"]);
      assert.match(without.out, /evidence-verdict.*no-fault|no-fault/s);
      assert.equal((await site.status("staging"))["version"], "1.1.0", "the new version stays");
      assert.equal(await verify(), 3);
      const fault = ["--inject-fault", "SOP-05/4/rollout-restart", "--param", "version=1.0.0", "--output-file", RESULT];
      const done = await site.run("SOP-05", "staging", ...fault);
      assert.deepEqual([done.code, done.verdict], [0, "pass"], done.err);
      assert.deepEqual(
        Object.keys(done.steps)
          .map((step) => step.replace(/@.*/, ""))
          .slice(0, 5),
        ["SOP-05/1/up-front", "SOP-05/1/up-gateway", "SOP-05/2/health-report", "SOP-05/3/preflight", "SOP-05/4/1"],
      );
      assert.equal(done.steps["SOP-05/5@-"], "done", "the last step is the verification");
      const env = site.env("acceptance_result.env");
      assert.deepEqual([env.get("ROLLOUT_ENV"), env.get("ROLLOUT_SUCCESS"), faultIn(env)], ["staging", "true", "ok"]);
      assert.equal(await verify(), 0);
      assert.equal(site.pids().length, 4, "nothing of another environment was touched");
    },
  );
});

test("gateway: both manuals pass lint --strict, say the same, and their extensions cannot be run [C-046 C-047]", async (t) => {
  const shapes = await Promise.all(
    ["book", "book-en"].map(async (name) => {
      const path = join(example, name);
      const strict = await wb(t, "lint", path, "--strict", "--lang", "en");
      assert.equal(strict.code, 0, strict.out);
      const { runbooks } = JSON.parse((await wb(t, "lint", path, "--format", "json")).out) as {
        runbooks: { id: string; steps: { id: string }[] }[];
      };
      return runbooks.map(({ id, steps }) => [id.startsWith("SOP") ? id : "extension", steps.length]);
    }),
  );
  assert.deepEqual(shapes[1], shapes[0]);
  assert.equal(shapes[0]!.filter(([id]) => id === "extension").length, 2);
  const site = await gatewaySite(t);
  const refused = await site.wb("run", "Switch between three sites", "--env", "prodlike", "--execute", "--no-ask");
  assert.equal(refused.code, 2, refused.out);
  assert.match(refused.err, /planned/);
  assert.equal((await site.wb("lint", example)).code, 0);
});

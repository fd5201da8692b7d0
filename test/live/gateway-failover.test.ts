// The gateway's failover: looked at it touches nothing; done it kills the primary, and its figures come from order ids
// and one monotonic clock.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { faultIn, gatewaySite, type GatewaySite } from "../kit/gateway-site.ts";

const FILE = "docs/results/failover_result.env";
const LIMITS = ["--max-failover-seconds", "300", "--max-data-lag-events", "0"];

/** Ids of a gateway's log, in its order. */
const idsOf = (site: GatewaySite, name: string): readonly string[] =>
  readFileSync(join(site.dir, "sites", name, "wal", "orders.wal"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line.slice(line.indexOf("{"))) as { id: string }).id);

const linesOf = (site: GatewaySite, ...path: readonly string[]): readonly string[] =>
  readFileSync(join(site.dir, ...path), "utf8")
    .trimEnd()
    .split("\n");

test("gateway: failover to the standby", async (t) => {
  const site = await gatewaySite(t);
  assert.equal((await site.run("SOP-02", "prodlike")).verdict, "pass");

  await t.test("by default nothing on any host changes, and the file says dry run [C-010 C-036]", async () => {
    const [files, pids] = [site.files(), site.pids()];
    const dry = await site.wb("run", "SOP-06", "--env", "prodlike", "--output-file", FILE);
    assert.equal(dry.code, 0, dry.err);
    assert.deepEqual([new Map([...site.files()].filter(([path]) => path !== FILE)), site.pids()], [files, pids]);
    const env = site.env("failover_result.env");
    assert.deepEqual(
      [env.get("FAILOVER_DRY_RUN"), env.get("FAILOVER_TOTAL_STEPS"), env.get("VERDICT")],
      ["true", "8", "rehearsal"],
    );
  });

  await t.test("what was only looked at is no evidence of a failover [C-045]", async () => {
    const { code, verdict, codes } = await site.verify(FILE, ...LIMITS);
    assert.deepEqual([code, verdict, codes.includes("dry-run")], [3, "rehearsal", true]);
  });

  await t.test(
    "done: the primary is killed, the standby has the address, nothing acknowledged is lost [C-043 C-044 C-058]",
    async () => {
      const before = await site.status("prodlike-a");
      const words = ["--env", "prodlike", "--inject-fault", "failover-fence", "--output-file", FILE, "--no-ask"];
      const done = await site.wb("drill", "SOP-06", ...words);
      assert.equal(done.code, 0, done.err);
      assert.equal((await site.gateway("prodlike-a", "status")).code, 3, "the old primary is gone");
      const now = await site.status("prodlike-b");
      assert.deepEqual([now["role"], now["entry"], now["orders"]], ["primary", "open", 220]);
      assert.ok(!site.pids().includes(Number(before["pid"])));
      const env = site.env("failover_result.env");
      assert.deepEqual(
        ["FAILOVER_ENV", "FAILOVER_DRY_RUN", "FAILOVER_SUCCESS", "FAILOVER_FAILED_STEP", "DATA_SYNC_LAG_EVENTS"].map(
          (key) => env.get(key),
        ),
        ["prodlike", "false", "true", "none", "0"],
      );
      assert.deepEqual(
        [...env].filter(([key]) => key.startsWith("OBJECTIVE_")).map(([key, value]) => `${key}=${value}`),
        [
          "OBJECTIVE_DATA_LAG_EVENTS_MOST=0",
          "OBJECTIVE_DATA_LAG_EVENTS_MET=true",
          "OBJECTIVE_FAILOVER_SECONDS_MOST=300",
          "OBJECTIVE_FAILOVER_SECONDS_MET=true",
        ],
      );
      assert.deepEqual([env.get("LOST_ACKED"), env.get("RPO_EVENTS"), faultIn(env)], ["0", "0", "ok"]);
      const [seconds, whole] = [Number(env.get("FAILOVER_SECONDS")), Number(env.get("FAILOVER_DURATION_SECONDS"))];
      assert.ok(seconds > 0 && seconds < whole, `${seconds} of ${whole}`);
      const verified = await site.verify(FILE, ...LIMITS);
      assert.deepEqual([verified.code, verified.verdict], [0, "pass"], verified.codes.join(" "));
      const over = await site.verify(FILE, "--max-failover-seconds", String(whole - 0.001));
      assert.deepEqual([over.code, over.verdict], [3, "fail"]);
      const acked = linesOf(site, "runtime", "acked.ids");
      assert.equal(acked.length, 200);
      assert.deepEqual(idsOf(site, "prodlike-b").slice(0, 200), acked);
      const counted = linesOf(site, "sites", "prodlike-front", "orders.ids");
      assert.deepEqual([counted.length, new Set(counted).size], [220, 220], "the exchange counts every order once");
    },
  );

  await t.test("the old primary comes back as standby and catches up", async () => {
    const done = await site.run("SOP-08", "prodlike");
    assert.deepEqual([done.code, done.verdict], [0, "pass"], done.err);
    assert.deepEqual(idsOf(site, "prodlike-a"), idsOf(site, "prodlike-b"));
    assert.equal((await site.status("prodlike-b"))["status"], "healthy");
  });
});

test("gateway: orders that the standby never got are counted by their ids, and the evidence fails [C-044]", async (t) => {
  const site = await gatewaySite(t);
  const file = join(site.dir, "sites", "prodlike-a", "gateway.json");
  // Acknowledged as soon as they are on the primary's own disk: the trade that loses orders.
  writeFileSync(file, readFileSync(file, "utf8").replace('"ack": "standby"', '"ack": "local"'));
  assert.equal((await site.run("SOP-02", "prodlike")).verdict, "pass");
  await site.gateway("prodlike-a", "order", "--count", "7", "--prefix", "kept");
  await site.gateway("prodlike-a", "replication", "pause");
  const done = await site.run("SOP-06", "prodlike", "--output-file", FILE);
  assert.deepEqual([done.code, done.state], [0, "done"], done.err);
  const env = site.env("failover_result.env");
  assert.deepEqual(
    ["DATA_SYNC_LAG_EVENTS", "LOST_ACKED", "RPO_EVENTS"].map((key) => env.get(key)),
    ["200", "200", "200"],
  );
  assert.equal(idsOf(site, "prodlike-b").length, 27);
  const verified = await site.verify(FILE, ...LIMITS);
  assert.deepEqual([verified.code, verified.verdict], [3, "fail"]);
  assert.ok(verified.codes.includes("limit-exceeded"), verified.codes.join(" "));
  assert.equal((await site.verify(FILE, "--max-data-lag-events", "200")).code, 0, "the limit is what is compared");
  // It has orders that the new primary never had: nothing of them is overwritten.
  const back = await site.run("SOP-08", "prodlike");
  assert.equal(back.code, 3, back.err);
  assert.deepEqual((await site.status("prodlike-a"))["reasons"], ["primary-diverged"]);
  assert.equal(idsOf(site, "prodlike-a").length, 207);
});

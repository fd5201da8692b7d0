// A drill of the failover as it is typed, through the pooler that applications know, held to the manual's objectives.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { clusterBook } from "../kit/cluster-book.ts";
import { needs } from "./needs.ts";
import { pair, PASSWORD, pauseReceiving } from "./pair.ts";
import { pooler, repointing } from "./pgbouncer.ts";

const README = `---
watchbook:
  objectives:
    failover: "<= 300 s"
    data-lag: "<= 0 events"
    rpo: "<= 0 events"
---

# Shop
`;

async function shop(t: TestContext, synchronous: boolean) {
  const servers = await pair((work) => t.after(work), synchronous ? { synchronous_standby_names: "ANY 1 (*)" } : {});
  const front = await pooler((work) => t.after(work), servers.room, servers.a.port);
  const address = { host: "127.0.0.1", port: front.port, user: "ops" };
  const book = clusterBook(t, {
    ...{ members: servers.members, shared: { ...servers.shared, address }, password: PASSWORD, readme: README },
    more: { synchronous, repoint: repointing(front) },
  });
  return { ...servers, ...book };
}

test("a drill through a pooler: repointed, fenced, nothing lost, in seconds; the evidence holds against the manual's limits [K-067 C-043 C-044]", async (t) => {
  if (!needs(t, "postgres", "psql", "pgbouncer")) return;
  const { json, wb, b } = await shop(t, true);
  const rehearsed = await json("drill", "failover-orders", "--env", "drill", "--rehearse");
  assert.equal(rehearsed.code, 0, rehearsed.err);
  assert.equal(b.ask("SELECT pg_is_in_recovery()"), "t");
  const done = await json("drill", "failover-orders", "--env", "drill");
  assert.equal(done.code, 0, JSON.stringify(done));
  assert.equal(done.json.verdict, "pass");
  const env = readFileSync(join(done.json.evidence, "result.env"), "utf8");
  for (const line of [
    ...["LOST_ACKED=0", "RPO_EVENTS=0", "DATA_SYNC_LAG_EVENTS=0", "FENCE_VERIFIED=true", "FAULT_EFFECT_VERIFIED=true"],
    ...["DETECTION=assumed", "OBJECTIVE_FAILOVER_SECONDS_MET=true", "OBJECTIVE_DATA_LAG_EVENTS_MET=true"],
  ])
    assert.match(env, new RegExp(`^${line}$`, "m"));
  assert.match(env, /^FAILOVER_SECONDS=\d+\.\d{3}$/m);
  const ledger = createHash("sha256")
    .update(readFileSync(join(done.json.evidence, "ledger.json")))
    .digest("hex");
  assert.match(env, new RegExp(`^LEDGER_SHA256=${ledger}$`, "m"));
  const limits = ["--max-failover-seconds", "300", "--max-data-lag-events", "0"];
  assert.equal((await wb("evidence", "verify", done.json.evidence, ...limits)).code, 0);
});

test("what the replica had not received is lost: the drill fails, and so does its evidence [C-044]", async (t) => {
  if (!needs(t, "postgres", "psql", "pgbouncer")) return;
  const found = await shop(t, false);
  pauseReceiving(found);
  const done = await found.json("drill", "failover-orders", "--env", "drill");
  assert.equal(done.code, 3, JSON.stringify(done));
  assert.equal(done.json.verdict, "fail");
  const limits = ["--max-failover-seconds", "300", "--max-data-lag-events", "0"];
  const checked = await found.json("evidence", "verify", done.json.evidence, ...limits);
  assert.deepEqual([checked.code, checked.json.verdict], [3, "fail"]);
  const env = readFileSync(join(done.json.evidence, "result.env"), "utf8");
  assert.match(env, /^LOST_ACKED=[1-9]\d*$/m);
  assert.match(env, /^OBJECTIVE_RPO_EVENTS_MET=false$/m);
});

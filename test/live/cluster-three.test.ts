// A primary and two replicas: who has the most takes over, and the other one follows whoever did.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { clusterBench } from "../kit/cluster.ts";
import { until } from "../kit/until.ts";
import { needs } from "./needs.ts";
import { PASSWORD, streaming } from "./pair.ts";

const has = (t: TestContext): boolean => needs(t, "postgres", "psql");

test("of two replicas the one that has most takes over, another one is refused with both positions; the other follows it, and so does the old primary", async (t) => {
  if (!has(t)) return;
  const { servers, members, shared } = await streaming((work) => t.after(work), {}, 2);
  const [a, b, c] = servers as [(typeof servers)[0], (typeof servers)[0], (typeof servers)[0]];
  const steps = await clusterBench(t, { members, shared, secrets: { ops: PASSWORD } });
  // The first of them hears nothing more, and goes on answering.
  const upstream = b.ask("SHOW primary_conninfo");
  b.ask("ALTER SYSTEM SET primary_conninfo = ''");
  b.ask("SELECT pg_reload_conf()");
  await until(() => b.ask("SELECT count(*) FROM pg_stat_wal_receiver") === "0");
  a.ask("CREATE TABLE orders AS SELECT generate_series(1, 100) AS id");
  const written = a.ask("SELECT pg_current_wal_lsn()");
  await until(() => c.ask(`SELECT pg_last_wal_replay_lsn() >= '${written}'`) === "t");
  a.signal("SIGKILL");
  await until(() => a.processes().length === 0);

  const other = await steps.walk("failover", { params: { MEMBER: "pg2" } });
  assert.deepEqual([other.end, other.at], ["failed cluster-not-most", "look"]);
  const { member, has: had, best, most } = other.args as Record<string, string>;
  assert.deepEqual([member, best], ["pg2", "pg3"]);
  assert.ok(BigInt(had!.slice(2)) < BigInt(most!.slice(2)), `${had} ${most}`);
  assert.equal(c.ask("SELECT pg_is_in_recovery()"), "t");

  const done = await steps.walk("failover");
  assert.deepEqual([done.end, done.outputs["PROMOTED"]], ["ok", "pg3"], `${done.at} ${JSON.stringify(done.args)}`);
  assert.equal(b.ask("SELECT sender_port FROM pg_stat_wal_receiver"), String(c.port));
  assert.notEqual(b.ask("SHOW primary_conninfo"), upstream);
  assert.equal(b.ask("SELECT count(*) FROM orders"), "100");
  const back = await steps.walk("rejoin");
  assert.equal(back.end, "ok", JSON.stringify(back.args));
  assert.equal(c.ask("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"), "2");

  // In order, by name: both others follow.
  const turned = await steps.walk("switchover", { params: { MEMBER: "pg1" } });
  assert.deepEqual(
    [turned.end, turned.outputs["PROMOTED"]],
    ["ok", "pg1"],
    `${turned.at} ${JSON.stringify(turned.args)}`,
  );
  a.ask("INSERT INTO orders VALUES (101)");
  for (const one of [b, c]) await until(() => one.ask("SELECT count(*) FROM orders") === "101");
});

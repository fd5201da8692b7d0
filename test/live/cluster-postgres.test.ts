// A PostgreSQL pair of its own: looked at, failed over with the fence proven, joined again.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { clusterBook } from "../kit/cluster-book.ts";
import { needs } from "./needs.ts";
import { pair, PASSWORD, type Pair } from "./pair.ts";

const has = (t: TestContext): boolean => needs(t, "postgres", "psql");

async function orders(
  t: TestContext,
  more: Readonly<Record<string, unknown>> = {},
  settings: Readonly<Record<string, string>> = {},
) {
  const servers: Pair = await pair((work) => t.after(work), settings);
  const { members, shared } = servers;
  return { ...servers, ...clusterBook(t, { members, shared, password: PASSWORD, more }) };
}

test("the state is one line per member; without --execute a failover changes nothing; with it the replica takes over, the fence holds, and the old primary joins again [K-067]", async (t) => {
  if (!has(t)) return;
  // What the book asks of the new primary finds it after a rejoin too.
  const ask = {
    kind: "shell",
    risk: "read",
    with: { script: '[ -n "$PRIMARY_HOST" ] && [ "$PRIMARY_PORT" -gt 0 ] && [ "$PROMOTED" = pg2 ]' },
  };
  const { a, b, json, wb } = await orders(t, { probes: { ask } });
  a.ask("CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)");
  // A session or a vacuum may end meanwhile; a server that was started again, or promoted, is another one.
  const same = "SELECT pg_postmaster_start_time(), pg_is_in_recovery(), (SELECT pid FROM pg_stat_wal_receiver)";
  const before = [a.ask(same), b.ask(same)];
  const state = await json("run", "state-orders", "--env", "drill", "--execute");
  assert.equal(state.code, 0, JSON.stringify(state.json));
  const dry = await wb("run", "failover-orders", "--env", "drill");
  assert.equal(dry.code, 0, dry.err);
  assert.deepEqual([a.ask(same), b.ask(same)], before);
  const alive = await json("run", "failover-orders", "--env", "drill", "--execute");
  assert.equal(alive.code, 3);
  a.signal("SIGKILL", "postmaster");
  const done = await json("run", "failover-orders", "--env", "drill", "--execute");
  assert.equal(done.code, 0, JSON.stringify(done));
  assert.equal(b.ask("SELECT pg_is_in_recovery()"), "f");
  assert.deepEqual(a.processes(), []);
  b.ask("INSERT INTO orders VALUES (2)");
  const back = await json("run", "rejoin-orders", "--env", "drill", "--execute");
  assert.equal(back.code, 0, JSON.stringify(back));
  b.ask("INSERT INTO orders VALUES (3)");
  assert.equal(a.ask("SELECT count(*) FROM orders"), "3");
  assert.equal(a.ask("SELECT pg_is_in_recovery()"), "t");
});

// Whether an old primary is fenced is seen by its processes and by what it answers, never by what was done to it.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { clusterBench, type ClusterBench } from "../kit/cluster.ts";
import { until } from "../kit/until.ts";
import { done, place, recalled } from "../suites/step-context.ts";
import { shared } from "./cluster.ts";
import { careless, proof } from "./fence-proof.ts";
import { needs } from "./needs.ts";
import { pair, PASSWORD, pauseReceiving, type Pair } from "./pair.ts";

const has = (t: TestContext): boolean => needs(t, "postgres", "psql");
const servers = shared(after, (ending) => pair(ending));
const bench = async (
  t: TestContext,
  found: Pair,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ClusterBench> =>
  clusterBench(t, { members: found.members, shared: found.shared, secrets: { ops: PASSWORD }, more });

test("a primary that runs, one that only reads by its configuration, and one that stands still are not fenced", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const b = await bench(t, found);
  const { a } = found;
  assert.equal(await proof(b), "prove-fence: failed cluster-takes-writes");
  a.ask("ALTER SYSTEM SET default_transaction_read_only = on");
  a.ask("SELECT pg_reload_conf()");
  await until(() => a.ask("SHOW default_transaction_read_only") === "on");
  assert.equal(await proof(b), "prove-fence: failed cluster-takes-writes");
  a.ask("ALTER SYSTEM RESET default_transaction_read_only");
  a.ask("SELECT pg_reload_conf()");
  a.signal("SIGSTOP");
  try {
    assert.equal(await proof(b), "prove-fence: failed cluster-not-fenced");
    assert.match(b.here.printed(), /^pg1 {2}frozen/m);
  } finally {
    a.signal("SIGCONT");
  }
  assert.equal(a.ask("SELECT count(*) FROM pg_class WHERE relname LIKE 'watchbook_fence%'"), "0");
});

test("whoever only follows takes no superuser's write: fenced; two who say that they are the primary are refused", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const b = await bench(t, found);
  const { pg1, pg2 } = found.members as Record<string, object>;
  // The replica in the place of the old primary.
  const turned = await clusterBench(t, {
    ...{ members: { pg1: pg2!, pg2: pg1! }, shared: found.shared, secrets: { ops: PASSWORD } },
  });
  const skip = ["look", "pin", "fence", "promote", "writes"];
  assert.equal((await turned.walk("failover", { params: { OLD: "pg1" }, skip })).end, "ok");
  assert.match(turned.here.printed(), /"fence":"read-only"/);
  const double = await clusterBench(t, {
    ...{ members: { pg1: pg1!, pg3: pg1! }, shared: found.shared, secrets: { ops: PASSWORD } },
  });
  assert.equal((await double.walk("state")).end, "failed cluster-two-primaries");
  assert.equal((await b.walk("failover")).end, "failed cluster-primary-alive");
});

test("a host that is not reached is not fenced: it says so, and nothing is promoted", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const { pg1, pg2 } = found.members as Record<string, { target: string; with: object }>;
  const b = await clusterBench(t, {
    ...{ members: { pg1: { ...pg1!, target: "dead" }, pg2: pg2! }, shared: found.shared, secrets: { ops: PASSWORD } },
  });
  const { end, at, args } = await b.walk("failover");
  assert.deepEqual([end, at, args], ["unreachable unreachable", "fence", { detail: "pg1: no route to host" }]);
  assert.match(b.here.printed(), /^pg1 {2}unreachable {2}\(no route to host\)$/m);
  assert.equal(found.b.ask("SELECT pg_is_in_recovery()"), "t");
});

test("a process of the server's name in its folder counts while it lives, and not when it is a zombie", async (t) => {
  if (!has(t)) return;
  const found = await pair((work) => t.after(work));
  const b = await bench(t, found);
  found.a.signal("SIGKILL");
  await until(() => found.a.processes().length === 0);
  assert.equal(await proof(b), "fenced");
  const child = await careless(t, found.room, found.a.data, "postgres");
  assert.equal(await proof(b), "prove-fence: failed cluster-not-fenced");
  await child.end();
  assert.equal(await proof(b), "fenced");
});

test("whoever says that a host is dead which is not: the writes that still arrive there are seen", async (t) => {
  if (!has(t)) return;
  const found = await pair((work) => t.after(work));
  const { pg1, pg2 } = found.members as Record<string, { target: string; with: object }>;
  const b = await clusterBench(t, {
    ...{ members: { pg1: { ...pg1!, target: "dead" }, pg2: pg2! }, shared: found.shared, secrets: { ops: PASSWORD } },
  });
  const { end, at, args } = await b.walk("failover", { skip: ["fence", "prove-fence"], within: 6 });
  assert.deepEqual([end, at, args?.["wanted"]], ["failed cluster-not-recovered", "writes", "2"]);
  assert.match(String(args?.["detail"]), /^1: \d+ /);
});

test("whoever takes a run over reads what was done to the old primary, and does it no second time", async (t) => {
  if (!has(t)) return;
  const found = await pair((work) => t.after(work));
  const here = await place(t);
  const { pg1, pg2 } = found.members as Record<string, { target: string; with: object }>;
  const named = (name: string, one: { target: string; with: object }) => ({
    ...{ name, target: one.target },
    with: { ...found.shared, ...one.with },
  });
  const params = { cluster: "orders", kind: "postgres", members: [named("pg1", pg1!), named("pg2", pg2!)] };
  const context = here.context({ env: { OLD: "pg1" }, secret: () => Promise.resolve(PASSWORD), timeoutMs: 60_000 });
  assert.deepEqual(await recalled("cluster-fence", params, context), { state: "absent" });
  const again = { ...context, attempt: { ...context.attempt, number: 2 } };
  assert.equal((await done("cluster-fence", params, again)).ending, "ok");
  assert.deepEqual(found.a.processes(), []);
  assert.deepEqual(await recalled("cluster-fence", params, again), { state: "running" });
  // Somebody has started it since: it is not ended by reading a receipt.
  rmSync(join(found.a.data, "standby.signal"));
  found.a.start();
  assert.equal((await done("cluster-fence", params, again)).ending, "ok");
  assert.equal(found.a.ask("SELECT 1"), "1");
});

test("how far the replica is behind a primary that is dead is told by that one's disk", async (t) => {
  if (!has(t)) return;
  const found = await pair((work) => t.after(work));
  const b = await bench(t, found);
  pauseReceiving(found);
  found.a.ask("CREATE TABLE late AS SELECT generate_series(1, 5000) AS id");
  const written = BigInt(found.a.ask("SELECT pg_current_wal_lsn() - '0/0'"));
  const received = BigInt(found.b.ask("SELECT pg_last_wal_receive_lsn() - '0/0'"));
  found.a.signal("SIGKILL");
  await until(() => found.a.processes().length === 0);
  assert.equal((await b.walk("state")).end, "ok");
  const lines = b.here.printed();
  const [, told] = /^pg1 {2}down .* written=(\d+) {2}ended=in production$/m.exec(lines) ?? [];
  assert.ok(told !== undefined && BigInt(told) >= written, lines);
  assert.match(lines, new RegExp(`^pg2 {2}replica .* lag=${BigInt(told) - received}$`, "m"));
});

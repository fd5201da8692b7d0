// Drills of a PostgreSQL pair under load: what was confirmed and is gone is counted by its number.
import assert from "node:assert/strict";
import { appendFileSync, chownSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { clusterBench, type ClusterBench } from "../kit/cluster.ts";
import { until } from "../kit/until.ts";
import { asServer } from "./cluster.ts";
import { postgresPrograms } from "./databases.ts";
import { needs } from "./needs.ts";
import { pair, PASSWORD, pauseReceiving, type Member, type Pair } from "./pair.ts";

const has = (t: TestContext): boolean => needs(t, "postgres", "psql");

async function orders(
  t: TestContext,
  more: Readonly<Record<string, unknown>> = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<Pair & { readonly b2: ClusterBench }> {
  const found = await pair((work) => t.after(work), settings);
  const { members, shared } = found;
  return { ...found, b2: await clusterBench(t, { members, shared, secrets: { ops: PASSWORD }, more }) };
}

const ownerOf = (path: string): [number, number] => {
  const { uid, gid } = statSync(path);
  return [uid, gid];
};
const tables = (member: Member): string => member.ask("SELECT count(*) FROM pg_class WHERE relname LIKE 'watchbook%'");
const number = (outputs: Readonly<Record<string, string>>, name: string): number => Number(outputs[name] ?? Number.NaN);

test("asynchronous, receiving paused: what was confirmed and never arrived is lost, and the replica is told to be behind", async (t) => {
  if (!has(t)) return;
  const found = await orders(t);
  const { end, args, outputs } = await found.b2.walk("failover", {
    drill: true,
    before: { pin: () => void pauseReceiving(found) },
  });
  assert.equal(end, "ok", JSON.stringify(args));
  const [lost, lag] = [number(outputs, "LOST_ACKED"), number(outputs, "DATA_SYNC_LAG_EVENTS")];
  assert.ok(lost > 0 && lag > 0 && lost >= lag, `${lost} lost, ${lag} behind`);
  assert.equal(outputs["RPO_EVENTS"], String(lost));
  assert.ok(number(outputs, "RPO_SECONDS") > 0);
  assert.equal(outputs["FENCE_VERIFIED"], "true");
  assert.match(found.b2.here.printed(), /"fence":"gone","session":"refused"/);
  // Of the load nothing stays.
  assert.equal(tables(found.b), "0");
  assert.equal(found.b.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'watchbook-load'"), "0");
});

test("synchronous: nothing that was confirmed is lost; the new primary waits for nobody until the old one has joined", async (t) => {
  if (!has(t)) return;
  const found = await orders(t, { synchronous: true }, { synchronous_standby_names: "ANY 1 (pg2, pg1)" });
  const { end, args, outputs } = await found.b2.walk("failover", { drill: true });
  assert.equal(end, "ok", JSON.stringify(args));
  assert.deepEqual([outputs["LOST_ACKED"], outputs["DATA_SYNC_LAG_EVENTS"]], ["0", "0"]);
  assert.ok(
    number(outputs, "FAILOVER_SECONDS") > 0 && number(outputs, "RTO_SECONDS") > number(outputs, "FAILOVER_SECONDS"),
  );
  assert.equal(found.b.ask("SHOW synchronous_standby_names"), "");
  found.b.ask("CREATE TABLE after_it (id int); INSERT INTO after_it VALUES (7)");
  const back = await found.b2.walk("rejoin");
  assert.equal(back.end, "ok", JSON.stringify(back.args));
  assert.equal(found.b.ask("SHOW synchronous_standby_names"), "ANY 1 (*)");
  await until(() => found.a.ask("SELECT count(*) FROM after_it") === "1");
});

test("a fault that does not bite ends the drill before anything else is touched", async (t) => {
  if (!has(t)) return;
  const found = await orders(t, { fault: { kind: "kill", pattern: "no such process 8b1f" } });
  const { end, at } = await found.b2.walk("failover", { drill: true });
  assert.deepEqual([end, at], ["failed fault-did-not-bite", "fault_injection"]);
  assert.equal(found.a.ask("SELECT pg_is_in_recovery()"), "f");
  assert.equal(tables(found.a), "0");
});

test("a switchover under load loses nothing and leaves a pair; broken off, the primary is back, unless it was replaced", async (t) => {
  if (!has(t)) return;
  const { a, b, b2 } = await orders(t);
  const { end, args, outputs } = await b2.walk("switchover", { drill: true });
  assert.equal(end, "ok", JSON.stringify(args));
  assert.deepEqual([outputs["LOST_ACKED"], outputs["DATA_SYNC_LAG_EVENTS"], outputs["REWOUND"]], ["0", "0", "no"]);
  const roles = (): readonly string[] => [a, b].map((one) => one.ask("SELECT pg_is_in_recovery()"));
  assert.deepEqual(roles(), ["t", "f"]);
  // As when the replica does not catch up.
  const rest = ["promote", "prove-fence", "writes", "join", "follows"];
  assert.equal((await b2.walk("switchover", { skip: rest, undo: ["demote"] })).end, "ok");
  assert.deepEqual(roles(), ["t", "f"]);
  b.ask("CREATE TABLE after_it (id int); INSERT INTO after_it VALUES (7)");
  await until(() => a.ask("SELECT count(*) FROM pg_class WHERE relname = 'after_it'") === "1");
  await assert.rejects(
    b2.walk("switchover", { skip: ["writes", "join", "follows"], undo: ["demote"] }),
    /cluster-replaced/,
  );
  assert.equal(a.ask("SELECT pg_is_in_recovery()"), "f");
  assert.deepEqual(b.processes(), []);
});

test("a primary that stands still is put aside and replaced: when its processes may go on, there are none", async (t) => {
  if (!has(t)) return;
  const found = await orders(t);
  found.a.signal("SIGSTOP");
  const done = await found.b2.walk("failover");
  assert.equal(done.end, "ok", JSON.stringify(done.args));
  assert.match(found.b2.here.printed(), /^pg1 {2}frozen/m);
  found.a.signal("SIGCONT");
  assert.deepEqual(found.a.processes(), []);
  assert.equal(found.b.ask("SELECT pg_is_in_recovery()"), "f");
});

test("whoever was only told to follow does not follow: rewinding nothing is seen by what it streams, and so is a write of its own", async (t) => {
  if (!has(t)) return;
  const found = await orders(t);
  const { a, b, b2 } = found;
  // Two branches: what the old primary wrote alone is in nobody's history.
  a.signal("SIGKILL");
  await until(() => a.processes().length === 0);
  assert.equal((await b2.walk("failover")).end, "ok");
  const astray = { OLD: "pg1", PROMOTED: "pg2", LOOKED_AT_NS: "0" };
  rmSync(join(a.data, "standby.signal"));
  a.start();
  a.ask("CREATE TABLE alone AS SELECT generate_series(1, 20000) AS id");
  asServer([join(postgresPrograms()!, "pg_ctl"), "-s", "-D", a.data, "-m", "fast", "-w", "stop"]);
  // As somebody does who takes the word of a tool for it.
  appendFileSync(
    join(a.data, "postgresql.auto.conf"),
    `primary_conninfo = 'host=127.0.0.1 port=${b.port} user=ops password=''${PASSWORD}'' application_name=pg1'\n`,
  );
  writeFileSync(join(a.data, "standby.signal"), "");
  chownSync(join(a.data, "standby.signal"), ...ownerOf(a.data));
  a.start();
  const told = await b2.walk("rejoin", { params: astray, skip: ["look", "join"], within: 3 });
  assert.equal(told.end, "failed cluster-not-streaming");
  const back = await b2.walk("rejoin");
  assert.deepEqual([back.end, back.outputs["REWOUND"]], ["ok", "yes"], JSON.stringify(back.args));
  b.ask("CREATE TABLE after_it (id int); INSERT INTO after_it VALUES (7)");
  await until(() => a.ask("SELECT count(*) FROM pg_class WHERE relname IN ('after_it', 'alone')") === "1");
  assert.equal(a.ask("SELECT id FROM after_it"), "7");
});

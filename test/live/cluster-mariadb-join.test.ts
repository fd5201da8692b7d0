// Whoever wrote what the new primary does not have is not taken back in silence: its transactions are named, or kept beside a new copy.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { clusterBench } from "../kit/cluster.ts";
import { caughtUp, hasMariadb, mariadbBench, pairMariadb, PASSWORD } from "./pair-mariadb.ts";

const has = (t: TestContext): boolean => hasMariadb(t, "mariadb-backup");

test("an old primary that diverged is refused with its GTIDs and stays aside; copied anew it follows, and its old data is kept", async (t) => {
  if (!has(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b, room } = found;
  a.ask("CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1)");
  await caughtUp(found);
  b.ask("STOP SLAVE IO_THREAD");
  a.ask("INSERT INTO orders VALUES (2); INSERT INTO orders VALUES (3)");
  a.signal("SIGKILL");
  const steps = await mariadbBench(t, found);
  const over = await steps.walk("failover");
  assert.deepEqual([over.end, over.at, over.outputs["LAG_POSITIONS"]], ["ok", "", "2"]);
  b.asApp("INSERT INTO orders VALUES (10)");

  const refused = await steps.walk("rejoin");
  assert.deepEqual([refused.end, refused.at], ["failed cluster-diverged", "join"]);
  assert.deepEqual(refused.args, { member: "my1", gtids: "0-1-3..0-1-4" });
  assert.deepEqual(a.processes(), []);
  await a.start();
  await steps.walk("state");
  assert.match(steps.here.printed(), /^my1 {2}aside/m);
  assert.throws(() => a.ask("INSERT INTO orders VALUES (4)"), /read only/);

  const clone = `mariadb-backup --no-defaults --backup --stream=mbstream --host="$WB_UP_HOST" --port="$WB_UP_PORT" --user=ops --datadir='${b.data}'`;
  const anew = await mariadbBench(t, found, { clone });
  const back = await anew.walk("rejoin");
  assert.deepEqual([back.end, back.at, back.args], ["ok", "", undefined]);
  assert.equal(back.outputs["REWOUND"], "yes");
  b.asApp("INSERT INTO orders VALUES (11)");
  await caughtUp({ a: b, b: a });
  assert.equal(a.ask("SELECT GROUP_CONCAT(id ORDER BY id) FROM orders"), "1,10,11");
  const kept = readdirSync(room).filter((name) => name.startsWith("my1.watchbook-kept-4-"));
  assert.equal(kept.length, 1);
  const log = execFileSync("mariadb-binlog", ["--no-defaults", join(room, kept[0]!, "bin.000001")], {
    encoding: "utf8",
  });
  assert.match(log, /GTID 0-1-3[\s\S]*INSERT INTO orders VALUES \(2\)/);
  assert.equal((await anew.walk("switchover")).end, "ok");
});

test("a copy that fails leaves everything as it was", async (t) => {
  if (!has(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b, room } = found;
  a.ask("CREATE TABLE orders (id int PRIMARY KEY)");
  await caughtUp(found);
  b.ask("STOP SLAVE IO_THREAD");
  a.ask("INSERT INTO orders VALUES (2)");
  a.signal("SIGKILL");
  assert.equal((await (await mariadbBench(t, found)).walk("failover")).end, "ok");
  b.asApp("INSERT INTO orders VALUES (10)");
  const { end, args } = await (
    await mariadbBench(t, found, { clone: "echo 'ssh: no route to host, failed' >&2; exit 255" })
  ).walk("rejoin");
  assert.deepEqual([end, args], ["failed cluster-not-copied", { detail: "ssh: no route to host, failed" }]);
  assert.deepEqual(a.processes(), []);
  await a.start();
  assert.equal(a.ask("SELECT id FROM orders"), "2");
  assert.deepEqual(
    readdirSync(room).filter((name) => name.includes("kept")),
    [],
  );
});

test("a primary that runs is not joined, nor one of another server's number; a wrong password is no stream", async (t) => {
  if (!has(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b } = found;
  a.ask("CREATE TABLE orders (id int PRIMARY KEY)");
  await caughtUp(found);
  b.ask("STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only = OFF");
  assert.equal((await (await mariadbBench(t, found)).walk("rejoin")).end, "failed cluster-two-primaries");
  b.ask("SET GLOBAL read_only = ON");
  const wrong = await clusterBench(t, {
    ...{ kind: "mariadb", members: found.members, secrets: { ops: PASSWORD, rep: "wrong" } },
    shared: { ...found.shared, follow: { user: "rep", password: { secret: "rep" } } },
  });
  const anew = { params: { COPY: "yes" } };
  assert.equal((await (await mariadbBench(t, found)).walk("rejoin", anew)).end, "failed cluster-no-copy");
  const { end, at, args } = await wrong.walk("rejoin");
  assert.deepEqual([end, at], ["failed cluster-no-upstream", "join"]);
  assert.doesNotMatch(JSON.stringify(args), /wrong/);
  const back = await (await mariadbBench(t, found)).walk("rejoin");
  assert.deepEqual([back.end, back.outputs["REWOUND"]], ["ok", "no"]);
});

test("what keeps a server from coming up is said in its own words: somebody else has taken its port meanwhile", async (t) => {
  if (!has(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b } = found;
  a.signal("SIGKILL");
  const steps = await mariadbBench(t, found);
  assert.equal((await steps.walk("failover")).end, "ok");
  const thief = createServer().listen(a.port, "127.0.0.1");
  t.after(() => thief.close());
  await once(thief, "listening");
  const refused = await steps.walk("rejoin");
  assert.deepEqual([refused.end, refused.at], ["failed cluster-not-started", "join"]);
  assert.match(String(refused.args?.["detail"]), /Can't connect .*; .*Bind on TCP\/IP port.*Address already in use/);
  await new Promise((resolve) => thief.close(resolve));
  const back = await steps.walk("rejoin");
  assert.deepEqual([back.end, back.at, back.args], ["ok", "", undefined]);
  await caughtUp({ a: b, b: a });
});

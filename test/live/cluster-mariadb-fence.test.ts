// read_only stops nobody who is privileged: an old primary is fenced when it is gone, or when its tables are closed.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { until } from "../kit/until.ts";
import { shared } from "./cluster.ts";
import { careless, proof } from "./fence-proof.ts";
import { hasMariadb, mariadbBench, pairMariadb } from "./pair-mariadb.ts";

const has = (t: TestContext): boolean => hasMariadb(t, "perl");
const servers = shared(after, (ending) => pairMariadb(ending));

test("a privileged account writes on a server that is read_only: it is not fenced; nor is one that stands still", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const { a } = found;
  const b = await mariadbBench(t, found);
  a.ask("CREATE TABLE fence_lie (id int)");
  assert.equal(await proof(b), "prove-fence: failed cluster-takes-writes");
  a.ask("SET GLOBAL read_only = ON");
  assert.throws(() => a.asApp("INSERT INTO fence_lie VALUES (1)"), /read-only option/);
  a.ask("INSERT INTO fence_lie VALUES (2)");
  assert.equal(await proof(b), "prove-fence: failed cluster-takes-writes");
  assert.equal(a.ask("SELECT id FROM fence_lie"), "2");
  assert.equal(a.ask("SELECT count(*) FROM mysql.innodb_table_stats WHERE database_name = 'watchbook'"), "0");
  a.ask("SET GLOBAL read_only = OFF");
  a.signal("SIGSTOP");
  try {
    assert.equal(await proof(b), "prove-fence: failed cluster-not-fenced");
    assert.match(b.here.printed(), /^my1 {2}frozen/m);
  } finally {
    a.signal("SIGCONT");
  }
});

test("that somebody without privileges is refused proves nothing", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  found.a.ask(
    "SET GLOBAL read_only = ON; GRANT SELECT, INSERT ON mysql.* TO app@'%'; GRANT REPLICA MONITOR, REPLICATION MASTER ADMIN, PROCESS ON *.* TO app@'%'",
  );
  t.after(() => void found.a.ask("SET GLOBAL read_only = OFF"));
  const members = Object.fromEntries(
    Object.entries(found.members).map(([name, one]) => {
      const { with: given } = one as { with: { connect: object } };
      return [name, { ...one, with: { ...given, connect: { ...given.connect, user: "app" } } }];
    }),
  );
  assert.equal(await proof(await mariadbBench(t, { ...found, members })), "prove-fence: failed cluster-not-privileged");
});

test("a replica takes privileged writes too: it is no proof of a fence", async (t) => {
  if (!has(t)) return;
  const found = await servers();
  const { my1, my2 } = found.members as Record<string, object>;
  const turned = await mariadbBench(t, { ...found, members: { my1: my2!, my2: my1! } });
  const skip = ["look", "pin", "fence", "promote", "writes"];
  assert.equal((await turned.walk("failover", { params: { OLD: "my1" }, skip })).end, "failed cluster-takes-writes");
});

test("a process of the server's name in its folder counts while it lives, and not when it is a zombie", async (t) => {
  if (!has(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const b = await mariadbBench(t, found);
  found.a.signal("SIGKILL");
  await until(() => found.a.processes().length === 0);
  assert.equal(await proof(b), "fenced");
  const child = await careless(t, found.room, found.a.data, "mariadbd");
  assert.equal(await proof(b), "prove-fence: failed cluster-not-fenced");
  await child.end();
  assert.equal(await proof(b), "fenced");
});

test("whoever starts the old primary again gets no second one: its tables are closed to everybody, and after a crash it does not come up", async (t) => {
  if (!has(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b } = found;
  const steps = await mariadbBench(t, found);
  a.ask("CREATE TABLE orders (id int)");
  const turned = await steps.walk("switchover", { before: { "prove-fence": () => a.start() } });
  assert.deepEqual([turned.end, turned.at, turned.args], ["ok", "", undefined]);
  assert.match(steps.here.printed(), /"fence":"read-only","session":"refused"/);
  // The other way round, and crashed.
  const again = await steps.walk("failover", {
    params: { FORCE: "yes" },
    before: {
      "prove-fence": async () => {
        b.begin();
        const log = (): string => readFileSync(join(found.room, "my2.log"), "utf8");
        await until(() => /innodb_read_only prevents crash recovery[\s\S]*Aborting/.test(log()));
        await until(() => b.processes().length === 0);
      },
    },
  });
  assert.deepEqual([again.end, again.at, again.args], ["ok", "", undefined]);
  assert.match(steps.here.printed(), /"member":"my2","fence":"gone","session":"refused"/);
  assert.equal((await steps.walk("rejoin")).end, "ok");
});

test("a configuration that does not read the member's role is said when it is put aside", async (t) => {
  if (!has(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const file = join(found.room, "my1.cnf");
  writeFileSync(file, `${readFileSync(file, "utf8")}[mariadb]\nread-only=0\n`);
  writeFileSync(join(found.room, "my1.d", "zz.cnf"), "[mariadbd]\nread_only=ON\n");
  const steps = await mariadbBench(t, found);
  await steps.walk("state");
  assert.match(steps.here.printed(), /^my1 {2}primary .*\(not read: \S+zz\.cnf\)$/m);
  const { end, at } = await steps.walk("failover", { params: { FORCE: "yes" } });
  assert.deepEqual([end, at], ["failed cluster-role-unread", "fence"]);
  assert.deepEqual(found.a.processes(), []);
});

// A drill with a load: what was confirmed and is lost is counted, and where commits really waited nothing is.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { until } from "../kit/until.ts";
import { caughtUp, hasMariadb, mariadbBench, type Pair, pairMariadb, PASSWORD } from "./pair-mariadb.ts";

const bench = (t: TestContext, found: Pair, more: object = {}) => mariadbBench(t, found, {}, { limit: "3m", ...more });

test("asynchronous, with nothing received any more: what was confirmed and is not on the new primary is counted", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b } = found;
  const steps = await bench(t, found);
  const { end, at, args, outputs } = await steps.walk("failover", {
    drill: true,
    before: {
      fault_injection: async () => {
        b.ask("STOP SLAVE IO_THREAD");
        const written = (): number => Number(a.ask("SELECT @@gtid_binlog_pos").split("-")[2]);
        const before = written();
        await until(() => written() > before + 60);
      },
    },
  });
  assert.deepEqual([end, at, args], ["ok", "", undefined]);
  assert.ok(Number(outputs["LOST_ACKED"]) > 50, JSON.stringify(outputs));
  assert.equal(outputs["RPO_EVENTS"], outputs["LOST_ACKED"]);
  assert.ok(Number(outputs["DATA_SYNC_LAG_EVENTS"]) > 0);
  assert.ok(Number(outputs["RPO_SECONDS"]) > 0);
  assert.match(steps.here.printed(), /"session":"refused"/);
});

test("semi-synchronous: a replica confirms each commit, nothing confirmed is lost, and the old primary joins again", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b, room } = found;
  const steps = await bench(t, found, { synchronous: true });
  // The first time: it is only asked for, and nobody confirms yet.
  const made = await steps.walk("rejoin", { params: { MEMBER: "my2" } });
  assert.deepEqual([made.end, made.at, made.args], ["ok", "", undefined]);
  await steps.walk("state");
  assert.match(steps.here.printed(), /^my1 {2}primary .*sync=ON {2}followers=\S+=streaming\/semi-sync/m);
  assert.match(readFileSync(join(room, "my1.d", "zz.cnf"), "utf8"), /rpl_semi_sync_master_enabled=ON/);

  const { end, at, args, outputs } = await steps.walk("failover", { drill: true });
  assert.deepEqual([end, at, args], ["ok", "", undefined]);
  assert.equal(outputs["LOST_ACKED"], "0", JSON.stringify(outputs));
  assert.ok(Number(outputs["ACKED_LAST_SECOND"]) >= 50);
  assert.equal(b.ask("SELECT @@rpl_semi_sync_master_enabled"), "0");

  const back = await steps.walk("rejoin");
  assert.deepEqual([back.end, back.at, back.args], ["ok", "", undefined]);
  assert.equal(b.ask("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_master_status'"), "Rpl_semi_sync_master_status\tON");
  assert.equal(a.ask("SELECT @@rpl_semi_sync_slave_enabled"), "1");
});

test("a commit that nobody had confirmed when the primary crashed is cut away when it joins again", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b, room } = found;
  const steps = await bench(t, found, { synchronous: true });
  a.ask("CREATE TABLE orders (id int PRIMARY KEY)");
  assert.equal((await steps.walk("rejoin", { params: { MEMBER: "my2" } })).end, "ok");
  a.ask("INSERT INTO orders VALUES (1)");
  b.ask("STOP SLAVE IO_THREAD");
  const login = ["--no-defaults", "-S", join(room, "s", "my1"), "-u", "ops", "-D", "shop"];
  const waiting = spawn("mariadb", [...login, "-e", "INSERT INTO orders VALUES (2)"], {
    ...{ stdio: "ignore", env: { ...process.env, MYSQL_PWD: PASSWORD } },
  });
  const gone = once(waiting, "exit");
  const acks = "SELECT count(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for semi-sync ACK%'";
  await until(() => a.ask(acks) === "1", "no commit waits");
  a.signal("SIGKILL");
  assert.notEqual((await gone)[0], 0);
  const over = await steps.walk("failover");
  assert.deepEqual([over.end, over.at, over.outputs["LAG_POSITIONS"]], ["ok", "", "1"]);
  b.asApp("INSERT INTO orders VALUES (3)");
  const back = await steps.walk("rejoin");
  assert.deepEqual([back.end, back.at, back.args], ["ok", "", undefined]);
  assert.equal(back.outputs["REWOUND"], "yes");
  await caughtUp({ a: b, b: a });
  assert.equal(a.ask("SELECT GROUP_CONCAT(id ORDER BY id) FROM orders"), "1,3");
  assert.equal(a.ask("SELECT @@gtid_binlog_pos"), b.ask("SELECT @@gtid_binlog_pos"));
});

test("whether commits wait is said as it is: after its time is over the primary goes on alone, and its setting still says that it waits", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb(
    (work) => t.after(work),
    ["rpl-semi-sync-slave-enabled=ON", "rpl-semi-sync-master-enabled=ON", "rpl-semi-sync-master-timeout=300"],
  );
  const { a, b } = found;
  const steps = await bench(t, found, { synchronous: true });
  a.ask("CREATE TABLE orders (id int)");
  await until(() => a.ask("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_master_status'").endsWith("ON"));
  b.ask("STOP SLAVE IO_THREAD");
  a.ask("INSERT INTO orders VALUES (1)");
  assert.equal(a.ask("SELECT @@rpl_semi_sync_master_enabled"), "1");
  await steps.walk("state");
  assert.match(steps.here.printed(), /^my1 {2}primary .*sync=OFF/m);
});

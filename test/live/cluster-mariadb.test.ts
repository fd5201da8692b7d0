// A MariaDB pair of its own: looked at, failed over with the fence proven, joined again, switched over.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { AttemptEnd } from "../../src/model/journal.ts";
import { clusterBook } from "../kit/cluster-book.ts";
import { done, said } from "../suites/step-context.ts";
import { caughtUp, hasMariadb, mariadbBench, pairMariadb, PASSWORD } from "./pair-mariadb.ts";

test("the replica takes over when the primary is killed, the fence holds, the old primary joins again and takes over in order", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b } = found;
  const steps = await mariadbBench(t, found);
  a.ask("CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1)");
  await caughtUp(found);
  assert.equal((await steps.walk("state")).end, "ok");
  assert.match(steps.here.printed(), /^my1 {2}primary {2}.*history=0-1 {2}written=2 .*followers=.*=streaming\/async/m);
  assert.match(steps.here.printed(), /^my2 {2}replica {2}.*received=2 {2}applied=2 {2}hears=yes {2}.*lag=0/m);
  assert.equal((await steps.walk("failover")).end, "failed cluster-primary-alive");

  a.signal("SIGKILL");
  const { end, at, args, outputs } = await steps.walk("failover");
  assert.deepEqual([end, at, args], ["ok", "", undefined]);
  assert.equal(outputs["PROMOTED"], "my2");
  assert.equal(outputs["HISTORY"], "0-2");
  assert.equal(outputs["LOST"], undefined);
  b.asApp("INSERT INTO orders VALUES (2)");

  const back = await steps.walk("rejoin");
  assert.deepEqual([back.end, back.at, back.args], ["ok", "", undefined]);
  assert.equal(back.outputs["REWOUND"], "no");
  b.asApp("INSERT INTO orders VALUES (3)");
  await caughtUp({ a: b, b: a });
  assert.equal(a.ask("SELECT count(*) FROM orders"), "3");

  const turned = await steps.walk("switchover");
  assert.deepEqual([turned.end, turned.at, turned.args], ["ok", "", undefined]);
  assert.equal(turned.outputs["PROMOTED"], "my1");
  a.asApp("INSERT INTO orders VALUES (4)");
  await caughtUp(found);
  assert.equal(b.ask("SELECT count(*) FROM orders"), "4");
});

test("an end in order is taken back: it is the primary again, with what it was told of commits, and the replica hears it", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b, room } = found;
  const steps = await mariadbBench(t, found);
  const role = join(room, "my1.d", "zz.cnf");
  const told = "[mariadbd]\nread_only=OFF\nrpl_semi_sync_master_timeout=777\n";
  writeFileSync(role, told);
  const members = Object.entries(found.members).map(([name, one]) => {
    const { target, with: own } = one as { target: string; with: object };
    return { name, target, with: { ...found.shared, ...own } };
  });
  const step = { cluster: "orders", kind: "mariadb", members };
  const secret = (): Promise<string> => Promise.resolve(PASSWORD);
  const demote = (purpose: "do" | "undo", number: number): Promise<AttemptEnd> =>
    done(
      "cluster-demote",
      step,
      steps.here.context({ env: { OLD: "my1" }, secret, timeoutMs: 120_000 }, { step: "demote", purpose, number }),
    );
  a.ask("CREATE TABLE orders (id int)");
  const ended = await demote("do", 1);
  assert.equal(said(ended), "ok", JSON.stringify(ended.args));
  assert.equal(ended.outputs?.["WRITTEN"], "1");
  assert.deepEqual(a.processes(), []);
  assert.match(readFileSync(role, "utf8"), /^innodb_read_only=ON$/m);
  for (const number of [1, 2]) {
    const back = await demote("undo", number);
    assert.equal(said(back), "ok", JSON.stringify(back.args));
    assert.equal(readFileSync(role, "utf8"), told);
  }
  a.asApp("INSERT INTO orders VALUES (1)");
  await caughtUp(found);
  assert.equal(b.ask("SELECT count(*) FROM orders"), "1");
});

test("by the command line: nothing is changed without --execute; a drill is measured, and its evidence has the numbers", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b, members, shared } = found;
  const more = { kind: "mariadb", limit: "3m" };
  const { wb, json } = clusterBook(t, { members, shared, password: PASSWORD, more });
  const dry = await wb("run", "failover-orders", "--env", "drill");
  assert.equal(dry.code, 0, dry.err);
  assert.equal(b.ask("SELECT @@read_only"), "1");
  const run = await json("drill", "failover-orders", "--env", "drill");
  assert.equal(run.code, 0, JSON.stringify(run));
  assert.equal(run.json.verdict, "pass");
  const env = readFileSync(join(run.json.evidence, "result.env"), "utf8");
  assert.match(env, /^FENCE_VERIFIED=true$/m);
  assert.match(env, /^FAULT_EFFECT_VERIFIED=true$/m);
  assert.match(env, /^FAILOVER_SECONDS=\d+\.\d{3}$/m);
  assert.match(env, /^LOST_ACKED=\d+$/m);
  assert.deepEqual(a.processes(), []);
  assert.equal(b.ask("SELECT @@read_only"), "0");
});

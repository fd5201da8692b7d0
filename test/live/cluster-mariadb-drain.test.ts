// What a replica had received and not applied is applied before it is promoted, or said: also when that never comes to an end.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer, connect, type AddressInfo, type Server } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { until } from "../kit/until.ts";
import { caughtUp, hasMariadb, mariadbBench, type Member, pairMariadb, PASSWORD } from "./pair-mariadb.ts";

/** Hands connections on, and after `cut` no more than so many bytes of what comes back. */
async function narrow(t: TestContext, port: number) {
  let left = Number.POSITIVE_INFINITY;
  const server: Server = createServer((from) => {
    const to = connect(port, "127.0.0.1");
    const end = (): void => {
      from.destroy();
      to.destroy();
    };
    for (const one of [from, to]) one.on("error", end).on("close", end);
    from.pipe(to);
    to.on("data", (chunk) => {
      const piece = chunk.subarray(0, Math.max(0, left));
      left -= piece.length;
      from.write(piece);
    });
    t.after(end);
  }).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, cut: (bytes: number) => void (left = bytes) };
}

/** A session that keeps a table from being written, until the test ends it. */
async function locked(t: TestContext, room: string, server: Member): Promise<() => Promise<void>> {
  const login = ["--no-defaults", "-S", join(room, "s", server.name), "-u", "ops", "-D", "shop"];
  const child = spawn("mariadb", [...login, "-e", "LOCK TABLES orders READ; SELECT SLEEP(600)"], {
    ...{ stdio: "ignore", env: { ...process.env, MYSQL_PWD: PASSWORD } },
  });
  const gone = once(child, "exit");
  const release = async (): Promise<void> => {
    child.kill("SIGKILL");
    await gone;
    // The server notices by itself only when it has slept.
    const id = server.ask("SELECT id FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP(600)%'");
    if (id !== "") server.ask(`KILL ${id}`);
  };
  t.after(() => child.kill("SIGKILL"));
  await until(
    () => server.ask("SELECT count(*) FROM information_schema.PROCESSLIST WHERE STATE = 'User sleep'") === "1",
  );
  return release;
}

for (const workers of [0, 4])
  test(`a primary that died in the middle of a transaction: its beginning is not waited for, and its loss is said (${workers} workers)`, async (t) => {
    if (!hasMariadb(t)) return;
    let cut: (bytes: number) => void = () => undefined;
    const settings = [`slave-parallel-threads=${workers}`, "slave-parallel-mode=optimistic", "binlog-format=ROW"];
    const found = await pairMariadb(
      (work) => t.after(work),
      settings,
      async (port) => {
        const way = await narrow(t, port);
        cut = way.cut;
        return way.port;
      },
    );
    const { a, b } = found;
    a.ask(
      "CREATE TABLE orders (id int AUTO_INCREMENT PRIMARY KEY, what longtext); INSERT INTO orders (what) VALUES ('first')",
    );
    await caughtUp(found);
    cut(200_000);
    a.ask(`START TRANSACTION; ${"INSERT INTO orders (what) VALUES (REPEAT('x', 90000));".repeat(8)} COMMIT`);
    await until(() => b.status("Read_Master_Log_Pos") !== b.status("Exec_Master_Log_Pos"));
    a.signal("SIGKILL");
    const { end, at, args, outputs } = await (await mariadbBench(t, found, { drain: 30 })).walk("failover");
    assert.deepEqual([end, at, args], ["ok", "", undefined]);
    assert.equal(outputs["LOST"], "partial 1: after 0-1-2");
    assert.ok(Number(outputs["PROMOTE_SECONDS"]) < 20, outputs["PROMOTE_SECONDS"]);
    assert.equal(outputs["LAG_POSITIONS"], "1");
    assert.equal(b.ask("SELECT count(*) FROM orders"), "1");
  });

test("a drain that does not end is bounded and said with what is left; later it ends and nothing is lost", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b, room } = found;
  a.ask("CREATE TABLE orders (id int PRIMARY KEY)");
  await caughtUp(found);
  const release = await locked(t, room, b);
  for (const id of [1, 2, 3, 4, 5]) a.ask(`INSERT INTO orders VALUES (${id})`);
  await until(() => b.status("Gtid_IO_Pos") === "0-1-6");
  a.signal("SIGKILL");
  const steps = await mariadbBench(t, found, { drain: 1 });
  await steps.walk("state");
  assert.match(steps.here.printed(), /^my1 {2}down {2}.*written=6.*ended=crashed/m);
  assert.match(steps.here.printed(), /^my2 {2}replica {2}.*received=6 {2}applied=1 {2}hears=no.*lag=0/m);
  const { end, at, args } = await steps.walk("failover");
  assert.deepEqual(
    [end, at, args],
    ["failed cluster-not-drained", "promote", { member: "my2", left: "5", detail: "1 s" }],
  );
  assert.equal(b.ask("SELECT @@read_only"), "1");
  await release();
  const again = await steps.walk("failover");
  assert.deepEqual([again.end, again.at, again.outputs["LOST"]], ["ok", "", undefined]);
  assert.equal(b.ask("SELECT count(*) FROM orders"), "5");
});

test("where the book says so, it is promoted without the rest, which is named", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work));
  const { a, b, room } = found;
  a.ask("CREATE TABLE orders (id int PRIMARY KEY)");
  await caughtUp(found);
  await locked(t, room, b);
  for (const id of [1, 2, 3]) a.ask(`INSERT INTO orders VALUES (${id})`);
  await until(() => b.status("Gtid_IO_Pos") === "0-1-4");
  a.signal("SIGKILL");
  const steps = await mariadbBench(t, found, { drain: 1, undrained: "lose" });
  const { end, at, args, outputs } = await steps.walk("failover");
  assert.deepEqual([end, at], ["ok", ""], JSON.stringify(args));
  assert.equal(outputs["LOST"], "unapplied 3: 0-1-2..0-1-4");
  assert.equal(b.ask("SELECT count(*) FROM orders"), "0");
});

test("how far a replica is behind is known when the primary is dead: by the log on its disk", async (t) => {
  if (!hasMariadb(t)) return;
  const found = await pairMariadb((work) => t.after(work), ["binlog-format=ROW"]);
  const { a, b } = found;
  a.ask("CREATE TABLE orders (id int PRIMARY KEY)");
  await caughtUp(found);
  b.ask("STOP SLAVE IO_THREAD");
  for (const id of [1, 2, 3]) a.ask(`INSERT INTO orders VALUES (${id})`);
  a.signal("SIGKILL");
  const steps = await mariadbBench(t, found);
  await steps.walk("state");
  assert.match(steps.here.printed(), /^my1 {2}down {2}written=4 {2}ended=crashed$/m);
  assert.match(steps.here.printed(), /^my2 {2}replica {2}.*received=1 {2}applied=1 .*lag=3/m);
});

// sql and replication against real pairs: idle, behind, cut off, frozen, dead and promoted.
import assert from "node:assert/strict";
import { after, test, type TestContext } from "node:test";
import { contextOf, here, measure, said } from "../suites/check-context.ts";
import { until } from "../kit/until.ts";
import { needs } from "./needs.ts";
import { caughtUp, pairMariadb, PASSWORD as MARIADB_PASSWORD } from "./pair-mariadb.ts";
import { pair, PASSWORD } from "./pair.ts";

const endings: (() => void | Promise<void>)[] = [];
after(async () => {
  for (const end of endings) await end();
});
const later = (work: () => void | Promise<void>): void => void endings.push(work);

/** Asks one member as its superuser, through its socket. */
async function asking(t: TestContext, password: string) {
  const context = contextOf(await here(t), {
    secret: (name) => Promise.resolve(name === "wrong" ? "nonsense" : password),
  });
  return (kind: string, params: object) => measure(kind, params, context);
}
const value = (measured: Awaited<ReturnType<typeof measure>>): number | string =>
  measured.kind === "value" ? measured.value : said(measured);

test("PostgreSQL: an idle replica is level, a late one is late, a frozen one is red though its port answers, and behind a dead primary nothing is green [K-040]", async (t) => {
  if (!needs(t, "postgres", "psql")) return;
  const { a, b, room } = await pair(later);
  const ask = await asking(t, PASSWORD);
  const connect = (port: number, secret = "db") => ({
    engine: "postgres",
    connect: { host: `${room}/s`, port, user: "ops", database: "postgres", password: { secret } },
  });
  const sql = async (port: number, statement: string, more: object = {}) =>
    value(await ask("sql", { ...connect(port), statement, ...more }));
  const lag = async () => value(await ask("replication", { ...connect(b.port), within: 3 }));
  assert.equal(await sql(a.port, "SELECT 42, 'other' UNION ALL SELECT 7, 'row'"), 42);
  assert.equal(await sql(a.port, "SELECT 'open'", { equals: "open" }), "pass sql-right");
  assert.equal(await sql(a.port, "SELECT 'open'", { equals: "shut" }), "fail sql-differs");
  assert.equal(await sql(a.port, "SELECT 1 WHERE false"), "unknown absent");
  assert.equal(await sql(a.port, "SELECT none FROM nowhere"), "unknown unparsable");
  assert.equal(await sql(a.port, "CREATE TABLE t ()"), "unknown unparsable", "it may only read");
  assert.equal(value(await ask("sql", { ...connect(1), statement: "SELECT 1" })), "fail sql-down");
  assert.equal(value(await ask("replication", connect(a.port))), "fail replication-primary");

  a.ask("CREATE TABLE orders (id int)");
  await until(async () => (await lag()) === 0, "the replica is level");
  b.ask("SELECT pg_wal_replay_pause()");
  a.ask("INSERT INTO orders VALUES (1)");
  await until(async () => Number(await lag()) > 0.2, "what is not applied makes it late");
  b.ask("SELECT pg_wal_replay_resume()");
  await until(async () => (await lag()) === 0, "it is level again");
  a.signal("SIGSTOP");
  const port = await ask("tcp", { address: `127.0.0.1:${a.port}`, within: 1 });
  assert.equal(port.kind, "value", "whoever only connects is told that all is well");
  assert.equal(await sql(a.port, "SELECT 1", { within: 1 }), "fail sql-slow", "it still takes connections");
  a.signal("SIGCONT");
  a.signal("SIGKILL");
  await until(async () => (await lag()) === "fail replication-broken", "nobody sends any more");
});

test("MariaDB: idle is level, a stopped applier and a dead primary are failures [K-040]", async (t) => {
  if (!needs(t, "mariadbd", "mariadb")) return;
  const made = await pairMariadb(later);
  const { a, b } = made;
  const ask = await asking(t, MARIADB_PASSWORD);
  const connect = (port: number, secret = "db") => ({
    engine: "mysql",
    connect: { host: "127.0.0.1", port, user: "ops", password: { secret } },
  });
  const lag = async () => value(await ask("replication", connect(b.port)));
  await caughtUp(made);
  await until(async () => (await lag()) === 0, "the replica is level");
  assert.equal(value(await ask("sql", { ...connect(a.port), statement: "SELECT 42, 'other'" })), 42);
  assert.equal(
    value(await ask("sql", { ...connect(a.port, "wrong"), statement: "SELECT 1" })),
    "unknown no-permission",
  );
  assert.equal(value(await ask("sql", { ...connect(1), statement: "SELECT 1" })), "fail sql-down");
  assert.equal(value(await ask("replication", connect(a.port))), "fail replication-primary");
  b.ask("STOP SLAVE SQL_THREAD");
  assert.equal(await lag(), "fail replication-broken");
  b.ask("START SLAVE SQL_THREAD");
  await until(async () => (await lag()) === 0, "it applies again");
  a.signal("SIGKILL");
  await until(async () => (await lag()) === "fail replication-broken", "nobody sends any more");
});

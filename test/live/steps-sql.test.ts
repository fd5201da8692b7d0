// SQL steps against real PostgreSQL and MariaDB servers of the test's own.
import assert from "node:assert/strict";
import { after, test, type TestContext } from "node:test";
import type { StepContext } from "../../src/model/step.ts";
import { done, given, place, recalled, said } from "../suites/step-context.ts";
import { stepSuite } from "../suites/step-kind.ts";
import { until } from "../kit/until.ts";
import { mariadb, postgres, postgresPrograms, type Database } from "./databases.ts";
import { needs } from "./needs.ts";

interface Engine {
  readonly engine: "postgres" | "mysql";
  readonly start: (t: { after(end: () => void | Promise<void>): void }) => Promise<Database>;
  readonly has: (t: TestContext) => boolean;
  /** How a statement names a value. */
  readonly value: (name: string) => string;
}

const ENGINES: readonly Engine[] = [
  {
    engine: "postgres",
    start: postgres,
    has: (t) => needs(t, "psql", ...(postgresPrograms() === undefined ? (["postgres"] as const) : [])),
    value: (name) => `:'${name}'`,
  },
  { engine: "mysql", start: mariadb, has: (t) => needs(t, "mariadb", "mariadbd"), value: (name) => `@${name}` },
];

/** One server of each engine for the whole file; each test begins with an empty table. */
const servers = new Map<string, Promise<Database>>();
const endings: (() => void | Promise<void>)[] = [];
after(async () => {
  for (const end of endings) await end();
});

async function bench(t: TestContext, { engine, start }: Engine, own = false) {
  const here = await place(t);
  if (!own && !servers.has(engine)) servers.set(engine, start({ after: (end) => void endings.push(end) }));
  const database = own ? await start(t) : await servers.get(engine)!;
  database.ask("DROP TABLE IF EXISTS notes");
  database.ask(
    `CREATE TABLE notes (id int PRIMARY KEY, text varchar(4000))${engine === "mysql" ? " CHARACTER SET utf8mb4" : ""}`,
  );
  const secret = () => Promise.resolve(database.password);
  let number = 0;
  const connect = { ...database.connect, password: { secret: "env:DB" } };
  const context = (env = {}, over: Partial<StepContext> = {}) =>
    here.context({ env, secret, ...over }, { number: (number += 1) });
  const run = (params: object, env = {}) => done("sql", { engine, connect, ...params }, context(env));
  return { here, database, connect, context, run };
}

for (const engine of ENGINES) {
  const { value } = engine;

  test(`${engine.engine}: values are bound, whatever they hold, and come back unchanged`, async (t) => {
    if (!engine.has(t)) return;
    const { database, run } = await bench(t, engine);
    const hostile = [
      "'); DROP TABLE notes; --",
      "a\\'b\"c`d$(id)\n\\! touch x\n:V @V",
      "",
      "中文 😀",
      "x".repeat(3_000),
    ];
    for (const [id, text] of hostile.entries()) {
      const statement = `INSERT INTO notes VALUES (${id}, ${value("V")})`;
      const end = await run({ statement, values: ["V"], expect: { rows: 1 } }, { V: text });
      assert.equal(said(end), "ok", text);
      assert.equal(end.outputs?.["ROWS"], "1");
      const length = `SELECT count(*) FROM notes WHERE id = ${id} AND text = ${value("V")}`;
      const same = await run({ statement: length, values: ["V"], readOnly: true, expect: { value: 1 } }, { V: text });
      assert.equal(said(same), "ok", text);
    }
    assert.equal(database.ask("SELECT count(*) FROM notes"), String(hostile.length));
  });

  test(`${engine.engine}: what is not as expected is rolled back; a refused statement commits nothing`, async (t) => {
    if (!engine.has(t)) return;
    const { database, run, here } = await bench(t, engine);
    const two = "INSERT INTO notes VALUES (1, 'a'); INSERT INTO notes VALUES (2, 'b'), (3, 'c');";
    const wrong = await run({ statement: two, expect: { rows: 3 } });
    assert.deepEqual([said(wrong), wrong.args?.["rows"]], ["failed sql-rows", "2"]);
    const count = `${two} SELECT count(*) FROM notes`;
    assert.equal(said(await run({ statement: count, expect: { value: 9 } })), "failed sql-value");
    const broken = await run({ statement: `${two} INSERT INTO notes VALUES (1, 'again')` });
    assert.equal(said(broken), "failed sql-error");
    assert.match(String(broken.args?.["detail"]), /duplicate/i);
    assert.equal(database.ask("SELECT count(*) FROM notes"), "0");
    const right = await run({ statement: count, expect: { value: 3 } });
    assert.deepEqual([said(right), right.outputs?.["VALUE"]], ["ok", "3"]);
    assert.equal(database.ask("SELECT count(*) FROM notes"), "3");
    assert.match(here.printed(), /^3$/m);
    const write = await run({ statement: "DELETE FROM notes", readOnly: true });
    assert.equal(said(write), "failed sql-error");
    assert.equal(database.ask("SELECT count(*) FROM notes"), "3");
  });

  test(`${engine.engine}: no server, a wrong password and a missing client are told apart, and nothing began`, async (t) => {
    if (!engine.has(t)) return;
    const { connect, run } = await bench(t, engine);
    const nowhere = { connect: { ...connect, port: 1 }, statement: "SELECT 1" };
    assert.equal(said(await run(nowhere)), "unreachable sql-not-connected");
    const stranger = { connect: { ...connect, password: { value: "P" } }, statement: "SELECT 1" };
    const end = await run(stranger, { P: "wrong" });
    assert.equal(said(end), "unreachable sql-not-connected");
    assert.match(String(end.args?.["detail"]), /password|denied/i);
    assert.equal(said(await run({ statement: "SELECT 1", client: ["no-such-client"] })), "failed tool-missing");
  });

  test(`${engine.engine}: a server that dies in the middle leaves nothing, and a cancel ends the client`, async (t) => {
    if (!engine.has(t)) return;
    const { database, connect, context } = await bench(t, engine, true);
    const pause = (seconds: number) =>
      engine.engine === "postgres" ? `SELECT pg_sleep(${seconds})` : `SELECT SLEEP(${seconds})`;
    const going = (seconds: number) =>
      database.ask(
        engine.engine === "postgres"
          ? `SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(${seconds})%'`
          : `SELECT count(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(${seconds})%'`,
      ) === "1";
    const paused = (id: number, seconds: number) => ({
      engine: engine.engine,
      connect,
      statement: `INSERT INTO notes VALUES (${id}, 'x'); ${pause(seconds)}`,
    });
    const stop = new AbortController();
    const cancelled = done("sql", paused(1, 500), context({}, { signal: stop.signal }));
    await until(() => going(500));
    stop.abort();
    assert.equal(said(await cancelled), "cancelled cancelled");
    // MariaDB goes on with a statement whose client is gone, then rolls it back.
    await until(() => engine.engine === "mysql" || !going(500));
    assert.equal(database.ask("SELECT count(*) FROM notes"), "0");
    const cut = done("sql", paused(2, 501), context());
    await until(() => going(501));
    database.kill();
    assert.equal(said(await cut), "failed sql-error");
  });
}

stepSuite({
  kind: "sql",
  elsewhere: true,
  good: () =>
    Promise.resolve({
      params: { engine: "postgres", client: ["sh", "-c", SHAM], statement: "SELECT 1", expect: { rows: 1, value: 1 } },
    }),
  bad: [
    [{ engine: "oracle", statement: "x" }, "engine"],
    [{ engine: "postgres", statement: "SELECT :v", values: ["v"] }, "sql-bare-value"],
    [{ engine: "postgres", statement: "" }, "statement"],
  ],
});

/** A stand-in for a client, for what no database is needed for: says what a psql would say to `SELECT 1`. */
const SHAM = String.raw`
while read -r line; do
  case $line in
    '\qecho '*':wb_rows') echo "$(printf %s "$line" | cut -d ' ' -f 2) rows 1" ;;
    '\qecho '*) printf '%s\n' "$line" | cut -d ' ' -f 2- ;;
    'SELECT 1') echo 1 ;;
  esac
done
`;

test("a plan shows the transaction and no password; a read-only one reads", async (t) => {
  const here = await place(t);
  const params = {
    engine: "mysql",
    connect: { host: "/run/my.sock", user: "ops", password: { secret: "env:DB" } },
    statement: "UPDATE a SET b = @V;",
    values: ["V"],
  };
  const { kind, params: parsed } = given("sql", params);
  const view = kind.view(parsed);
  assert.match(view.command, /^mariadb .*-S \/run\/my.sock -u ops\nBEGIN;\nUPDATE a SET b = @V;\nCOMMIT;$/);
  assert.equal(view.risk, "unknown");
  const read = given("sql", { engine: "postgres", statement: "SELECT 1", readOnly: true });
  assert.equal(read.kind.view(read.params).risk, "read");
  assert.equal((await recalled("sql", params, here.context())).state, "absent");
});

// Points in time of the backup kind `mariadb`: its binary logs, and what is wrong with them.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { lateSeed } from "../kit/random-seed.ts";
import { until } from "../kit/until.ts";
import { flip } from "../suites/backup.ts";
import { said } from "../suites/step-context.ts";
import { mariadb } from "./databases.ts";
import { askAt, fieldsOf, lines, secretOf, serverOf, SMALL } from "./mariadb-shop.ts";
import { needs } from "./needs.ts";

const TOOLS = ["mariadbd", "mariadb", "mariadb-backup", "mariadb-install-db", "mariadb-binlog"] as const;
const LOGGED = ["--log-bin=shop-bin", "--server-id=1", "--binlog-format=MIXED"];

const server = serverOf(LOGGED);
type Server = Awaited<ReturnType<typeof mariadb>>;

/** The first second that has not begun yet, when it begins: ISO 8601. */
async function nextSecond(db: Server): Promise<string> {
  const now = () => db.ask("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ')");
  const before = now();
  await until(() => now() !== before, "the server's clock stands still");
  return now();
}

const logs = (path: string): readonly string[] =>
  readdirSync(path)
    .filter((name) => /^shop-bin\.\d+$/.test(name))
    .toSorted();

/** Digests of the binary logs, but not of the one that is written to. */
const digests = (path: string): readonly string[] =>
  logs(path)
    .slice(0, -1)
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(path, name)))
          .digest("hex")}`,
    );

interface Story {
  readonly db: Server;
  readonly into: string;
  readonly set: string;
  /** One second before the table was dropped, and the transaction before it. */
  readonly before: string;
  readonly gtid: string;
}

let story: Promise<Story> | undefined;

const benchOf = (t: TestContext, { db, into }: Pick<Story, "db" | "into">, binlog: string | undefined, more = {}) =>
  backupBench(t, {
    parts: [{ id: "db", kind: "mariadb", with: { ...fieldsOf(db), ...(binlog !== undefined && { binlog }), ...more } }],
    secret: secretOf(db),
    into,
  });

/** A set, then rows over two log files, a dropped table, and rows after it. */
async function told(t: TestContext, keep: Pick<TestContext, "after">): Promise<Story> {
  const db = await server();
  const into = folder(keep);
  db.ask("CREATE TABLE orders (name VARCHAR(200) PRIMARY KEY) ENGINE=InnoDB");
  db.ask("INSERT INTO orders VALUES ('in the set')");
  const taken = await (await benchOf(t, { db, into }, db.data)).take();
  assert.equal(taken.end, "ok", `${taken.at}: ${JSON.stringify(taken.args)}`);
  await nextSecond(db);
  // What a statement says is no header of the log.
  db.ask("INSERT INTO orders VALUES ('# at 4\n#700101 00:00:00 server id 1 end_log_pos 9 CRC32 0x1 \tRotate')");
  // Rows are logged behind a note of their statement, which mariadb-binlog holds back until it knows what they are of.
  db.ask(
    "FLUSH BINARY LOGS; SET binlog_format = ROW; INSERT INTO orders VALUES\n('second log'); SET binlog_format = MIXED; CREATE USER guest@localhost IDENTIFIED BY 'x'",
  );
  db.ask("CREATE EVENT late ON SCHEDULE EVERY 1 SECOND DO INSERT INTO orders VALUES (UUID())");
  const gtid = db.ask("SELECT @@gtid_binlog_pos");
  const before = await nextSecond(db);
  db.ask(
    "DROP TABLE orders; CREATE TABLE orders (name VARCHAR(200) PRIMARY KEY); INSERT INTO orders VALUES ('too late')",
  );
  db.ask("FLUSH BINARY LOGS; INSERT INTO orders VALUES ('third log')");
  return { db, into, set: taken.run, before, gtid };
}

const ROWS = ["# at 4\\n#700101 00:00:00 server id 1 end_log_pos 9 CRC32 0x1 \\tRotate", "in the set", "second log"];

/** What a restore to this point has, or why there is none. */
async function restored(t: TestContext, given: Story, TO: string, binlog = given.db.data): Promise<readonly string[]> {
  const bench = await benchOf(t, given, binlog);
  let seen: readonly string[] = [];
  const { end, at, args } = await bench.restore({ SET: given.set, TO }, ({ outputs }) => {
    seen = lines(askAt(outputs["DB_HOST"]!, "SELECT name FROM orders ORDER BY name"));
  });
  assert.deepEqual(readdirSync(bench.places), []);
  return end === "ok" ? seen : [`${at}: ${end}`, JSON.stringify(args)];
}

const outer: (() => void | Promise<void>)[] = [];
test.after(async () => {
  for (const end of outer.toReversed()) await end();
});
const given = (t: TestContext): Promise<Story> =>
  (story ??= told(t, { after: (end) => void outer.push(end as () => void) }));

test("to a second before DROP TABLE: exactly the rows, and production and its logs stay as they were [H-069]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const about = await given(t);
  const was = digests(about.db.data);
  const bench = await benchOf(t, about, about.db.data);
  let seen: readonly string[] = [];
  let alone = "";
  const { end, at, args } = await bench.restore({ TO: about.before }, ({ outputs }) => {
    seen = lines(askAt(outputs["DB_HOST"]!, "SELECT name FROM orders ORDER BY name"));
    alone = askAt(
      outputs["DB_HOST"]!,
      "SELECT @@skip_networking, @@log_bin, @@event_scheduler, (SELECT COUNT(*) FROM mysql.user WHERE user LIKE 'watchbook%')",
    );
  });
  assert.equal(end, "ok", `${at}: ${JSON.stringify(args)}`);
  assert.deepEqual(seen, ROWS);
  assert.equal(alone, "1\t0\tOFF\t0");
  assert.deepEqual(digests(about.db.data), was);
  assert.equal(about.db.ask("SELECT GROUP_CONCAT(name ORDER BY name) FROM orders"), "third log,too late");
});

test("to a transaction, to the end of the logs, and to the copy itself [H-069]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const about = await given(t);
  assert.deepEqual(await restored(t, about, `gtid:${about.gtid}`), ROWS);
  assert.deepEqual(await restored(t, about, "latest"), ["third log", "too late"]);
  assert.deepEqual(await restored(t, about, "set"), ["in the set"]);
});

test("points that cannot be reached are refused before anything is copied [H-069]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const about = await given(t);
  const why = async (TO: string) => (await restored(t, about, TO))[0];
  assert.equal(await why("2020-01-01T00:00:00Z"), "restore-db: failed restore-point-early");
  assert.equal(await why("2099-01-01T00:00:00Z"), "restore-db: failed restore-point-late");
  assert.equal(await why("gtid:0-1-1"), "restore-db: failed restore-point-early");
  assert.equal(await why("gtid:0-1-999999"), "restore-db: failed restore-point-absent");
  assert.equal(await why("xid:7"), "restore-db: failed restore-point-kind");
});

/** A copy of the logs that can be spoiled. */
function archive(t: TestContext, { db }: Story): string {
  const path = folder(t);
  for (const name of logs(db.data)) cpSync(join(db.data, name), join(path, name));
  return path;
}

test("a missing log is known before it is needed, and does not hinder points before it [H-068 H-069]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const about = await given(t);
  const path = archive(t, about);
  const [first, second, third] = logs(path).slice(-3);
  const bench = await benchOf(t, about, path);
  assert.equal(said(await bench.examine("db")), "ok");
  renameSync(join(path, second!), join(path, "elsewhere"));
  assert.equal(said(await bench.examine("db")), "failed restore-log-gap");
  assert.equal((await restored(t, about, about.before, path))[0], "restore-db: failed restore-log-gap");
  assert.equal((await restored(t, about, "latest", path))[0], "restore-db: failed restore-log-gap");
  renameSync(join(path, "elsewhere"), join(path, second!));
  // The point lies before what the last log has.
  unlinkSync(join(path, third!));
  assert.deepEqual(await restored(t, about, about.before, path), ROWS);
  // Another file under the first one's name.
  cpSync(join(path, second!), join(path, first!));
  assert.equal((await restored(t, about, about.before, path))[0], "restore-db: failed restore-log-foreign");
});

test("a damaged log is refused although mariadb-binlog ends with 0; a torn end of the last one is cut [H-069]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const about = await given(t);
  const path = archive(t, about);
  const [, second, third] = logs(path).slice(-3);
  flip(join(path, second!));
  const [why, args] = await restored(t, about, "latest", path);
  assert.equal(why, "restore-db: failed restore-log-damaged", args);
  flip(join(path, second!));
  // In the middle of the statement, as a power cut may leave it.
  truncateSync(join(path, third!), readFileSync(join(path, third!)).indexOf("third log") + 3);
  assert.deepEqual(await restored(t, about, "latest", path), ["too late"]);
});

test("a point that nobody chose may lie behind the newest set, as far as the archived logs go without a gap [H-069]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const { db } = await given(t);
  const path = folder(t);
  const shipped = (): void => {
    db.ask("FLUSH BINARY LOGS");
    for (const name of logs(db.data).slice(0, -1)) cpSync(join(db.data, name), join(path, name));
  };
  const bench = await benchOf(t, { db, into: folder(t) }, path);
  db.ask("CREATE TABLE tick (at DATETIME(6) PRIMARY KEY DEFAULT (UTC_TIMESTAMP(6)))");
  const { run, end } = await bench.take();
  assert.equal(end, "ok");
  const { until: whole } = JSON.parse(readFileSync(join(bench.into, "shop", run, "manifest.json"), "utf8"));
  const tick = (): number =>
    Date.parse(`${db.ask("INSERT INTO tick VALUES (); SELECT MAX(at) FROM tick").replace(" ", "T")}Z`);
  await until(() => tick() > Date.parse(whole) + 3_000, "the clock stands");
  shipped();
  const last = tick();
  const draw = async (look: (outputs: Readonly<Record<string, string>>) => void) => {
    const { end: how, at, args } = await bench.restore({ TO: `random:${lateSeed()}` }, ({ outputs }) => look(outputs));
    assert.equal(how, "ok", `${at}: ${JSON.stringify(args)}`);
  };
  await draw((outputs) => {
    const { POINT = "", POINT_UNTIL = "", SET_ID, DB_HOST = "" } = outputs;
    assert.equal(SET_ID, run);
    // Whole seconds are what a binary log knows.
    assert.ok(
      Date.parse(POINT) > Date.parse(whole) + 1_000 && Date.parse(POINT_UNTIL) <= last,
      JSON.stringify(outputs),
    );
    const time = `CAST('${POINT.replace("T", " ").replace("Z", "")}' AS DATETIME(6))`;
    const counted = `SELECT COUNT(*) FROM tick WHERE at < ${time} - INTERVAL 1 SECOND`;
    assert.equal(askAt(DB_HOST, counted), db.ask(counted));
    assert.equal(askAt(DB_HOST, `SELECT COUNT(*) FROM tick WHERE at > ${time}`), "0");
  });
  // A hole in the archive: what lies behind it is promised to nobody.
  await nextSecond(db);
  tick();
  shipped();
  tick();
  shipped();
  unlinkSync(join(path, logs(path).at(-2)!));
  await draw((outputs) => assert.ok(Date.parse(outputs["POINT_UNTIL"]!) <= last, JSON.stringify(outputs)));
});

test("logs of another server are not replayed", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const about = await given(t);
  const other = await mariadb(t, [...SMALL, ...LOGGED]);
  other.ask("CREATE TABLE orders (name VARCHAR(200)); INSERT INTO orders VALUES ('another shop')");
  assert.equal((await restored(t, about, "latest", other.data))[0], "restore-db: failed restore-log-foreign");
});

test("the guide's shipper brings the logs as they are written: what the server had confirmed comes back from there alone [H-069]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const { db } = await given(t);
  const [home, path] = [folder(t), folder(t)];
  const guide = readFileSync(new URL("../../docs/guide/en/mariadb-binlog.md", import.meta.url), "utf8");
  writeFileSync(join(home, "ship"), /```sh\n([^]*?)```/.exec(guide)![1]!);
  const { host, port, user } = db.connect;
  const client = ["[client]", `host=${host}`, `port=${port}`, `user=${user}`, `password="${db.password}"`, ""];
  writeFileSync(join(home, ".my.cnf"), client.join("\n"), { mode: 0o600 });
  const ship = (): ChildProcess => {
    const child = spawn("sh", [join(home, "ship"), path, "4711"], {
      env: { ...process.env, HOME: home },
      stdio: "ignore",
    });
    t.after(() => child.kill("SIGKILL"));
    return child;
  };
  const gone = (child: ChildProcess) => new Promise((resolve) => child.once("exit", resolve));
  const has = (what: string): boolean => logs(path).some((name) => readFileSync(join(path, name)).includes(what));
  const first = ship();
  const bench = await benchOf(t, { db, into: folder(t) }, path);
  const { run, end } = await bench.take();
  assert.equal(end, "ok");
  db.ask("CREATE TABLE mail (name VARCHAR(50) PRIMARY KEY); INSERT INTO mail VALUES ('before it broke off')");
  await until(() => has("before it broke off"), "it is not brought");
  // It is killed, and goes on in the file in which it was.
  const ended = gone(first);
  first.kill("SIGKILL");
  await ended;
  db.ask("INSERT INTO mail VALUES ('meanwhile')");
  const second = ship();
  await until(() => has("meanwhile"), "it does not go on");
  db.ask("FLUSH BINARY LOGS; INSERT INTO mail VALUES ('the last one')");
  const newest = logs(db.data).at(-1)!;
  const size = (where: string): number => statSync(join(where, newest), { throwIfNoEntry: false })?.size ?? 0;
  await until(() => size(path) === size(db.data), "it does not follow");
  assert.ok(has("the last one"));
  const over = gone(second);
  second.kill("SIGKILL");
  await over;
  let seen: readonly string[] = [];
  const back = await bench.restore({ SET: run }, ({ outputs }) => {
    seen = lines(askAt(outputs["DB_HOST"]!, "SELECT name FROM mail ORDER BY name"));
  });
  assert.equal(back.end, "ok", `${back.at}: ${JSON.stringify(back.args)}`);
  assert.deepEqual(seen, ["before it broke off", "meanwhile", "the last one"]);
});

// Points in time of the backup kind `mariadb`: its binary logs, and what is wrong with them.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, renameSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
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
  db.ask("FLUSH BINARY LOGS; INSERT INTO orders VALUES ('second log'); CREATE USER guest@localhost IDENTIFIED BY 'x'");
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

test("logs of another server are not replayed", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const about = await given(t);
  const other = await mariadb(t, [...SMALL, ...LOGGED]);
  other.ask("CREATE TABLE orders (name VARCHAR(200)); INSERT INTO orders VALUES ('another shop')");
  assert.equal((await restored(t, about, "latest", other.data))[0], "restore-db: failed restore-log-foreign");
});

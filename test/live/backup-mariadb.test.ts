// The backup kind `mariadb`: mariadb-backup of a server of the test's own.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { backupSuite, type Source } from "../suites/backup.ts";
import { askAt, fieldsOf, lines, secretOf, serverOf } from "./mariadb-shop.ts";
import { needs } from "./needs.ts";

const TOOLS = ["mariadbd", "mariadb", "mariadb-backup", "mariadb-install-db", "mariadb-binlog"] as const;

const server = serverOf(["--skip-log-bin"]);
let tables = 0;

/** Every test has a table of its own. */
async function source(): Promise<Source> {
  const db = await server();
  const table = `orders_${(tables += 1)}`;
  db.ask(`CREATE TABLE ${table} (name VARCHAR(64) PRIMARY KEY) ENGINE=InnoDB`);
  const all = `SELECT name FROM ${table} ORDER BY name`;
  return {
    part: { id: "db", kind: "mariadb", with: fieldsOf(db) },
    secret: secretOf(db),
    add: (what) => void db.ask(`INSERT INTO ${table} VALUES ('${what}')`),
    has: () => lines(db.ask(all)),
    restored: (outputs) => lines(askAt(outputs["DB_HOST"]!, all)),
  };
}

backupSuite({ kind: "mariadb", proves: "[H-067]", has: (t) => needs(t, ...TOOLS), source });

const partOf = (db: Awaited<ReturnType<typeof server>>, more = {}) => ({
  id: "db",
  kind: "mariadb",
  with: { ...fieldsOf(db), ...more },
});

test("mariadb: a wrong password is said as such, and a server that is not there as that", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const db = await server();
  const wrong = await backupBench(t, { parts: [partOf(db)], secret: () => Promise.resolve("wrong") });
  const { end, args } = await wrong.take();
  assert.equal(end, "failed backup-password");
  assert.equal(args?.["user"], "ops");
  const connect = { ...fieldsOf(db).connect, port: 1 };
  const nowhere = await backupBench(t, { parts: [partOf(db, { connect })], secret: secretOf(db) });
  assert.equal((await nowhere.take()).end, "unreachable backup-no-connection");
});

test("mariadb: a copy of a newer server than is here is refused before it is touched", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const db = await server();
  const into = join(folder(t), "sets");
  assert.equal((await (await backupBench(t, { parts: [partOf(db)], secret: secretOf(db), into })).take()).end, "ok");
  const programs = folder(t);
  // A stand-in for an older installation: only its version is asked for.
  writeFileSync(join(programs, "mariadbd"), "#!/bin/sh\necho 'mariadbd  Ver 10.5.29-MariaDB for debian-linux-gnu'\n");
  chmodSync(join(programs, "mariadbd"), 0o755);
  const older = await backupBench(t, { parts: [partOf(db, { programs })], secret: secretOf(db), into });
  const { end, at, args } = await older.restore();
  assert.equal(`${at}: ${end}`, "restore-db: failed restore-newer");
  assert.equal(args?.["server"], "10.5.29");
  assert.match(String(args?.["copy"]), /^10\.11/);
});

test("mariadb: two backups at once: the second is refused, and the first goes on", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const db = await server();
  const into = join(folder(t), "sets");
  const benches = await Promise.all(
    [1, 2].map(() => backupBench(t, { parts: [partOf(db)], secret: secretOf(db), into })),
  );
  const ends = (await Promise.all(benches.map((bench) => bench.take()))).map(({ end }) => end);
  assert.deepEqual(ends.toSorted(), ["failed backup-busy", "ok"]);
});

test("mariadb: rows and the files that they name are one set; one that does not match its row tears it", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const db = await server();
  const path = folder(t);
  mkdirSync(join(path, "a b"));
  db.ask("CREATE TABLE attachments (path VARCHAR(200), sha256 CHAR(64)) CHARACTER SET utf8mb4");
  for (const name of ["a b/one.txt", "二.txt"]) {
    writeFileSync(join(path, name), `this is ${name}`);
    const digest = createHash("sha256").update(`this is ${name}`).digest("hex");
    db.ask(
      `INSERT INTO attachments VALUES (CONVERT(X'${Buffer.from(name).toString("hex")}' USING utf8mb4), '${digest}')`,
    );
  }
  writeFileSync(join(path, "three.txt"), "no digest");
  db.ask("INSERT INTO attachments VALUES ('three.txt', NULL)");
  const connect = { ...fieldsOf(db).connect, database: "shop" };
  const files = { id: "files", kind: "files", with: { path } };
  const query = "SELECT path, sha256 FROM attachments";
  const agree = [{ rows: "db", query, files: "files" }];
  const given = { parts: [partOf(db, { connect }), files], agree, secret: secretOf(db) };
  const bench = await backupBench(t, given);
  const whole = await bench.take();
  assert.equal(whole.end, "ok", JSON.stringify(whole.args));
  const back = await bench.restore();
  assert.equal(back.end, "ok", `${back.at}: ${JSON.stringify(back.args)}`);
  rmSync(join(path, "二.txt"));
  const torn = await bench.take();
  assert.equal(torn.end, "failed backup-torn");
  assert.equal(torn.args?.["first"], "二.txt: no file");
  const refused = await bench.restore({ SET: torn.run });
  assert.equal(refused.end, "failed restore-torn");
  const change = await backupBench(t, { ...given, agree: [{ ...agree[0]!, query: "DELETE FROM attachments" }] });
  assert.equal((await change.take()).end, "failed backup-rows-failed");
});

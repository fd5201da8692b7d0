// The backup kind `mariadb`: copies that hold only what changed, and tables that lie elsewhere.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { folder } from "../kit/folder.ts";
import { flip } from "../suites/backup.ts";
import { said } from "../suites/step-context.ts";
import { mariadb } from "./databases.ts";
import { askAt, fieldsOf, secretOf, SMALL } from "./mariadb-shop.ts";
import { needs } from "./needs.ts";

const TOOLS = ["mariadbd", "mariadb", "mariadb-backup", "mariadb-install-db"] as const;

test("mariadb: a full copy and increments come back together; a missing or damaged link is known before [H-068]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const db = await mariadb(t, ["--skip-log-bin", ...SMALL]);
  db.ask("CREATE TABLE orders (name VARCHAR(64) PRIMARY KEY); INSERT INTO orders VALUES ('full')");
  const part = { id: "db", kind: "mariadb", with: { ...fieldsOf(db), increments: 2 } };
  const bench = await backupBench(t, { parts: [part], secret: secretOf(db) });
  const runs: string[] = [];
  for (const name of ["first", "second", "full again", ""]) {
    const { run, end, at, args } = await bench.take();
    assert.equal(end, "ok", `${at}: ${JSON.stringify(args)}`);
    runs.push(run);
    if (name !== "") db.ask(`INSERT INTO orders VALUES ('${name}'); CREATE TABLE \`t ${name}\` (id INT PRIMARY KEY)`);
  }
  const facts = runs.map(
    (run) => JSON.parse(readFileSync(join(bench.into, "shop", run, "manifest.json"), "utf8")).parts[0],
  );
  assert.deepEqual(
    facts.map((each) => each.facts.BASE),
    [undefined, runs[0], runs[1], undefined],
  );
  assert.ok(facts[1].bytes < facts[0].bytes / 2, `${facts[1].bytes} of ${facts[0].bytes}`);
  const restored = async (SET: string) => {
    let seen = "";
    const { end, at, args } = await bench.restore({ SET }, ({ outputs }) => {
      seen = askAt(outputs["DB_HOST"]!, "SELECT GROUP_CONCAT(name ORDER BY name) FROM orders");
    });
    return end === "ok" ? seen : `${at}: ${end} ${JSON.stringify(args)}`;
  };
  assert.equal(await restored(runs[2]!), "first,full,second");
  assert.equal(await restored(runs[1]!), "first,full");
  const file = join(bench.into, "shop", runs[1]!, "db", "server");
  flip(file);
  assert.equal(said(await bench.examine("db", runs[2])), "failed backup-damaged");
  flip(file);
  assert.equal(said(await bench.examine("db", runs[2])), "ok");
  renameSync(join(bench.into, "shop", runs[0]!), join(bench.into, "shop", "gone"));
  assert.equal(said(await bench.examine("db", runs[2])), "failed backup-link");
  assert.match(await restored(runs[2]!), /^restore-db: failed backup-link/);
  // What stands for itself still does.
  assert.equal(await restored(runs[3]!), "first,full,full again,second");
});

test("mariadb: a table that lies in another folder is restored in the place, and the file in use is left alone", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const elsewhere = folder(t);
  chmodSync(elsewhere, 0o777);
  const db = await mariadb(t, ["--skip-log-bin", ...SMALL]);
  db.ask(
    `CREATE TABLE far (name VARCHAR(64) PRIMARY KEY) DATA DIRECTORY='${elsewhere}'; INSERT INTO far VALUES ('one')`,
  );
  const part = { id: "db", kind: "mariadb", with: fieldsOf(db) };
  const bench = await backupBench(t, { parts: [part], secret: secretOf(db) });
  assert.equal((await bench.take()).end, "ok");
  // Nobody but the restore could touch it now.
  db.kill();
  const file = join(elsewhere, "shop", "far.ibd");
  const seen = () => [readFileSync(file).toString("base64"), statSync(file).mtimeMs, statSync(file).ino];
  const was = seen();
  let rows = "";
  const { end, at, args } = await bench.restore({}, ({ outputs, place }) => {
    askAt(outputs["DB_HOST"]!, "INSERT INTO far VALUES ('two'); FLUSH TABLES");
    rows = askAt(outputs["DB_HOST"]!, "SELECT GROUP_CONCAT(name ORDER BY name) FROM far");
    assert.ok(statSync(join(place, "db", "data", "shop", "far.ibd")).size > 0);
  });
  assert.equal(end, "ok", `${at}: ${JSON.stringify(args)}`);
  assert.equal(rows, "one,two");
  assert.deepEqual(seen(), was);
});

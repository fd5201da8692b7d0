// The backup kind `mariadb-dump`: SQL of a server of the test's own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { backupSuite, type Source } from "../suites/backup.ts";
import { askAt, fieldsOf, lines, secretOf, serverOf } from "./mariadb-shop.ts";
import { needs } from "./needs.ts";

const TOOLS = ["mariadbd", "mariadb", "mariadb-dump", "mariadb-install-db"] as const;

const server = serverOf(["--log-bin=shop-bin", "--server-id=1"]);
let tables = 0;

/** Every test has a table of its own. */
async function source(): Promise<Source> {
  const db = await server();
  const table = `orders_${(tables += 1)}`;
  db.ask(`CREATE TABLE ${table} (name VARCHAR(64) PRIMARY KEY) ENGINE=InnoDB`);
  const all = `SELECT name FROM ${table} ORDER BY name`;
  return {
    part: { id: "db", kind: "mariadb-dump", with: { ...fieldsOf(db), databases: ["shop"] } },
    secret: secretOf(db),
    add: (what) => void db.ask(`INSERT INTO ${table} VALUES ('${what}')`),
    has: () => lines(db.ask(all)),
    restored: (outputs) => lines(askAt(outputs["DB_HOST"]!, all)),
  };
}

backupSuite({ kind: "mariadb-dump", proves: "[H-067]", has: (t) => needs(t, ...TOOLS), source });

test("mariadb-dump: all databases with users, routines, triggers, events and blobs; no point in time [H-067]", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const db = await server();
  db.ask("CREATE TABLE whole (id INT PRIMARY KEY, face BLOB, word VARCHAR(20) CHARACTER SET utf8mb4)");
  db.ask("INSERT INTO whole VALUES (1, X'00ff0a27', '值班')");
  db.ask("CREATE TRIGGER t BEFORE INSERT ON whole FOR EACH ROW SET NEW.word = UPPER(NEW.word)");
  db.ask("CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 7");
  db.ask("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM whole");
  db.ask("CREATE DATABASE other; CREATE TABLE other.kept (id INT); INSERT INTO other.kept VALUES (1)");
  db.ask("CREATE USER reader@localhost IDENTIFIED BY 'r'");
  const part = { id: "db", kind: "mariadb-dump", with: { ...fieldsOf(db), compress: false } };
  const bench = await backupBench(t, { parts: [part], secret: secretOf(db) });
  assert.equal((await bench.take()).end, "ok");
  const questions = [
    "SELECT HEX(face), word, f() FROM whole",
    "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'shop'",
    "SELECT COUNT(*) FROM information_schema.events WHERE event_schema = 'shop'",
    "SELECT COUNT(*) FROM other.kept",
    "SHOW GRANTS FOR reader@localhost",
  ];
  let seen: readonly string[] = [];
  const { end, at, args } = await bench.restore({}, ({ outputs }) => {
    seen = questions.map((question) => askAt(outputs["DB_HOST"]!, question));
  });
  assert.equal(end, "ok", `${at}: ${JSON.stringify(args)}`);
  assert.deepEqual(seen.slice(0, 4), ["00FF0A27\t值班\t7", "1", "1", "1"]);
  assert.match(seen[4]!, /GRANT USAGE ON .* TO `reader`@`localhost`/);
  const point = await bench.restore({ TO: "2099-01-01T00:00:00Z" });
  assert.equal(`${point.at}: ${point.end}`, "restore-db: failed restore-no-log");
});

test("mariadb-dump: what the user may not see is not silently left out", async (t) => {
  if (!needs(t, ...TOOLS)) return;
  const db = await server();
  db.ask("CREATE USER blind@'%' IDENTIFIED BY 'my-pass word'");
  const { connect, user } = fieldsOf(db);
  for (const databases of [[], ["shop"]]) {
    const given = { connect: { ...connect, user: "blind" }, user, databases };
    const bench = await backupBench(t, {
      parts: [{ id: "db", kind: "mariadb-dump", with: given }],
      secret: secretOf(db),
    });
    const { end, args } = await bench.take();
    assert.equal(end, "failed backup-rights");
    assert.equal(args?.["rights"], "SELECT, SHOW VIEW, TRIGGER, EVENT");
  }
});

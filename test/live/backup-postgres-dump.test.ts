// The backup kind `postgres-dump` against a running cluster.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { until } from "../kit/until.ts";
import { backupSuite } from "../suites/backup.ts";
import { askRestored, cluster, noteSource, shared } from "./cluster.ts";
import { needs } from "./needs.ts";

const server = shared(after, (ending) => cluster(ending));
const has = (t: TestContext): boolean => needs(t, "postgres", "psql");

backupSuite({
  kind: "postgres-dump",
  proves: "[K-060]",
  has,
  source: async () => {
    const found = await server();
    return noteSource(found, { id: "db", kind: "postgres-dump", with: found.with });
  },
});

const SECOND_MS = 1_000;
const takenAt = (into: string, run: string): number =>
  Date.parse(JSON.parse(readFileSync(join(into, "shop", run, "manifest.json"), "utf8")).until);

const bench = async (t: TestContext, more: object) => {
  const found = await server();
  return {
    found,
    b: await backupBench(t, {
      parts: [{ id: "db", kind: "postgres-dump", with: { ...found.with, ...more } }],
      secret: found.secret,
    }),
  };
};

test("postgres-dump: one database with its roles, whatever it is called, and rows are asked of it", async (t) => {
  if (!has(t)) return;
  const name = `it's "odd" = 1`;
  const { b, found } = await bench(t, { database: name });
  found.ask(`CREATE DATABASE "${name.replaceAll('"', '""')}"`);
  found.ask("CREATE ROLE clerk LOGIN PASSWORD 'x'; CREATE ROLE boss");
  found.ask(
    "CREATE TABLE bill (id int); INSERT INTO bill VALUES (1); ALTER TABLE bill OWNER TO clerk; GRANT SELECT ON bill TO boss",
    name,
  );
  const taken = await b.take();
  assert.equal(taken.end, "ok", JSON.stringify(taken.args));
  const copy = join(b.into, "shop", taken.run, "db");
  assert.equal(readdirSync(copy).filter((file) => file.endsWith(".dump")).length, 1);
  const back = await b.restore({}, ({ outputs }) => {
    const ask = askRestored(outputs, "DB", name);
    assert.equal(ask("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'bill'"), "clerk");
    assert.equal(ask("SELECT has_table_privilege('boss', 'bill', 'SELECT')"), "t");
    assert.equal(ask("SELECT id FROM bill"), "1");
  });
  assert.equal(back.end, "ok", JSON.stringify(back.args));
  assert.equal((await b.restore({ TO: "2126-01-01T00:00:00Z" })).end, "failed restore-no-archive");
});

test("postgres-dump: a dump has no moment but its own: of a point that nobody chose a set is drawn", async (t) => {
  if (!has(t)) return;
  const { b } = await bench(t, {});
  const runs = [(await b.take()).run];
  // Sets are dated to the second, and one is whole only when its second is over: of two that are a second apart no time lies
  // between them, and a set would be drawn anyway. With the second after the next there is one.
  const between = takenAt(b.into, runs[0]!) + 2 * SECOND_MS;
  await until(() => Date.now() >= between, "the clock stands");
  runs.push((await b.take()).run);
  const drawn = new Set<string>();
  for (const seed of ["a", "b", "c", "d"]) {
    const back = await b.restore({ TO: `random:${seed}` }, ({ outputs }) => {
      assert.deepEqual([outputs["TO"], outputs["POINT"], outputs["POINT_SEED"]], ["set", "set", seed]);
      drawn.add(outputs["SET_ID"]!);
    });
    assert.equal(back.end, "ok", JSON.stringify(back.args));
  }
  assert.deepEqual(drawn, new Set(runs));
});

test("postgres-dump: a dump that can be taken and not be restored is seen by restoring it", async (t) => {
  if (!has(t)) return;
  const { b, found } = await bench(t, { database: "rules" });
  found.ask("CREATE DATABASE rules");
  // A check that looks into another table by a path that a restore does not have: PostgreSQL takes it, and dumps it.
  found.ask(
    `CREATE TABLE allowed (id int); INSERT INTO allowed VALUES (1);
     CREATE FUNCTION is_allowed(n int) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RETURN EXISTS (SELECT FROM allowed WHERE id = n); END';
     CREATE TABLE used (id int CHECK (is_allowed(id))); INSERT INTO used VALUES (1)`,
    "rules",
  );
  assert.equal((await b.take()).end, "ok");
  const back = await b.restore();
  assert.equal(back.end, "failed restore-errors");
  assert.match(String(back.args?.["detail"]), /allowed/);
});

test("postgres-dump: a dump of a newer server is refused", async (t) => {
  if (!has(t)) return;
  const { b, found } = await bench(t, { database: "postgres" });
  found.ask("SELECT 1");
  const { run } = await b.take();
  const set = join(b.into, "shop", run);
  const facts = join(set, "db", "facts");
  // As a newer server would have left it, with digests that are right.
  const text = readFileSync(facts, "utf8").replace(/^MAJOR .*$/m, "MAJOR 99");
  writeFileSync(facts, text);
  const sha = (what: string) => createHash("sha256").update(what).digest("hex");
  const sums = readFileSync(`${set}/db.sums`, "utf8").replace(/^[0-9a-f]{64}(?= {2}\.\/facts$)/m, sha(text));
  writeFileSync(`${set}/db.sums`, sums);
  const manifest = join(set, "manifest.json");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/(?<="sums": ")[0-9a-f]{64}/, sha(sums)));
  assert.equal((await b.restore({ SET: run })).end, "failed restore-other-version");
});

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { WatchbookError } from "../src/model/error.ts";
import { migrate, versionOf } from "../src/store/migrate.ts";
import { migrations } from "../src/store/migrations/index.ts";
import { openStore } from "../src/store/sqlite.ts";
import type { Change } from "../src/store/store.ts";
import { folder } from "./kit/folder.ts";
import { event } from "./suites/store.ts";

const refused = (code: string, file: string) => (error: unknown) => {
  assert.ok(error instanceof WatchbookError, String(error));
  assert.equal(error.code, code);
  assert.equal(error.args["file"], file);
  return true;
};

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 18);

test("samples lie in one file a day, and old days go as files", async (t) => {
  const data = folder(t);
  const store = await openStore(join(data, "state.db"), { moveAt: 1 });
  for (const day of [0, 1, 2])
    await store.commit([
      { kind: "sample.add", samples: [{ check: "cpu", target: "local", at: START + day * DAY, value: day }] },
    ]);
  await store.value("settled");
  const days = () => readdirSync(join(data, "samples")).filter((name) => name.endsWith(".db"));
  assert.deepEqual(days(), ["2026-11-18.db", "2026-11-19.db", "2026-11-20.db"]);
  await store.commit([{ kind: "sample.drop", before: START + DAY + 1 }]);
  await store.value("settled");
  assert.deepEqual(days(), ["2026-11-19.db", "2026-11-20.db"]);
  await store[Symbol.asyncDispose]();
  assert.deepEqual(readdirSync(join(data, "samples")).sort(), ["2026-11-19.db", "2026-11-20.db"]);
  assert.deepEqual(readdirSync(data).sort(), ["samples", "state.db"]);
});

test("a sample that a crash left in both files counts once", async (t) => {
  const data = folder(t);
  const file = join(data, "state.db");
  const first = await openStore(file);
  await first.commit([{ kind: "sample.add", samples: [{ check: "cpu", target: "local", at: START, value: 1 }] }]);
  await first[Symbol.asyncDispose]();
  const db = new DatabaseSync(file);
  db.exec(`INSERT INTO sample (seq, probe, target, at, value) VALUES (1, 'cpu', 'local', ${START}, 1)`);
  db.close();
  await using second = await openStore(file, { moveAt: 1 });
  const read = () => second.samples({ check: "cpu", target: "local", since: 0 });
  assert.equal((await read()).length, 1);
  await second.commit([event("moves the rest")]);
  assert.equal((await read()).length, 1);
});

test("a newer schema than ours is refused and not touched", async (t) => {
  const file = join(folder(t), "state.db");
  const store = await openStore(file);
  await store[Symbol.asyncDispose]();
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  db.close();
  const before = readFileSync(file);
  for (const here of [false, true]) {
    await assert.rejects(openStore(file, { here }), refused("STORE-NEWER", file));
    assert.deepEqual(readFileSync(file), before);
  }
});

test("migrations run forward once, and a step with another content is refused", (t) => {
  const file = join(folder(t), "state.db");
  const db = new DatabaseSync(file);
  t.after(() => db.close());
  migrate(db, file, 1);
  assert.equal(versionOf(db), migrations.length);
  const next = [...migrations, "CREATE TABLE more (x INTEGER) STRICT; INSERT INTO more VALUES (7)"];
  migrate(db, file, 2, next);
  migrate(db, file, 3, next);
  assert.equal(db.prepare("SELECT count(*) AS n FROM more").get()?.["n"], 1);
  const changed = [...migrations, "CREATE TABLE another (x INTEGER) STRICT"];
  assert.throws(() => migrate(db, file, 4, changed), refused("STORE-FOREIGN", file));
});

test("a migration that fails leaves the version before it", (t) => {
  const file = join(folder(t), "state.db");
  const db = new DatabaseSync(file);
  t.after(() => db.close());
  migrate(db, file, 1);
  assert.throws(() =>
    migrate(db, file, 2, [...migrations, "CREATE TABLE half (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)"]),
  );
  assert.equal(versionOf(db), migrations.length);
  assert.equal(db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'").get()?.["n"], 0);
});

test("a damaged file is refused by name, whatever the damage", async (t) => {
  const data = folder(t);
  const file = join(data, "state.db");
  const store = await openStore(file);
  await store.commit(Array.from({ length: 200 }, (_, n) => event(`subject ${n} ${"x".repeat(200)}`)));
  await store[Symbol.asyncDispose]();
  const sound = readFileSync(file);
  const damage: readonly [string, (bytes: Buffer) => Buffer][] = [
    ["not a database", () => Buffer.from("this is a text file, not a database\n".repeat(300))],
    [
      "its middle overwritten",
      (bytes) => Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(16_384, 0xff), bytes.subarray(24_576)]),
    ],
    ["its end cut off", (bytes) => bytes.subarray(0, bytes.length - 10_000)],
  ];
  for (const [what, harm] of damage) {
    writeFileSync(file, harm(sound));
    for (const here of [false, true])
      await assert.rejects(openStore(file, { here }), refused("STORE-CORRUPT", file), what);
  }
  writeFileSync(file, sound);
  await using again = await openStore(file);
  assert.equal((await again.events({ after: 0 })).length, 200);
});

test("a damaged day of samples is refused by its own name; the rest of the store works", async (t) => {
  const data = folder(t);
  const file = join(data, "state.db");
  await (async () => {
    await using store = await openStore(file);
    await store.commit([
      { kind: "sample.add", samples: [{ check: "cpu", target: "local", at: START, value: 1 }] },
      event("kept"),
    ]);
  })();
  const day = join(data, "samples", "2026-11-18.db");
  writeFileSync(day, "not a database, but long enough to be looked at");
  await using store = await openStore(file);
  await assert.rejects(store.samples({ check: "cpu", target: "local", since: 0 }), refused("STORE-CORRUPT", day));
  assert.deepEqual(await store.samples({ check: "cpu", target: "local", since: START + DAY }), []);
  await store.commit([event("next")]);
  assert.equal((await store.events({ after: 0 })).length, 2);
});

test("the data directory and the file belong to their owner alone; a file in the way is said", async (t) => {
  const root = folder(t);
  const file = join(root, "data", "state.db");
  await (await openStore(file))[Symbol.asyncDispose]();
  assert.equal(statSync(join(root, "data")).mode & 0o777, 0o700);
  writeFileSync(join(root, "plain"), "");
  const wrong = join(root, "plain", "state.db");
  await assert.rejects(openStore(wrong), refused("STORE-CANNOT-OPEN", wrong));
  assert.ok(!existsSync(join(root, "samples")));
});

test("a lock of another program is waited for, then said", async (t) => {
  const file = join(folder(t), "state.db");
  await using store = await openStore(file);
  const other = new DatabaseSync(file);
  t.after(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  await assert.rejects(store.commit([event("waits")]), refused("STORE-BUSY", file));
  other.exec("ROLLBACK");
  await store.commit([event("goes")]);
  assert.deepEqual(
    (await store.events({ after: 0 })).map(({ subject }) => subject),
    ["goes"],
  );
});

test("a damaged day neither stops commits nor keeps other days' samples from their files", async (t) => {
  const data = folder(t);
  const file = join(data, "state.db");
  const add = (at: number): Change => ({
    kind: "sample.add",
    samples: [{ check: "cpu", target: "local", at, value: 1 }],
  });
  await (async () => {
    await using store = await openStore(file, { moveAt: 1 });
    await store.commit([add(START)]);
  })();
  writeFileSync(join(data, "samples", "2026-11-18.db"), "not a database, but long enough to be looked at");
  await using store = await openStore(file, { moveAt: 1 });
  await store.commit([{ kind: "sample.drop", before: START + 1 }]);
  await store.commit([add(START + DAY), event("goes on")]);
  await store.value("settled");
  assert.ok(readdirSync(join(data, "samples")).includes("2026-11-19.db"));
  assert.equal((await store.samples({ check: "cpu", target: "local", since: START + DAY })).length, 1);
});

import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import type { Sample } from "../src/model/check.ts";
import { OUTCOMES } from "../src/model/states.ts";
import { openStore } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { folder } from "./kit/folder.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const START = Date.UTC(2026, 10, 17);
const NOW = START + 3 * DAY + 12 * 60 * MINUTE;
const PLENTY = 2 ** 40;

/** A value every two minutes until now, with facts and all outcomes. */
const samples = (check: string): readonly Sample[] =>
  Array.from({ length: (NOW - START) / (2 * MINUTE) }, (_, n) => ({
    ...{ check, target: "local", at: START + n * 2 * MINUTE, value: (n * 37) % 101, facts: { n } },
    outcome: OUTCOMES[Math.floor(n / 100) % 4]!,
  }));

async function filled(t: TestContext, moveAt = 1_000): Promise<{ readonly store: Store; readonly data: string }> {
  const data = folder(t);
  const store = await openStore(join(data, "state.db"), { moveAt });
  for (const check of ["cpu", "disk"]) await store.commit([{ kind: "sample.add", samples: samples(check) }]);
  await store.value("settled");
  return { store, data };
}

const files = (data: string): readonly string[] =>
  readdirSync(join(data, "samples"))
    .filter((name) => name.endsWith(".db"))
    .sort();

const bytesOf = (data: string): number =>
  readdirSync(join(data, "samples")).reduce((sum, name) => sum + statSync(join(data, "samples", name)).size, 0);

/** Asks until the store has rolled what it was asked to. */
async function rolled(store: Store, data: string, wanted: readonly string[]): Promise<void> {
  for (let n = 0; n < 1_000 && files(data).join() !== wanted.join(); n++) await store.value("again");
  assert.deepEqual(files(data), wanted);
}

const ALL = { check: "cpu", target: "local", from: START, to: NOW, points: 84 } as const;

test("what is older than two days stays as five minutes each, and reads the same in every longer stretch", async (t) => {
  const { store, data } = await filled(t);
  const before = await store.series(ALL);
  assert.equal(before.length, 84);
  const hour = samples("cpu").slice(0, 30);
  const values = hour.map(({ value }) => value);
  const sum = values.reduce((all, one) => all + one, 0);
  assert.deepEqual(before[0], {
    ...{
      at: START,
      min: Math.min(...values),
      mean: sum / 30,
      max: Math.max(...values),
      last: values.at(-1),
      count: 30,
    },
    worst: "pass",
  });
  // Unknown is worse than a warning, and a failure worse than both.
  assert.deepEqual(new Set(before.map(({ worst }) => worst)), new Set(["pass", "warn", "unknown", "fail"]));
  await store.commit([{ kind: "sample.roll", before: NOW - 2 * DAY, bytes: PLENTY, at: NOW }]);
  await rolled(store, data, ["2026-11-17.5m.db", "2026-11-18.db", "2026-11-19.db", "2026-11-20.db"]);
  assert.deepEqual(await store.series(ALL), before);
  const old = await store.samples({ check: "cpu", target: "local", since: START, limit: 5_000 });
  // Five minutes hold two or three of them, the last one stands for them; single ones after that day.
  assert.deepEqual(old[0]!.facts, { n: 2 });
  assert.equal(old.length, 288 + samples("cpu").length - 720);
  assert.deepEqual(old.at(-1), samples("cpu").at(-1));
  assert.equal((await store.events({ after: 0, kind: "samples.dropped" })).length, 0);
  await store[Symbol.asyncDispose]();
});

test("a roll that was broken off is done again, and nothing counts twice", async (t) => {
  const { store } = await filled(t);
  const before = await store.series(ALL);
  await store[Symbol.asyncDispose]();
  // As if it had ended in the middle: one series is there, half of it, and the day's own file too.
  const second = await filled(t);
  await second.store[Symbol.asyncDispose]();
  const half = join(second.data, "samples", "2026-11-17.5m.db");
  const db = new DatabaseSync(half);
  db.exec(`CREATE TABLE series (id INTEGER PRIMARY KEY, probe TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (probe, target)) STRICT;
    CREATE TABLE rolled (series INTEGER NOT NULL, at INTEGER NOT NULL, min REAL NOT NULL, sum REAL NOT NULL, max REAL NOT NULL,
      last REAL NOT NULL, count INTEGER NOT NULL, worst INTEGER, facts TEXT, PRIMARY KEY (series, at)) STRICT, WITHOUT ROWID;
    INSERT INTO series VALUES (7, 'cpu', 'local'); INSERT INTO rolled VALUES (7, ${START}, 1, 1, 1, 1, 1, 0, NULL);`);
  db.close();
  await using again = await openStore(join(second.data, "state.db"));
  assert.deepEqual(await again.series(ALL), before);
  await again.commit([{ kind: "sample.roll", before: NOW - 2 * DAY, bytes: PLENTY, at: NOW }]);
  await rolled(again, second.data, ["2026-11-17.5m.db", "2026-11-18.db", "2026-11-19.db", "2026-11-20.db"]);
  assert.deepEqual(await again.series(ALL), before);
});

test("a disk that is too small loses the oldest single samples first, today's never, and it is said", async (t) => {
  const { store, data } = await filled(t);
  await store.commit([{ kind: "sample.roll", before: NOW - 2 * DAY, bytes: Math.floor(bytesOf(data) * 0.7), at: NOW }]);
  for (let n = 0; n < 300; n++) await store.value("again");
  const said = await store.events({ after: 0, kind: "samples.dropped" });
  assert.ok(said.length > 0 && said.length < 3 && !files(data).includes("2026-11-17.db"), JSON.stringify(said));
  assert.deepEqual([said[0]!.subject, said[0]!.data["what"]], ["2026-11-18", "raw"]);
  assert.ok(files(data).includes("2026-11-18.5m.db") && !files(data).includes("2026-11-18.db"));
  await store.commit([{ kind: "sample.roll", before: NOW - 2 * DAY, bytes: 1, at: NOW }]);
  await rolled(store, data, ["2026-11-20.db"]);
  const last = (await store.events({ after: 0, kind: "samples.dropped" })).at(-1);
  assert.deepEqual([last!.subject, last!.data["what"]], ["2026-11-19", "rolled"]);
  assert.equal((await store.samples({ check: "cpu", target: "local", since: START })).length, 360);
  await store[Symbol.asyncDispose]();
});

test("looking back over more than is read at once gives the last of every stretch, not the newest alone", async (t) => {
  const { store } = await filled(t);
  const look = { check: "cpu", target: "local", since: START, limit: 100 } as const;
  const newest = await store.samples(look);
  assert.equal(newest[0]!.at, samples("cpu").at(-100)!.at);
  await store[Symbol.asyncDispose]();
  const clock = { wall: () => NOW } as never;
  const data = folder(t);
  await using here = await openStore(join(data, "state.db"), { clock });
  await here.commit([{ kind: "sample.add", samples: samples("cpu") }]);
  const thin = await here.samples({ ...look, thin: true });
  assert.ok(
    thin.length > 80 && thin.length <= 100 && thin[0]!.at < START + DAY / 4,
    `${thin.length} from ${thin[0]!.at}`,
  );
  assert.equal(thin.at(-1)!.value, samples("cpu").at(-1)!.value);
});

test("a file of before there were outcomes is read and written on", async (t) => {
  const data = folder(t);
  const store = await openStore(join(data, "state.db"), { moveAt: 1 });
  await store.commit([{ kind: "sample.add", samples: samples("cpu").slice(0, 3) }]);
  await store[Symbol.asyncDispose]();
  const db = new DatabaseSync(join(data, "samples", "2026-11-17.db"));
  db.exec("ALTER TABLE sample DROP COLUMN outcome");
  db.close();
  await using again = await openStore(join(data, "state.db"), { moveAt: 1 });
  await again.commit([{ kind: "sample.add", samples: samples("cpu").slice(3, 5) }]);
  const found = await again.samples({ check: "cpu", target: "local", since: START });
  assert.deepEqual(
    found.map(({ outcome }) => outcome),
    [undefined, undefined, undefined, "pass", "pass"],
  );
});

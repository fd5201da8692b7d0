import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { WatchbookError } from "../src/model/error.ts";
import { openStore } from "../src/store/sqlite.ts";
import { Conflict } from "../src/store/store.ts";
import { folder } from "./kit/folder.ts";
import { append, begin } from "./suites/runs.ts";

/** A file with run r-1 of six entries, then harmed by some SQL. */
async function harmed(file: string, sql: string): Promise<void> {
  await (async () => {
    await using store = await openStore(file);
    await store.commit([begin("r-1"), ...[1, 2, 3, 4, 5, 6].map((seq) => append("r-1", seq))]);
  })();
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

test("a journal that was cut, has a hole, or holds what is not ours is refused and stays as it is", async (t) => {
  const root = folder(t);
  const harm: readonly [what: string, sql: string, seq: number][] = [
    ["its end is cut off", "DELETE FROM journal WHERE seq > 4", 5],
    ["all of it is gone", "DELETE FROM journal", 1],
    ["an entry in the middle is missing", "DELETE FROM journal WHERE seq = 3", 3],
    ["somebody wrote on", "INSERT INTO journal VALUES (1, 7, 0, 1, '{}')", 7],
    ["an entry is not JSON", "UPDATE journal SET entry = 'rm -rf' WHERE seq = 2", 2],
  ];
  for (const [number, [what, sql, seq]] of harm.entries()) {
    const file = join(root, String(number), "state.db");
    await harmed(file, sql);
    await using store = await openStore(file);
    const refused = (error: unknown) => {
      assert.ok(error instanceof WatchbookError, `${what}: ${String(error)}`);
      assert.deepEqual([error.code, error.args["run"], error.args["seq"]], ["STORE-JOURNAL", "r-1", seq], what);
      return true;
    };
    await assert.rejects(store.journal({ run: "r-1" }), refused);
    await assert.rejects(store.journal({ run: "r-1" }), refused, what);
  }
});

test("two processes on one file are held against each other: one fence, one next number", async (t) => {
  const file = join(folder(t), "state.db");
  await using one = await openStore(file);
  await using two = await openStore(file);
  await one.commit([begin("r-1")]);
  const append1 = () => [one, two].map((store) => store.commit([append("r-1", 1)]));
  const both = await Promise.allSettled(append1());
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  await two.commit([{ kind: "run.claim", run: "r-1", epoch: 1 }]);
  await assert.rejects(one.commit([append("r-1", 2, 0)]), Conflict);
  await two.commit([append("r-1", 2, 1)]);
  assert.equal((await one.journal({ run: "r-1" })).length, 2);
});

test("commits of one transaction are told in their order; closing or a question right behind them loses none of the answers", async (t) => {
  const store = await openStore(join(folder(t), "state.db"));
  const ids = Array.from({ length: 11 }, (_, at) => `r-${at}`);
  const told: string[] = [];
  const begun = ids.map((id) => store.commit([begin(id)]).then(() => told.push(id)));
  const seen = store.runs({});
  assert.equal((await seen).length, ids.length);
  await Promise.all(begun);
  assert.deepEqual(told, ids);
  const ended = ids.map((id) => store.commit([append(id, 1)]));
  await store[Symbol.asyncDispose]();
  const answers = await Promise.allSettled(ended);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set(["fulfilled"]));
  await assert.rejects(store.commit([begin("r-late")]), /closed/);
});

// Two operators at once, and a state directory that somebody cut, at the level of the real program.
import assert from "node:assert/strict";
import { readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { ask } from "../kit/daemon.ts";
import { lamps } from "../kit/lamp.ts";

test("two operators start the same SOP on one target at the same moment: one runs, the other is told who and why", async (t) => {
  const { serve, wb, json, log } = lamps(t);
  await serve();
  const begin = (by: string, reason: string) =>
    wb("run", "SOP-03", "--env", "test", "--execute", "--by", by, "--reason", reason);
  const both = await Promise.all([begin("ana", "the bulb is dark"), begin("ben", "it flickers")]);
  assert.deepEqual(new Set(both.map(({ code }) => code)), new Set([2, 5]), both.map(({ err }) => err).join("\n"));
  const [first, second] = both[0].code === 5 ? both : both.toReversed();
  const [by, reason] = first === both[0] ? ["ana", "the bulb is dark"] : ["ben", "it flickers"];
  assert.match(second!.err, new RegExp(`lamp-1/lamps is locked by ${by} with run r\\S+ since .*: ${reason}`));
  assert.deepEqual(log(), ["off"], "its first step was done once");
  const { json: runs } = await json("runs", "list");
  assert.equal(runs.runs.length, 1, "of the refused one nothing is kept");
});

test("a daemon that finds a journal whose end was cut says so, leaves it as it is, and begins nothing of it", async (t) => {
  const { serve, wb, json, log, data } = lamps(t);
  assert.equal((await wb("run", "SOP-03", "--env", "test", "--execute")).code, 5);
  const { json: shown } = await json("runs", "show", "last");
  const file = join(data, "state.db");
  const rows = (): readonly unknown[] => {
    using db = new DatabaseSync(file);
    return db.prepare("SELECT * FROM journal ORDER BY run, seq").all();
  };
  {
    using db = new DatabaseSync(file);
    db.exec("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)");
  }
  const before = rows();
  const { url } = await serve();
  const health = await ask(url, "/health?lang=en");
  assert.equal(health.status, 503);
  assert.match(health.json.daemon.ill.say, new RegExp(shown.run));
  for (const verb of ["resume", "cancel"]) {
    const refused = await wb("runs", verb, shown.run, ...(verb === "cancel" ? ["--reason", "cut"] : []));
    assert.equal(refused.code, 2, refused.err);
    assert.match(refused.err, /journal/);
  }
  assert.deepEqual(rows(), before);
  assert.deepEqual(log(), ["off"]);
});

test("a daemon does not start on a state file that was cut, names it, and leaves it as it is", async (t) => {
  const { wb, log, data } = lamps(t);
  assert.equal((await wb("run", "SOP-03", "--env", "test", "--execute")).code, 5);
  const file = join(data, "state.db");
  truncateSync(file, 5_000);
  const before = readFileSync(file);
  for (const verb of [
    ["serve", "--listen", "127.0.0.1:0"],
    ["runs", "list"],
  ]) {
    const { code, err } = await wb(...verb);
    assert.equal(code, 2, err);
    assert.match(err, /state\.db/);
    assert.doesNotMatch(err, /at .*\.ts:\d+/, "a sentence, no stack");
  }
  assert.deepEqual(readFileSync(file), before);
  assert.deepEqual(log(), ["off"]);
});

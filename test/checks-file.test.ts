import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { clockAt, contextOf, folder, here, measure, said } from "./suites/check-context.ts";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 20, 12);

function put(path: string, content: string, at = NOON): void {
  writeFileSync(path, content);
  utimesSync(path, at / 1_000, at / 1_000);
}

test("file: existence, age, size, kind, mode and owner, each with its own words [M-051]", async (t) => {
  const directory = folder(t);
  const path = join(directory, "key");
  put(path, "12345", NOON - 2 * DAY);
  chmodSync(path, 0o640);
  symlinkSync("nowhere", join(directory, "dangling"));
  put(join(directory, "ahead"), "x", NOON + DAY);
  const context = contextOf(await here(t), { clock: clockAt(NOON) });
  const cases: readonly (readonly [object, string])[] = [
    [{}, "pass file-right"],
    [{ path: join(directory, "none") }, "fail file-absent"],
    [{ path: join(directory, "dangling") }, "fail file-dangling"],
    [{ path: [path, join(directory, "none")] }, "fail file-absent"],
    [{ exists: false }, "fail file-present"],
    [{ path: join(directory, "none"), exists: false }, "pass file-not-there"],
    [{ kind: "directory" }, "fail file-kind"],
    [{ path: directory, kind: "directory" }, "pass file-right"],
    [{ maxAge: "1d" }, "fail file-old"],
    [{ maxAge: "3d" }, "pass file-right"],
    [{ path: join(directory, "ahead"), maxAge: "1d" }, "fail file-future"],
    [{ path: join(directory, "ahead"), measure: "age" }, "fail file-future"],
    [{ minSize: 6 }, "fail file-small"],
    [{ minSize: 5, maxSize: 5 }, "pass file-right"],
    [{ maxSize: 4 }, "fail file-large"],
    [{ mode: "0640" }, "pass file-right"],
    [{ mode: "0600" }, "fail file-mode"],
    [{ maxMode: "0660" }, "pass file-right"],
    [{ maxMode: "0600" }, "fail file-mode"],
    [{ owner: userInfo().username }, "pass file-right"],
    [{ owner: userInfo().uid }, "pass file-right"],
    [{ owner: 12_345 }, "fail file-owner"],
    [{ owner: "no-such-user-here" }, "unknown absent"],
    [{ group: 12_345 }, "fail file-group"],
  ];
  for (const [params, wanted] of cases)
    assert.equal(said(await measure("file", { path, ...params }, context)), wanted, JSON.stringify(params));
});

test("file: age and size can be judged by the manual's limits", async (t) => {
  const path = join(folder(t), "a");
  put(path, "12345", NOON - 2 * DAY);
  const context = contextOf(await here(t), { clock: clockAt(NOON) });
  const age = await measure("file", { path, measure: "age" }, context);
  assert.deepEqual([age.kind === "value" && age.value, age.kind === "value" && age.unit], [172_800, "seconds"]);
  const bytes = await measure("file", { path, measure: "size" }, context);
  assert.deepEqual([bytes.kind === "value" && bytes.value, bytes.kind === "value" && bytes.unit], [5, "bytes"]);
});

test("file: what may not be looked at is unknown", async (t) => {
  const reach = await here(t);
  // Root may look everywhere: then there is nothing to refuse.
  if (process.getuid?.() === 0) {
    assert.equal(said(await measure("file", { path: "/root" }, contextOf(reach))), "pass file-right");
    return;
  }
  const closed = join(folder(t), "closed");
  mkdirSync(closed);
  chmodSync(closed, 0o000);
  try {
    assert.equal(said(await measure("file", { path: join(closed, "x") }, contextOf(reach))), "unknown no-permission");
  } finally {
    chmodSync(closed, 0o700);
  }
});

/** A backup of one day: a directory with one file in it. */
function backup(directory: string, name: string, at: number, content = "data"): void {
  mkdirSync(join(directory, name));
  if (content !== "") put(join(directory, name, "dump.sql"), content, at);
  utimesSync(join(directory, name), at / 1_000, at / 1_000);
}

test("newest: today's directory passes; removed or empty, it fails and names the last good date [M-031]", async (t) => {
  const directory = folder(t);
  const context = contextOf(await here(t), { clock: clockAt(NOON) });
  const params = { directory, zone: "UTC" };
  const run = () => measure("newest", params, context);
  assert.equal(said(await run()), "fail newest-none");
  backup(directory, "20261118", NOON - 2 * DAY);
  backup(directory, "20261120", NOON - 3_600_000);
  const fresh = await run();
  assert.equal(said(fresh), "pass newest-fresh");
  assert.deepEqual([fresh.facts?.["newest"], fresh.facts?.["age"], fresh.facts?.["entries"]], ["20261120", 3_600, 2]);
  rmSync(join(directory, "20261120"), { recursive: true });
  const gone = await run();
  assert.equal(said(gone), "fail newest-old");
  assert.equal(gone.kind === "state" && gone.args?.["newest"], "20261118");
  backup(directory, "20261120", NOON, "");
  assert.equal(said(await run()), "fail newest-empty");
});

test("newest: the date in a name is not moved by touching or copying", async (t) => {
  const directory = folder(t);
  const context = contextOf(await here(t), { clock: clockAt(NOON) });
  const run = async (more: object = {}) => measure("newest", { directory, zone: "UTC", ...more }, context);
  put(join(directory, "db-2026-11-15.tar.gz"), "old", NOON);
  put(join(directory, "backup.log"), "log", NOON);
  put(join(directory, "db-2026-11-20.tar.gz.part"), "unfinished", NOON);
  put(join(directory, ".db-2026-11-20"), "hidden", NOON);
  const old = await run();
  assert.equal(said(old), "fail newest-old");
  assert.equal(old.kind === "state" && old.args?.["age"], "4.5 d");
  put(join(directory, "db-20261120-0230.tar.gz"), "new", NOON - 30 * DAY);
  const fresh = await run();
  assert.deepEqual([said(fresh), fresh.facts?.["age"]], ["pass newest-fresh", 34_200]);
  assert.equal(said(await run({ minSize: "1 MB" })), "fail newest-empty");
  assert.equal(said(await run({ minCount: 3 })), "fail newest-few");
  assert.equal(said(await run({ pattern: "^db-2026-11-" })), "fail newest-old");
  put(join(directory, "db-20261231.tar.gz"), "future", NOON);
  assert.equal(said(await run()), "fail newest-future");
});

test("newest: a date is a day of the manual's zone", async (t) => {
  const directory = folder(t);
  // 19:00 UTC on the 19th is 03:00 on the 20th in Shanghai.
  backup(directory, "20261120", Date.UTC(2026, 10, 19, 19));
  const context = contextOf(await here(t), { clock: clockAt(Date.UTC(2026, 10, 19, 20)) });
  const there = await measure("newest", { directory, zone: "Asia/Shanghai" }, context);
  assert.deepEqual([said(there), there.facts?.["age"]], ["pass newest-fresh", 3_600]);
});

test("newest: without dates the last change decides", async (t) => {
  const directory = folder(t);
  const context = contextOf(await here(t), { clock: clockAt(NOON) });
  put(join(directory, "a.dump"), "1", NOON - 3 * DAY);
  put(join(directory, "b.dump"), "22", NOON - 600_000);
  const got = await measure("newest", { directory }, context);
  assert.deepEqual([said(got), got.facts?.["newest"], got.facts?.["size"]], ["pass newest-fresh", "b.dump", 2]);
  assert.equal(said(await measure("newest", { directory: join(directory, "none") }, context)), "unknown absent");
});

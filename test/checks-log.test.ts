import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Measured, Sample } from "../src/model/check.ts";
import { clockAt, contextOf, folder, here, measure, said, sampleOf } from "./suites/check-context.ts";

const START = Date.UTC(2026, 10, 20, 8);
const MINUTE = 60_000;
const iso = (at: number) => new Date(at).toISOString();
const error = (at: number, text = "peer lost") => `${iso(at)} ERROR ${text}\n`;
const info = (at: number) => `${iso(at)} INFO all is well\n`;
const fact = (measured: Measured, name: string) => measured.facts?.[name];

/** A log that is checked again and again: each run continues where the last one ended. */
async function watched(
  t: TestContext,
  params: object = {},
): Promise<{ path: string; directory: string; run(at: number): Promise<Measured> }> {
  const directory = folder(t);
  const path = join(directory, "node.log");
  const reach = await here(t);
  const history: Sample[] = [];
  writeFileSync(path, "");
  return {
    path,
    directory,
    run: async (at) => {
      const got = await measure(
        "log-errors",
        { files: path, ...params },
        contextOf(reach, { clock: clockAt(at), history: [...history] }),
      );
      history.push(sampleOf(got, at));
      return got;
    },
  };
}

test("log: the first run keeps its baseline, a burst is a spike, the same lines over a day are not [M-030]", async (t) => {
  const log = await watched(t);
  appendFileSync(log.path, info(START) + error(START));
  const first = await log.run(START + MINUTE);
  assert.equal(said(first), "unknown no-baseline");
  assert.equal(fact(first, "lines"), 1);

  const day = 1_440 * MINUTE;
  for (let at = 0; at < 200; at += 1) appendFileSync(log.path, error(START + (at * day) / 200) + info(START));
  const spread = await log.run(START + day);
  assert.deepEqual([said(spread), fact(spread, "lines")], ["pass log-usual", 200]);

  for (let at = 0; at < 200; at += 1) appendFileSync(log.path, error(START + day + at * 1_000, `burst ${at}`));
  const burst = await log.run(START + day + 10 * MINUTE);
  assert.deepEqual([said(burst), fact(burst, "lines"), fact(burst, "perMinute")], ["fail log-spike", 200, 20]);
  assert.match(String(fact(burst, "first")), /ERROR burst 0$/);
  assert.ok(Number(fact(burst, "usual")) < 2 && Number(fact(burst, "limit")) < 20);

  const soon = await log.run(START + day + 30 * MINUTE);
  assert.deepEqual([said(soon), fact(soon, "lines")], ["fail log-spike-held", 0]);
  const quiet = await log.run(START + 2 * day);
  assert.deepEqual([said(quiet), fact(quiet, "lines")], ["pass log-usual", 0]);
});

test("log: lines since the last run are counted once, as grep counts them [S-004 S-041]", async (t) => {
  const log = await watched(t, { contains: "ERROR" });
  await log.run(START);
  const text = `${error(START)}${info(START)}ERROR ERROR twice\nxERRORx\nError no\n中文 ERROR 行\n`;
  appendFileSync(log.path, text + "ERROR but the line is not whole yet");
  const got = await log.run(START + MINUTE);
  const grep = Number(execFileSync("grep", ["-c", "ERROR"], { input: text }).toString());
  assert.deepEqual([fact(got, "lines"), grep], [4, 4]);
  appendFileSync(log.path, " - now it is\n");
  assert.equal(fact(await log.run(START + 2 * MINUTE), "lines"), 1);
  assert.equal(fact(await log.run(START + 3 * MINUTE), "lines"), 0);
});

test("log: small and capital letters can be the same, lines can be left out [S-085]", async (t) => {
  const text = "an error\nWARNing\nError: known noise\nfine\n";
  for (const [params, wanted] of [
    [{ contains: ["error", "warn"], ignoreCase: true }, 3],
    [{ regex: "error|warn", ignoreCase: true }, 3],
    [{ regex: "error" }, 1],
    [{ contains: ["error", "warn"], ignoreCase: true, excludes: "known noise" }, 2],
  ] as const) {
    const log = await watched(t, params);
    await log.run(START);
    appendFileSync(log.path, text);
    assert.equal(fact(await log.run(START + MINUTE), "lines"), wanted, JSON.stringify(params));
  }
});

test("log: without words of the book, levels of the usual formats count", async (t) => {
  const log = await watched(t);
  await log.run(START);
  const errors = [
    "2026/11/20 08:33:00 [error] 12#12: *1 connect() failed",
    "2026-11-20 08:33:00 FATAL out of memory",
    '{"level":50,"time":1795161180123,"msg":"x"}',
    '{"level":"error","ts":1795161180.12}',
    "Nov 20 08:33:00 host app[1]: CRITICAL",
  ];
  const fine = ["2026/11/20 08:33:00 [notice] 1#1: start", '{"level":30,"msg":"error is a word"}', "0 errors found"];
  appendFileSync(log.path, `${[...errors, ...fine].join("\n")}\n`);
  const got = await log.run(START + 60 * MINUTE);
  assert.equal(fact(got, "lines"), errors.length);
});

test("log: rotated by renaming, copied and cut, packed: nothing is lost or counted twice", async (t) => {
  const log = await watched(t);
  const write = (count: number, text: string) => appendFileSync(log.path, error(START, text).repeat(count));
  const lines = async (at: number) => {
    const got = await log.run(START + at * MINUTE);
    return [fact(got, "lines"), fact(got, "lost") ?? ""];
  };
  write(3, "before the first run");
  await lines(0);
  write(2, "at the end of the old file");
  renameSync(log.path, `${log.path}.1`);
  write(1, "new file");
  assert.deepEqual(await lines(1), [3, ""]);

  write(4, "before it is copied");
  copyFileSync(log.path, `${log.path}.2`);
  truncateSync(log.path);
  write(1, "after the cut");
  assert.deepEqual(await lines(2), [5, ""]);

  write(6, "before it is packed");
  writeFileSync(`${log.path}-20261120.gz`, gzipSync(readFileSync(log.path)));
  writeFileSync(`${log.path}.new`, error(START, "after"));
  renameSync(`${log.path}.new`, log.path);
  assert.deepEqual(await lines(3), [7, ""]);

  write(2, "gone");
  writeFileSync(`${log.path}.new`, error(START, "another beginning"));
  renameSync(`${log.path}.new`, log.path);
  assert.deepEqual(await lines(4), [1, log.path]);
});

test("log: rotated twice between two runs", async (t) => {
  const log = await watched(t);
  appendFileSync(log.path, error(START, "one"));
  await log.run(START);
  appendFileSync(log.path, error(START, "two"));
  renameSync(log.path, `${log.path}.2`);
  writeFileSync(`${log.path}.1`, error(START, "three").repeat(5));
  writeFileSync(log.path, error(START, "four"));
  assert.equal(fact(await log.run(START + MINUTE), "lines"), 7);
});

test("log: what was packed as zst is followed; what is packed as xz makes one run unknown, never green", async (t) => {
  const log = await watched(t);
  const at = Date.now() - 10 * MINUTE;
  const next = (text: string) => {
    writeFileSync(`${log.path}.new`, error(START, text));
    renameSync(`${log.path}.new`, log.path);
  };
  appendFileSync(log.path, error(START, "one"));
  await log.run(at);
  appendFileSync(log.path, error(START, "two").repeat(2));
  writeFileSync(`${log.path}.1.zst`, zstdCompressSync(readFileSync(log.path)));
  next("after");
  const followed = await log.run(at + MINUTE);
  assert.deepEqual([said(followed), fact(followed, "lines")], ["pass log-usual", 3]);

  renameSync(log.path, `${log.path}.2.xz`);
  next("fresh");
  const sealed = await log.run(at + 2 * MINUTE);
  assert.deepEqual([said(sealed), fact(sealed, "lines")], ["unknown packed", 1]);
  appendFileSync(log.path, error(START, "later"));
  utimesSync(`${log.path}.2.xz`, at / 1000, at / 1000);
  assert.equal(said(await log.run(at + 3 * MINUTE)), "pass log-usual", "the next run goes on from there");

  const named = await measure("log-errors", { files: `${log.path}.2.xz` }, contextOf(await here(t)));
  assert.equal(said(named), "unknown packed");
});

test("log: an xz file older than the last run has nothing new, and a broken packed file is unknown", async (t) => {
  const log = await watched(t);
  const at = Date.now() - 10 * MINUTE;
  writeFileSync(`${log.path}.3.xz`, "old");
  utimesSync(`${log.path}.3.xz`, at / 1000 - 60, at / 1000 - 60);
  appendFileSync(log.path, error(START, "one"));
  await log.run(at);
  renameSync(log.path, `${log.path}.1`);
  writeFileSync(log.path, error(START, "two"));
  assert.equal(said(await log.run(at + MINUTE)), "pass log-usual");
  writeFileSync(`${log.path}.2.zst`, "no zstd at all");
  renameSync(log.path, `${log.path}.0`);
  renameSync(`${log.path}.0`, `${log.path}.9.zst`);
  writeFileSync(log.path, error(START, "three"));
  assert.equal(said(await log.run(at + 2 * MINUTE)), "unknown packed");
  appendFileSync(log.path, error(START, "four"));
  assert.equal(said(await log.run(at + 3 * MINUTE)), "pass log-usual");
});

test("log: several files and globs; new files are read from their beginning", async (t) => {
  const directory = folder(t);
  const reach = await here(t);
  writeFileSync(join(directory, "a.log"), error(START));
  writeFileSync(join(directory, "b.txt"), error(START));
  const params = { files: [join(directory, "*.log"), join(directory, "b.txt")] };
  const first = await measure("log-errors", params, contextOf(reach, { clock: clockAt(START) }));
  assert.deepEqual([fact(first, "lines"), fact(first, "files")], [2, 2]);
  appendFileSync(join(directory, "a.log"), error(START));
  writeFileSync(join(directory, "c.log"), error(START).repeat(3));
  const history = [sampleOf(first, START)];
  const second = await measure("log-errors", params, contextOf(reach, { clock: clockAt(START + MINUTE), history }));
  assert.deepEqual([fact(second, "lines"), fact(second, "files")], [4, 3]);
  const none = await measure("log-errors", { files: join(directory, "*.none") }, contextOf(reach));
  assert.equal(said(none), "unknown absent");
});

test("log: a spike that several short runs share is seen", async (t) => {
  const log = await watched(t);
  await log.run(START);
  let last: Measured | undefined;
  for (let at = 0; at < 5; at += 1) {
    appendFileSync(log.path, error(START + at * MINUTE).repeat(9));
    last = await log.run(START + (at + 1) * MINUTE);
    if (at === 0) assert.equal(said(last), "pass log-usual");
  }
  assert.equal(said(last!), "fail log-spike");
});

test("log: lines without a time count over the time since the last run", async (t) => {
  const log = await watched(t);
  await log.run(START);
  appendFileSync(log.path, "ERROR no time here\n".repeat(60));
  const slow = await log.run(START + 60 * MINUTE);
  assert.deepEqual([said(slow), fact(slow, "perMinute")], ["pass log-usual", 1]);
});

test("log: more than is read at once is unknown unless a spike is seen in it, and long lines do no harm", async (t) => {
  const log = await watched(t, { maxBytes: 100_000 });
  await log.run(START);
  appendFileSync(log.path, info(START).repeat(10_000));
  assert.equal(said(await log.run(START + MINUTE)), "unknown too-large");
  assert.equal(said(await log.run(START + 2 * MINUTE)), "pass log-usual");
  appendFileSync(log.path, info(START).repeat(10_000) + error(START + 3 * MINUTE).repeat(200));
  assert.equal(said(await log.run(START + 3 * MINUTE)), "fail log-spike");

  const long = await watched(t);
  await long.run(START);
  appendFileSync(long.path, `${"x".repeat(9_000_000)} ERROR\n${error(START)}`);
  assert.equal(fact(await long.run(START + MINUTE), "lines"), 2);
});

test("log: with judge bands the lines per minute are a value from the first run on", async (t) => {
  const log = await watched(t, { judge: "bands" });
  appendFileSync(log.path, error(START).repeat(50));
  const got = await log.run(START);
  assert.deepEqual([said(got), got.kind === "value" && [got.value, got.unit]], ["value", [5, "per-minute"]]);
});

test("log: control characters of a line do not reach the report", async (t) => {
  const log = await watched(t);
  appendFileSync(log.path, `${iso(START)} ERROR \u001b[31mred\u001b[0m\u0007 | <b>\r\n`);
  assert.equal(fact(await log.run(START), "first"), `${iso(START)} ERROR [31mred [0m | <b>`);
});

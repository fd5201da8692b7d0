import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HIDDEN } from "../src/model/redact.ts";
import { systemClock } from "../src/model/time.ts";
import { followOutput } from "../src/store/output/follow.ts";
import { openOutput } from "../src/store/output/open.ts";
import { readOutput, type Portion } from "../src/store/output/read.ts";
import { folder } from "./kit/folder.ts";

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Lines of changing length, some of them empty, one of them of three megabytes. */
const linesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${n + 1} ${n === 3_000 ? "长".repeat(1 << 20) : "x".repeat((n * 7) % 90)}`);

async function written(data: string, text: string, name = "step"): Promise<void> {
  const output = await openOutput(data, name);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 10_007) output.write(bytes.subarray(at, at + 10_007));
  await output.close();
}

test("what is written is kept with its size and digest; no file is made for nothing", async (t) => {
  const data = join(folder(t), "run");
  const output = await openOutput(data, "restart.app-1.do.1", { secrets: new Set(["hunter22"]) });
  assert.throws(() => output.totals(), TypeError);
  output.write(Buffer.from("pass hun"), "out");
  output.write(Buffer.from("warning\n"), "err");
  output.write(Buffer.from("ter22\n"), "out");
  const totals = await output.close();
  const text = `pass warning\n${HIDDEN}\n`;
  assert.equal(readFileSync(join(data, "restart.app-1.do.1.log"), "utf8"), text);
  const size = Buffer.byteLength(text);
  assert.deepEqual(totals, { bytes: size, kept: size, sha256: sha256(Buffer.from(text)) });
  assert.deepEqual(await output.close(), totals);
  assert.throws(() => output.write(Buffer.from("late")), TypeError);
  assert.equal(statSync(join(data, "restart.app-1.do.1.log")).mode & 0o777, 0o600);
  const silent = await openOutput(data, "silent");
  assert.deepEqual(await silent.close(), { bytes: 0, kept: 0, sha256: sha256(Buffer.alloc(0)) });
  assert.ok(!existsSync(join(data, "silent.log")));
  const nothing = await readOutput(data, "silent", { tail: 10 });
  assert.deepEqual([nothing.bytes.length, nothing.line, nothing.next], [0, 1, 0]);
  for (const name of ["../x", "a/b", ".hidden", "", "x".repeat(300)])
    await assert.rejects(openOutput(data, name), TypeError);
});

test("beyond the cap output is counted and hashed, not kept", async (t) => {
  const data = folder(t);
  const output = await openOutput(data, "flood", { cap: 100_000 });
  const all = Buffer.from(linesOf(2_900).join("\n").repeat(10));
  for (let at = 0; at < all.length; at += 33_333) output.write(all.subarray(at, at + 33_333));
  assert.deepEqual(await output.close(), { bytes: all.length, kept: 100_000, sha256: sha256(all) });
  assert.deepEqual(readFileSync(join(data, "flood.log")), all.subarray(0, 100_000));
});

test("any line, any offset and the end are read as they stand, with their numbers", async (t) => {
  const data = folder(t);
  const lines = linesOf(20_000);
  const text = lines.map((line) => `${line}\n`).join("");
  await written(data, text);
  const bytes = Buffer.from(text);
  const read = (portion: Portion) => readOutput(data, "step", portion);
  for (const line of [1, 2, 1_023, 1_024, 1_025, 1_026, 2_049, 2_998, 3_002, 9_999, 20_000]) {
    const part = await read({ line, count: 3 });
    assert.equal(
      part.bytes.toString(),
      lines
        .slice(line - 1, line + 2)
        .map((each) => `${each}\n`)
        .join(""),
      String(line),
    );
    assert.equal(part.line, line);
    assert.deepEqual(bytes.subarray(part.offset, part.next), part.bytes);
    const there = await read({ offset: part.offset, bytes: 10 });
    assert.deepEqual([there.line, there.bytes], [line, bytes.subarray(part.offset, part.offset + 10)]);
  }
  const long = await read({ line: 3_001, count: 1 });
  assert.equal(long.bytes.length, 1 << 20);
  assert.equal((await read({ offset: long.next, bytes: 1 })).line, 3_001);
  assert.equal((await read({ tail: 2 })).bytes.toString(), `${lines.slice(-2).join("\n")}\n`);
  assert.equal((await read({ tail: 2 })).line, 19_999);
  const beyond = await read({ line: 20_001, count: 5 });
  assert.deepEqual([beyond.bytes.length, beyond.offset, beyond.size], [0, bytes.length, bytes.length]);
  assert.equal((await read({ offset: bytes.length + 5 })).bytes.length, 0);
  appendFileSync(join(data, "step.log"), "no end of line");
  assert.equal((await read({ tail: 1 })).bytes.toString(), "no end of line");
});

test("an index that is missing, short, torn or ahead of its text does not lie", async (t) => {
  const data = folder(t);
  const lines = linesOf(12_000);
  const text = lines.map((line) => `${line}\n`).join("");
  await written(data, text);
  const [log, index] = [join(data, "step.log"), join(data, "step.lines")];
  const whole = statSync(index).size;
  const check = async (what: string, count: number) => {
    for (const line of [1, 1_500, 2_999, 5_121, count]) {
      const { bytes } = await readOutput(data, "step", { line, count: 1 });
      assert.equal(bytes.toString(), `${lines[line - 1]}\n`, `${what}: ${line}`);
    }
  };
  truncateSync(index, whole - 5);
  await check("torn", 12_000);
  truncateSync(index, 32);
  await check("short", 12_000);
  await written(data, "", "step");
  truncateSync(log, Buffer.byteLength(lines.slice(0, 6_000).join("\n")) + 1);
  await check("ahead", 6_000);
  rmSync(index);
  await check("missing", 6_000);
});

test("a writer that comes after another writes on, with digest, size and lines of both; or begins anew", async (t) => {
  const data = folder(t);
  const lines = linesOf(9_000);
  const text = lines.map((line) => `${line}\n`).join("");
  const half = text.slice(0, text.length / 3);
  await written(data, half);
  truncateSync(join(data, "step.lines"), 24);
  const second = await openOutput(data, "step");
  second.write(Buffer.from(text.slice(half.length)));
  const size = Buffer.byteLength(text);
  assert.deepEqual(await second.close(), { bytes: size, kept: size, sha256: sha256(Buffer.from(text)) });
  const there = await readOutput(data, "step", { line: 8_500, count: 1 });
  assert.equal(there.bytes.toString(), `${lines[8_499]}\n`);
  const third = await openOutput(data, "step", { existing: "replace" });
  third.write(Buffer.from("anew\n"));
  await third.close();
  assert.equal((await readOutput(data, "step", { line: 1, count: 9 })).bytes.toString(), "anew\n");
});

test("a growing output is followed from any offset to its end, whoever writes it", async (t) => {
  const data = folder(t);
  const output = await openOutput(data, "live");
  output.write(Buffer.from("one\n"));
  let ended = false;
  const seen: string[] = [];
  const steps: readonly (() => unknown)[] = [
    () => output.write(Buffer.from("three\n")),
    () => output.write(Buffer.from("four\n")),
    async () => {
      await output.close();
      ended = true;
    },
  ];
  let next = 0;
  // Time passes by the writer's next step.
  const clock = { ...systemClock, sleep: async () => void (await steps[next++]!()) };
  output.write(Buffer.from("two\n"));
  for await (const part of followOutput(data, "live", { offset: 4, ended: () => ended, clock }))
    seen.push(part.bytes.toString());
  assert.equal(seen.join(""), "two\nthree\nfour\n");
  const stop = new AbortController();
  stop.abort();
  for await (const _ of followOutput(data, "live", { ended: () => false, signal: stop.signal })) assert.fail("aborted");
});

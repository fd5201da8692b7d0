import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { WatchbookError } from "../../src/model/error.ts";
import { openOutput } from "../../src/store/output/open.ts";
import { readOutput } from "../../src/store/output/read.ts";
import { folder } from "../kit/folder.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";

const source = (name: string): string => JSON.stringify(join(import.meta.dirname, "../../src/store/output", name));

/** A Node program of its own; gives what it printed. */
const program = (code: string): string =>
  execFileSync(process.execPath, ["--input-type=module-typescript", "-e", code], { encoding: "utf8" });

test("a log of 1 GB opens at any line, in a small part of its memory", (t) => {
  const data = folder(t);
  // 8,192 lines of 128 bytes, 1,024 times over.
  const lines = Array.from({ length: 8_192 }, (_, n) => `${String(n).padStart(5, "0")} ${"x".repeat(121)}\n`);
  const code = `
    import { openOutput } from ${source("open.ts")};
    const output = await openOutput(${JSON.stringify(data)}, "big", { cap: 2 ** 31 });
    const lines = Array.from({ length: 8192 }, (_, n) => String(n).padStart(5, "0") + " " + "x".repeat(121) + "\\n");
    const chunk = Buffer.from(lines.join(""));
    for (let n = 0; n < 1024; n++) output.write(chunk);
    process.stdout.write(String((await output.close()).kept));`;
  assert.equal(program(code), String(2 ** 30));
  const wanted = [1, 2, 1_025, 4_200_000, 8_388_607];
  const reader = `
    import { readOutput } from ${source("read.ts")};
    const before = process.resourceUsage().maxRSS;
    const parts = [];
    for (const line of ${JSON.stringify(wanted)}) {
      const { bytes, offset } = await readOutput(${JSON.stringify(data)}, "big", { line, count: 2 });
      parts.push([bytes.toString(), offset]);
    }
    const { bytes, line } = await readOutput(${JSON.stringify(data)}, "big", { tail: 1 });
    parts.push([bytes.toString(), line]);
    process.stdout.write(JSON.stringify({ parts, grown: process.resourceUsage().maxRSS - before }));`;
  const { parts, grown } = JSON.parse(program(reader)) as { parts: unknown[]; grown: number };
  const expected = wanted.map((line) => [lines[(line - 1) % 8_192]! + lines[line % 8_192]!, (line - 1) * 128]);
  assert.deepEqual(parts, [...expected, [lines.at(-1), 2 ** 23]]);
  // Kilobytes.
  assert.ok(grown < 65_536, `${grown} kB more`);
});

test("kill -9 while writing leaves a log that is read at any line, and that the next writer goes on with", async (t) => {
  const data = folder(t);
  const code = `
    import { openOutput } from ${source("open.ts")};
    const output = await openOutput(${JSON.stringify(data)}, "step");
    for (let n = 1; ; n++) {
      output.write(Buffer.from("line " + n + " " + "y".repeat(n % 50) + "\\n"));
      if (n % 500 === 0) {
        await new Promise(setImmediate);
        process.stdout.write(n + "\\n");
      }
    }`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let said = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    said = Number(line);
    if (said === 20_000) child.kill("SIGKILL");
  }
  await exited;
  const text = readFileSync(join(data, "step.log"), "utf8");
  const lines = text.split("\n");
  assert.ok(lines.length > 20_000, `${lines.length} lines`);
  const check = async (count: number) => {
    for (const line of [1, 1_025, 9_999, count - 1, count]) {
      const part = await readOutput(data, "step", { line, count: 1 });
      assert.match(part.bytes.toString(), new RegExp(`^line ${line} y*\\n$`));
    }
  };
  await check(lines.length - 1);
  const next = await openOutput(data, "step");
  next.write(Buffer.from("written on\n"));
  assert.equal((await next.close()).bytes, Buffer.byteLength(text) + 11);
  await check(lines.length - 1);
  assert.match((await readOutput(data, "step", { tail: 1 })).bytes.toString(), /written on\n$/);
});

test("a full disk is said when the output is closed, with what was seen and kept; the log is readable", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const data = disk(t, "1m");
  const output = await openOutput(data, "flood");
  const chunk = Buffer.from("0123456789abcde\n".repeat(4_096));
  for (let n = 0; n < 64; n++) output.write(chunk);
  await assert.rejects(output.close(), (error) => {
    assert.ok(error instanceof WatchbookError, String(error));
    assert.equal(error.code, "STORE-FULL");
    return true;
  });
  const { bytes, kept } = output.totals();
  assert.equal(bytes, 64 * 65_536);
  assert.ok(kept > 500_000 && kept < 1 << 20, String(kept));
  const part = await readOutput(data, "flood", { line: 30_000, count: 1 });
  assert.equal(part.bytes.toString(), "0123456789abcde\n");
  assert.equal(part.size, kept);
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { readEnv, writeEnv } from "../src/evidence/env.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { folder } from "./kit/folder.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.reason.code === code;

const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/);
const value = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, "").trim());
const pairs = fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 12 });

test("what is written is read back, and a file has one form", () => {
  fc.assert(
    fc.property(pairs, (list) => {
      const text = writeEnv(list);
      const read = [...readEnv(text, "x")];
      assert.deepEqual(read, list);
      assert.equal(writeEnv(read), text);
    }),
    { numRuns: 500, seed: 7 },
  );
});

test("a shell that sources the file gets the same values and runs nothing", (t) => {
  const file = join(folder(t), "result.env");
  const nasty = [
    "plain",
    "two words",
    "it's $(touch pwned) `id` ${HOME}",
    String.raw`a\b "c"`,
    "中文 ｜ # not a comment",
    "*",
    "",
  ];
  const list = nasty.map((text, n) => [`K${n}`, text] as const);
  writeFileSync(file, writeEnv(list));
  const script = `. "$0"; printf '%s\\n' ${list.map(([name]) => `"$${name}"`).join(" ")}`;
  assert.deepEqual(execFileSync("sh", ["-c", script, file], { encoding: "utf8" }).split("\n").slice(0, -1), nasty);
});

test("comments, empty lines, quotes, spaces around, CRLF and a byte order mark are read [C-027]", () => {
  const text = "\ufeff# head\r\n\r\n  A = 1 \r\nB=\"two \\\"words\\\"\"\r\nC='it'\\''s'\r\nD=\r\nE=a=b # kept\r\n";
  assert.deepEqual(
    [...readEnv(text, "x")],
    [
      ["A", "1"],
      ["B", 'two "words"'],
      ["C", "it's"],
      ["D", ""],
      ["E", "a=b # kept"],
    ],
  );
});

test("a key twice, shell substitution, and lines that are nothing are refused with their line [C-027]", () => {
  const cases: readonly [string, string][] = [
    ["A=1\nA=2\n", "env-twice"],
    ["A=1\nB=2\nA=1\n", "env-twice"],
    ["A=$(date)\n", "env-substitution"],
    ["A=`date`\n", "env-substitution"],
    ["A=${HOME}/x\n", "env-substitution"],
    ["A=$HOME\n", "env-substitution"],
    ['A="$(date)"\n', "env-substitution"],
    ["no equals sign\n", "env-line"],
    ["=1\n", "env-line"],
    ["export A=1\n", "env-line"],
    ["A-B=1\n", "env-line"],
    ["Ａ=1\n", "env-line"],
    ["A='open\n", "env-quote"],
    ['A="open\n', "env-quote"],
    ['A="a"b"\n', "env-quote"],
    ["A='a'b'\n", "env-quote"],
    ["A=1\u0000\n", "env-control"],
    ["A=1\u2028B=2\n", "env-control"],
    ["A=1\rB=2\n", "env-control"],
  ];
  for (const [text, code] of cases) assert.throws(() => readEnv(text, "x"), refusal(code), JSON.stringify(text));
  assert.throws(
    () => readEnv("A=1\n# c\nA=2\n", "x"),
    (error: unknown) => error instanceof Refusal && error.reason.args["line"] === 3,
  );
});

test("what cannot be one line is not written", () => {
  for (const bad of [
    [["A", "1\n2"]],
    [["A", "\u0000"]],
    [["A B", "1"]],
    [
      ["A", "1"],
      ["A", "2"],
    ],
    [["", "1"]],
  ] as [string, string][][])
    assert.throws(() => writeEnv(bad), TypeError);
});

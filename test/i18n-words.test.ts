// How sentences are put together: plurals, codes of others in words, and both languages in one shape.
import assert from "node:assert/strict";
import { test } from "node:test";
import { format, forMany } from "../src/i18n/format.ts";
import { texts } from "../src/i18n/texts.ts";
import { worded } from "../src/i18n/worded.ts";

const leaves = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(leaves)
      : [];

test("one is one and everything else is many; a value that is missing stays visible with its forms", () => {
  const said = "{open} {open:item waits|items wait} for {who}";
  assert.equal(format(said, { open: 1, who: "lin" }), "1 item waits for lin");
  assert.equal(format(said, { open: "1", who: "lin" }), "1 item waits for lin");
  for (const open of [0, 2, 21, "11"]) assert.equal(format(said, { open, who: "lin" }), `${open} items wait for lin`);
  assert.equal(format(said, { who: "lin" }), "{open} {open:item waits|items wait} for lin");
  // A value is text of somebody else: what looks like a place in it is not filled in.
  assert.equal(format("{a} {b}", { a: "{b:x|y}", b: 1 }), "{b:x|y} 1");
  assert.equal(forMany(said), "{open} items wait for {who}");
});

test("English counts in plurals and never in brackets; Chinese has no half-width colon after its words", () => {
  for (const text of leaves(texts("en"))) assert.doesNotMatch(text, /\w\(e?s\)/, text);
  for (const text of leaves(texts("zh"))) {
    const prose = text.replaceAll(/`[^`]*`|https?:\S*|“: ”/g, "");
    assert.doesNotMatch(prose, /\p{Script=Han}: ?(?:$|\{)/u, text);
    assert.doesNotMatch(text, /\{\w+:[^{}]*\|/, text);
  }
});

test("codes of the system and of the YAML reader are said in words; other values are left as they are", () => {
  const { words } = texts("zh");
  const raw = "ENOENT: no such file or directory, open '/srv/a b'";
  assert.equal(worded({ detail: raw }, words)["detail"], "/srv/a b：没有这个文件或目录，ENOENT");
  assert.deepEqual(worded({ a: "ENOSPC", b: ["EIO", "x"], n: 3, path: "/ENOSPC" }, words), {
    a: words.ENOSPC,
    b: [words.EIO, "x"],
    n: 3,
    path: "/ENOSPC",
  });
  for (const value of ["constructor", "EWHATEVER", "ENOENT no", "yaml:", "issue:none"])
    assert.equal(worded({ value }, words)["value"], value);
});

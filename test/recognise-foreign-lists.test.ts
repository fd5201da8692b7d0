// Tables and lists of other people's manuals: what looks like a construct and is none must stay text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { emptyConfig } from "../src/book/config/empty.ts";
import { makePage } from "../src/book/compile/page.ts";
import { join } from "../src/book/recognise/found.ts";
import { recognisers } from "../src/book/recognise/index.ts";

const text = readFileSync(new URL("books/foreign/lists.md", import.meta.url), "utf8");
const page = makePage("lists.md", text, emptyConfig);
const found = join(recognisers.map((recogniser) => recogniser.run(page)));

const sections = page.document.sections.filter(({ depth }) => depth === 2);
/** Constructs that a runner acts on, by name, with the lines of what was found. */
const constructs = Object.entries(found)
  .filter(([name]) => !["findings", "tables"].includes(name))
  .map(([name, list]) => ({
    name,
    lines: (list as readonly { source: { line: number } }[]).map(({ source }) => source.line),
  }));

test("at least 20 tables and lists", () => assert.ok(sections.length >= 20, String(sections.length)));

for (const { title, source, end } of sections)
  test(title, () => {
    const [, name, count] = /^(\w+)(?: (\d+))?:/.exec(title) ?? [];
    const inside = constructs
      .map((one) => ({ ...one, lines: one.lines.filter((line) => line >= source.line && line <= end) }))
      .filter(({ lines }) => lines.length > 0)
      .map(({ name, lines }) => `${name} ${lines.length}`);
    assert.deepEqual(inside, name === "nothing" ? [] : [`${name} ${count}`]);
  });

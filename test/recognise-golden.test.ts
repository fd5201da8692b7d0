import { test } from "node:test";
import { strict as assert } from "node:assert";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join as path } from "node:path";
import { emptyConfig } from "../src/book/config/empty.ts";
import { makePage } from "../src/book/compile/page.ts";
import { join } from "../src/book/recognise/found.ts";
import { recognisers } from "../src/book/recognise/index.ts";

// Golden pairs: NAME.md is a manual, NAME.json what tables, lists and prose of it must become. To accept a change after
// reading the difference: WATCHBOOK_GOLDEN=write node --test test/recognise-golden.test.ts

const folder = path(import.meta.dirname, "books", "recognise");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => name.slice(0, -3));

/** Files and procedures of code blocks have golden pairs of their own. */
const own = recognisers.filter(({ name }) => !["artefacts", "runbooks"].includes(name));

/** What the golden file keeps of a source: its line. */
const plain = (key: string, value: unknown): unknown => (key === "source" ? (value as { line: number }).line : value);

function recognise(file: string, text: string): unknown {
  const page = makePage(file, text, emptyConfig);
  const found = join(own.map((recogniser) => recogniser.run(page)));
  return JSON.parse(JSON.stringify(found, plain));
}

for (const name of names) {
  test(`recognise ${name}`, () => {
    const file = path(folder, `${name}.json`);
    const found = recognise(`${name}.md`, readFileSync(path(folder, `${name}.md`), "utf8"));
    if (process.env["WATCHBOOK_GOLDEN"] === "write") writeFileSync(file, print(found));
    assert.deepEqual(found, JSON.parse(readFileSync(file, "utf8")));
  });
}

/** One object a line: a difference is read line by line. */
function print(found: unknown): string {
  const lists = Object.entries(found as Record<string, readonly unknown[]>).map(
    ([key, list]) =>
      `  ${JSON.stringify(key)}: [\n${list.map((each) => `    ${JSON.stringify(each)}`).join(",\n")}\n  ]`,
  );
  return `{\n${lists.join(",\n")}\n}\n`;
}

// Whole manuals in other people's styles: exactly the blocks that each names may run; a block too many is the worst defect.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runbooks } from "../src/book/recognise/runbooks.ts";
import { sayFinding } from "../src/i18n/texts.ts";
import { pageOf } from "./books/procedures/summary.ts";

const folder = join(import.meta.dirname, "books/foreign/manuals");
const RUNS: ReadonlySet<string> = new Set(["script", "steps", "transcript", "follow"]);

for (const name of readdirSync(folder)) {
  const text = readFileSync(join(folder, name), "utf8");
  const page = pageOf(name, text);
  const wanted = (/^<!-- may run: (.+) -->/.exec(text)?.[1] ?? "").split(", ").map(Number).filter(Number.isInteger);

  test(`${name}: only these blocks may run`, () => {
    const found = page.blocks.filter(
      ({ state, kind }) => (state === "recognised" || state === "declared") && RUNS.has(kind),
    );
    assert.deepEqual(
      found.map(({ source }) => source.line),
      wanted,
    );
  });

  test(`${name}: no step runs a block that may not`, () => {
    for (const runbook of runbooks.run(page).runbooks ?? [])
      for (const step of runbook.steps.filter(({ kind, held }) => kind === "shell" && held === undefined)) {
        const block = step.block === undefined ? undefined : page.blocks[step.block];
        assert.ok(block && wanted.includes(block.source.line), `${runbook.title} / ${step.title}`);
      }
  });

  test(`${name}: every doubt is said in both languages`, () => {
    for (const finding of page.findings)
      for (const lang of ["en", "zh"] as const) {
        const { say, fix } = sayFinding(finding, lang);
        assert.doesNotMatch(`${say}${fix}`, /\{[a-z]+\}|undefined/);
      }
  });
}

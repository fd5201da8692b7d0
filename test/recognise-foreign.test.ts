// The styles of other people's manuals: a block that must not run must never be taken as runnable, and one that may run should be.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sayFinding } from "../src/i18n/texts.ts";
import { isNode } from "./books/procedures/nodes.ts";
import { pageOf } from "./books/procedures/summary.ts";

const pages = ["fences.en.md", "fences-2.en.md", "fences.zh.md"].map((name) =>
  pageOf(name, readFileSync(new URL(`books/foreign/${name}`, import.meta.url), "utf8")),
);

const cases = pages.flatMap((page) =>
  page.parts.flatMap((part) => {
    const fence = part.nodes.find((node) => isNode(node, "fence"));
    const [, state, kind] = /^(\w+) (\w+)[:：]/.exec(part.section.title) ?? [];
    if (!fence || !state || !kind) return [];
    const block = page.blocks.find((one) => one.source.line === fence.line);
    return [
      {
        title: `${page.file} ${part.section.title}`,
        expected: `${state} ${kind === "reference" ? "cheatsheet" : kind}`,
        block,
      },
    ];
  }),
);

test("at least 60 blocks in the styles of other collections", () =>
  assert.ok(cases.length >= 60, String(cases.length)));

for (const { title, expected, block } of cases)
  test(title, () => {
    const found = `${block?.state} ${block?.kind}`;
    // An ambiguous block never runs, whichever of its readings comes first.
    if (expected.startsWith("ambiguous ")) assert.equal(block?.state, "ambiguous", `${found} (${block?.rule})`);
    else assert.equal(found, expected, block?.rule);
  });

test("every doubt is said in both languages, with what to do", () => {
  const found = pages.flatMap((page) => page.findings);
  for (const code of ["WB251", "WB252", "WB259", "WB267", "WB268", "WB269", "WB270", "WB271", "WB272"])
    assert.ok(
      found.some((finding) => finding.code === code),
      code,
    );
  for (const finding of found)
    for (const lang of ["en", "zh"] as const) {
      const said = sayFinding(finding, lang);
      assert.doesNotMatch(`${said.say}${said.fix}`, /\{[a-z]+\}|undefined/);
    }
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isNode } from "./books/procedures/nodes.ts";
import { pageOf } from "./books/procedures/summary.ts";
import { sayFinding } from "../src/i18n/texts.ts";

const page = pageOf("fences.md", readFileSync(new URL("books/procedures/fences.md", import.meta.url), "utf8"));

/** Fences with the paragraph before them that says what they must be. */
const expected = page.parts.flatMap((part) =>
  part.nodes.flatMap((node, index) => {
    const before = part.nodes[index - 1];
    if (node.kind !== "fence" || !isNode(before, "paragraph")) return [];
    const [, state, kind] = /^expect (\w+) (\w+)$/.exec(before.text) ?? [];
    return state && kind
      ? [{ line: node.line, state, kind: kind === "reference" ? "cheatsheet" : kind, text: node.text }]
      : [];
  }),
);

test("at least 40 fences in the styles of other collections", () =>
  assert.ok(expected.length >= 40, String(expected.length)));

for (const { line, state, kind, text } of expected)
  test(`${state} ${kind}: ${text.split("\n", 2).join(" / ")}`, () => {
    const block = page.blocks.find((one) => one.source.line === line);
    assert.equal(`${block?.state} ${block?.kind} (${block?.rule})`, `${state} ${kind} (${block?.rule})`);
  });

test("every fence and indented block is one block, in order, with candidates when it is ambiguous", () => {
  assert.equal(page.blocks.length, expected.length + 1);
  const lines = page.blocks.map((block) => block.source.line);
  assert.deepEqual(
    lines,
    lines.toSorted((a, b) => a - b),
  );
  for (const block of page.blocks)
    assert.equal(block.state === "ambiguous", block.candidates.length > 1 && block.state === "ambiguous");
});

test("what is not certain has a finding that can be said in both languages", () => {
  const uncertain = page.blocks.filter((block) => block.state === "ambiguous" || block.state === "conflict");
  for (const block of uncertain)
    assert.ok(
      page.findings.some((finding) => finding.source.line >= block.source.line && finding.source.line <= block.end),
      `${block.source.line} ${block.rule}`,
    );
  for (const finding of page.findings)
    for (const lang of ["en", "zh"] as const) {
      const said = sayFinding(finding, lang);
      assert.doesNotMatch(`${said.say}${said.fix}`, /\{[a-z]+\}/);
    }
});

test("a transcript keeps its output beside its commands", () => {
  const block = page.blocks.find((one) => one.kind === "transcript" && one.state === "recognised");
  assert.deepEqual(
    block?.commands.map((command) => command.text),
    ["systemctl is-active gateway"],
  );
  assert.deepEqual(block?.expected, ["active"]);
});

test("files, configuration, data and diagrams carry no commands", () => {
  for (const block of page.blocks)
    if (["file", "config", "data", "diagram", "text", "query"].includes(block.kind))
      assert.deepEqual(block.commands, []);
});

// Fixed seeds and a fixed budget: whatever the text, the compiler ends, gives valid states, and gives the same again.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { BLOCK_KINDS } from "../src/model/block.ts";
import type { Book } from "../src/model/book.ts";
import { BLOCK_STATES, RISKS } from "../src/model/states.ts";
import { compileBook } from "../src/book/compile/compile.ts";
import { readConfig } from "../src/book/config/read.ts";
import { parser } from "../src/book/parse/markdown-it.ts";
import type { Node } from "../src/book/parse/tree.ts";
import { treeOf } from "./kit/tree.ts";

const PIECES = [
  ...[
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    "# ",
    "### ",
    "- ",
    "- [ ] ",
    "- [x]",
    "* ",
    "1. ",
    "2) ",
    "> ",
    "---\n",
    "===\n",
    "***",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "``",
  ],
  ...[
    "```bash\n",
    "```\n",
    "~~~\n",
    '```sh {"name":"a","wb-risk":"read"}\n',
    "| a | b |\n",
    "|---|---|\n",
    "| 1 |\n",
    "｜",
    "<!-- ",
    "-->",
    "<!-- watchbook: ",
    "table=thresholds ",
  ],
  ...[
    "[",
    "](",
    ")",
    "![",
    "[a]: b\n",
    "<a id=x>",
    "<",
    ">",
    "&amp;",
    "\\",
    "\r\n",
    "\uFEFF",
    "\u2028",
    "\uD800",
    "𝒳",
    "：",
    "（",
    "）",
    "watchbook:\n  kind: manual\n",
  ],
  ...[
    "每日检查清单",
    "检查 CPU",
    "恢复流程",
    "级别",
    "响应时间",
    "15 分钟",
    "指标",
    "警告阈值",
    "严重阈值",
    "70%",
    "**频率：**每天",
    "SOP-01",
    "环境",
    "禁止",
    "备份",
    "永久",
  ],
  ...[
    "sudo rm -rf /",
    "# 1. stop\n",
    "# 2. start\n",
    "$ ls\n",
    "tail -f x",
    "cat <<E\n",
    "$(",
    "'",
    '"',
    "#!/bin/bash\n",
    "# /etc/x\n",
    "kubectl get pods -n <ns>",
    "YYYYMMDD",
    "a/b-YYYYMMDD.md",
    "RTO < 1h",
  ],
];
const text = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
    ),
    { maxLength: 120 },
  )
  .map((pieces) => pieces.join(""));

const golden = globSync(join(import.meta.dirname, "books/**/*.md"))
  .toSorted()
  .map((file) => readFileSync(file, "utf8"));
/** A golden manual with a few pieces cut out, doubled or put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...golden),
    fc.array(fc.tuple(fc.nat(), fc.nat(80), fc.constantFrom(...PIECES)), { maxLength: 12 }),
  )
  .map(([manual, cuts]) =>
    cuts.reduce((now, [at, length, piece]) => {
      const from = now.length === 0 ? 0 : at % now.length;
      return now.slice(0, from) + piece + now.slice(from + length);
    }, manual),
  );

function valid(book: Book, lines: number): void {
  const inFile = (line: number, end = line): void =>
    assert.ok(line >= 1 && end >= line && end <= Math.max(lines, 1), `${line}-${end} of ${lines}`);
  for (const block of book.blocks) {
    assert.ok(BLOCK_STATES.includes(block.state) && BLOCK_KINDS.includes(block.kind));
    assert.ok(block.rule !== "");
    if (block.state === "ambiguous") assert.ok(block.candidates.length > 0, block.rule);
    for (const command of block.commands) assert.ok(RISKS.includes(command.risk));
    inFile(block.source.line, block.end);
  }
  for (const { sections } of book.documents) for (const section of sections) inFile(section.source.line, section.end);
  for (const { steps } of book.runbooks)
    for (const step of steps) if (step.block !== undefined) assert.ok(book.blocks[step.block] !== undefined);
  for (const artefact of book.artefacts) assert.ok(book.blocks[artefact.block] !== undefined);
  const ids = (list: readonly { readonly id: string }[]): void =>
    assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
  ids(book.duties);
  ids(book.runbooks);
  ids(book.checks);
  for (const finding of book.findings) inFile(finding.source.line);
}

const linesIn = (content: string): number => content.split(/\r\n?|\n/).length;

async function compiles(content: string): Promise<void> {
  const book = await compileBook(treeOf({ "a.md": content }), { zone: "UTC" });
  valid(book, linesIn(content));
  assert.deepEqual(await compileBook(treeOf({ "a.md": content }), { zone: "UTC" }), book);
}

test("random fragments of Markdown compile to valid books, twice the same", async () => {
  await fc.assert(fc.asyncProperty(text, compiles), { seed: 20261120, numRuns: 400 });
});

test("golden manuals with random cuts compile to valid books, twice the same", async () => {
  assert.ok(golden.length > 0);
  await fc.assert(fc.asyncProperty(mutated, compiles), { seed: 20261121, numRuns: 150 });
});

test("trees hold their lines: nodes inside the file, children inside their parents, in order", () => {
  const inside = (nodes: readonly Node[], from: number, to: number): void => {
    for (const node of nodes) {
      assert.ok(
        node.line >= from && node.end <= to && node.end >= node.line,
        `${node.kind} ${node.line}-${node.end} in ${from}-${to}`,
      );
      if (node.kind === "quote") inside(node.children, node.line, node.end);
      if (node.kind === "list") for (const item of node.items) inside(item.children, item.line, item.end);
    }
  };
  fc.assert(
    fc.property(text, (content) => inside(parser.parse(content).nodes, 1, linesIn(content))),
    { seed: 20261122, numRuns: 800 },
  );
});

test("random watchbook.yaml never throws; an error always has a line of the file", () => {
  const keys = fc.constantFrom(
    "title",
    "checks",
    "targets",
    "secrets",
    "id",
    "kind",
    "bands",
    "warn",
    "zone",
    "services",
    "x",
    "__proto__",
    "1",
  );
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, true, 3, "local", "env:X", "15m", "a b", ""),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(keys, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  const yaml = fc.oneof(
    value.map((each) => JSON.stringify(each, null, 1)),
    fc
      .array(
        fc.constantFrom(
          "a",
          ":",
          " ",
          "\n",
          "- ",
          "{",
          "}",
          "[",
          "]",
          "&x ",
          "*x",
          "|",
          ">",
          "'",
          '"',
          "#",
          "!!t ",
          "checks",
          "\t",
          "? ",
          "%",
        ),
      )
      .map((each) => each.join("")),
  );
  fc.assert(
    fc.property(yaml, (content) => {
      for (const { source } of readConfig("watchbook.yaml", content).findings)
        assert.ok(source.line >= 1 && source.line <= linesIn(content), `${source.line} of ${linesIn(content)}`);
    }),
    { seed: 20261123, numRuns: 600 },
  );
});

/** A third of a megabyte: a quadratic step already takes minutes, and the suite stays quick. The promise is 3 s for 1 MB. */
const SIZE = 333_000;
const fill = (piece: string): string => piece.repeat(Math.floor(SIZE / piece.length));
/** Texts that make careless parsers quadratic, and one of a table 2,000 columns wide. */
const HOSTILE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      "![",
      "[",
      "]",
      "[a",
      "*",
      "*a_ ",
      "_",
      "`",
      "`a ",
      ">",
      "> ",
      "- ",
      "1. ",
      "<",
      "<!--",
      "<!-- watchbook: ",
      "&",
      "\\",
      "~~a ",
      "[a](<b",
      "![a](",
      "# a\n",
      "```\n",
      "> ```\n",
      "- ```\n",
      "a\n-\n",
      "\r",
      "\t",
      "a",
      "中",
      "**a**: b\n",
      "- [ ] 检查 CPU\n",
      "[a]:\n",
      "| a |\n",
      "    ls\n",
      "<a b='",
      "| a | b |\n|---|---|\n| 1 | 2 |\n\n",
      "## 恢复流程\n\n1. a\n",
    ].map((piece) => [piece, fill(piece)]),
  ),
  columns: `|${"a|".repeat(2000)}\n|${"-|".repeat(2000)}\n${`|${"b|".repeat(2000)}\n`.repeat(80)}`,
  runs: Array.from({ length: 7 }, () => "![".repeat(24_000)).join("\n\n"),
  indents: Array.from({ length: 800 }, (_, index) => `${" ".repeat(index)}- a`).join("\n"),
  ticks: Array.from({ length: 800 }, (_, index) => `${"`".repeat(index)}a`).join(""),
  definitions: Array.from({ length: 20_000 }, (_, index) => `[l${index}]: /u${index}`).join("\n"),
  headings: Array.from({ length: 17_000 }, (_, index) => `## SOP-${index}`).join("\n"),
  paths: `\`\`\`bash\n${"# /etc/x\n".repeat(36_000)}\`\`\`\n`,
  quotes: `\`\`\`bash\n${"'".repeat(SIZE)}\n\`\`\`\n`,
  images: "![".repeat(33_000) + "a" + "](x)".repeat(33_000),
};

test("no hostile text throws or hangs: CPU time stays in proportion to its size", { timeout: 600_000 }, async () => {
  for (const [name, content] of Object.entries(HOSTILE)) {
    const before = process.cpuUsage();
    const book = await compileBook(treeOf({ "a.md": content }), { zone: "UTC" });
    const { user, system } = process.cpuUsage(before);
    assert.equal(book.documents.length, 1);
    // One second is the promise on an idle machine. CPU time, so that the load of others does not count.
    assert.ok(
      user + system < 6_000_000,
      `${JSON.stringify(name.slice(0, 20))} took ${Math.round((user + system) / 1000)} ms`,
    );
  }
});

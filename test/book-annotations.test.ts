// Front matter, annotations, and text that only looks like structure.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Book } from "../src/model/book.ts";
import { compileBook } from "../src/book/compile/compile.ts";
import { compileText } from "../src/book/compile/text.ts";
import { treeOf } from "./kit/tree.ts";

const compile = (files: Readonly<Record<string, string>>): Promise<Book> => compileBook(treeOf(files), { zone: "UTC" });
const text = (...lines: string[]): string => `${lines.join("\n")}\n`;

test("front matter: our key is read, shell and cwd are taken over, other keys are left alone", async () => {
  const book = await compile({
    "a.md": text(
      "---",
      "title: x",
      "weight: 10",
      "tags: [a, b]",
      "shell: bash",
      "watchbook:",
      "  service: gw",
      "  kind: runbook",
      "  owner: ops",
      "  status: planned",
      "---",
      "# A",
    ),
  });
  const [document] = book.documents;
  assert.deepEqual(
    [document!.service, document!.kind, document!.owner, document!.status, document!.sections[0]!.source.line],
    ["gw", "runbook", "ops", "planned", 12],
  );
  const { page } = compileText("a.md", text("---", "shell: zsh", "cwd: /srv", "---", "x"));
  assert.deepEqual([page.front.shell, page.front.cwd], ["zsh", "/srv"]);
});

test("mistakes in front matter are told with line and nearest spelling", () => {
  const found = (...lines: string[]): unknown =>
    compileText("a.md", text("---", ...lines, "---", "# A")).findings.map(({ code, source, args }) => [
      code,
      source.line,
      args["nearest"] ?? args["expected"],
    ]);
  assert.deepEqual(found("watchbook:", "  servce: gw", "  status: done"), [
    ["WB012", 3, "service"],
    ["WB013", 4, "landed | optional | planned"],
  ]);
  assert.deepEqual(found("a: 1", "b: [1"), [["WB011", 3, undefined]]);
  assert.deepEqual(found("watchbook: yes"), [["WB013", 2, "service, kind, owner, status, targets, objectives"]]);
  assert.deepEqual(compileText("a.md", "---\ntitle: x\n\n# A\n").findings[0]?.code, "WB010");
});

test("annotations become keys; unknown keys and unreadable ones are told; those in code are text", () => {
  const { page, findings } = compileText(
    "a.md",
    text(
      '<!-- watchbook: table=thresholds row="在线连接" query=\'sum(x{a="b"})\' for=5m -->',
      "",
      "- item",
      "  <!-- watchbook: chekc=disk -->",
      "",
      "```",
      "<!-- watchbook: table=no -->",
      "```",
      "",
      "<!-- watchbook: just words -->",
      "",
      "<!-- other: x=1 -->",
      "",
      "<!-- watchbook: check=a",
    ),
  );
  assert.deepEqual(page.annotations, [
    { line: 1, keys: { table: "thresholds", row: "在线连接", query: 'sum(x{a="b"})', for: "5m" } },
    { line: 4, keys: { chekc: "disk" } },
    { line: 10, keys: {} },
  ]);
  assert.deepEqual(
    findings
      .filter(({ code }) => code === "WB014" || code === "WB015")
      .map(({ code, source, args }) => [code, source.line, args["nearest"]]),
    [
      ["WB014", 4, "check"],
      ["WB015", 10, undefined],
      ["WB015", 14, undefined],
    ],
  );
});

test("text that only looks like structure is told: wide pipes, boxes, bold, uneven rows", () => {
  const { findings } = compileText(
    "a.md",
    text(
      "# 表",
      "",
      "说明",
      "｜ 指标 ｜ 阈值 ｜",
      "｜---｜---｜",
      "｜ CPU ｜ 70% ｜",
      "",
      "- [ ]检查",
      "- [] 检查",
      "",
      "这是**“重点”**的事",
      "",
      "| a | b |",
      "|---|---|",
      "| 1 |",
    ),
  );
  assert.deepEqual(
    findings.filter(({ code }) => code < "WB100").map(({ code, source }) => [code, source.line]),
    [
      ["WB016", 4],
      ["WB018", 8],
      ["WB018", 9],
      ["WB019", 11],
      ["WB021", 15],
    ],
  );
  assert.deepEqual(
    compileText(
      "b.md",
      text("a ｜ b", "", "| a | b |", "|---|---|", "| 1 | 2 |", "", "- [link](x) y", "- [x] y", "**ok**: x"),
    ).page.findings,
    [],
  );
});

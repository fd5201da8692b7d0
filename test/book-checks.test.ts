// Threshold rows and declarations become checks; checklist items are bound to them only where nothing is left open.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Book } from "../src/model/book.ts";
import { compileBook } from "../src/book/compile/compile.ts";
import { treeOf } from "./kit/tree.ts";

const compile = (files: Readonly<Record<string, string>>): Promise<Book> => compileBook(treeOf(files), { zone: "UTC" });
const text = (...lines: string[]): string => `${lines.join("\n")}\n`;

const MANUAL = text(
  "# 运维手册",
  "",
  "## 每日检查清单",
  "",
  "- [ ] 检查节点状态",
  "- [ ] 检查资源使用 (CPU/内存/磁盘)",
  "- [ ] 检查连接数",
  "- [ ] 检查数据库内存",
  "- [ ] 清理磁盘",
  "",
  "## 关键指标",
  "",
  "| 指标 | 正常范围 | 警告阈值 | 严重阈值 |",
  "|---|---|---|---|",
  "| CPU 使用率 | < 50% | 70% | 90% |",
  "| 内存使用率 | < 70% | 80% | 95% |",
  "| 磁盘使用率 | < 70% | 80% | 90% |",
  "| 连接数 | < 250 | 280 | 300 |",
);

test("rows whose words name their probe become checks with the row's limits, the others wait for a declaration [S-020]", async () => {
  const book = await compile({ "ops.md": MANUAL });
  assert.deepEqual(
    book.checks.map(({ id, kind, title, bands, source }) => [id, kind, title, bands, source.line]),
    [
      ["cpu", "cpu", "CPU 使用率", { bad: "above", normal: 50, warn: 70, critical: 90 }, 15],
      ["memory", "memory", "内存使用率", { bad: "above", normal: 70, warn: 80, critical: 95 }, 16],
      ["disk", "disk", "磁盘使用率", { bad: "above", normal: 70, warn: 80, critical: 90 }, 17],
    ],
  );
});

test("items are judged by checks only where nothing else stands beside the metric; work is never judged by a reading", async () => {
  const book = await compile({ "ops.md": MANUAL });
  assert.deepEqual(
    book.duties[0]!.items.map(({ text, checks, needs, proposals, work }) => [
      text,
      checks,
      needs,
      proposals?.map(({ kind }) => kind) ?? work,
    ]),
    [
      ["检查节点状态", [], ["节点状态"], ["process"]],
      ["检查资源使用 (CPU/内存/磁盘)", ["cpu", "memory", "disk"], [], undefined],
      ["检查连接数", [], ["连接数"], ["connections"]],
      ["检查数据库内存", [], ["内存"], undefined],
      ["清理磁盘", [], [], true],
    ],
  );
});

test("declared checks take the limits of the row they name and judge the items they name", async () => {
  const yaml = text(
    "checks:",
    "  peers: { kind: connections, metric: 连接数, params: { port: 4001 } }",
    "  node: { kind: http, items: [检查节点状态], params: { url: http://127.0.0.1:8080/health } }",
    "duties:",
    "  每日检查清单: { at: '07:30', owner: 值班 }",
  );
  const book = await compile({ "ops.md": MANUAL, "watchbook.yaml": yaml });
  assert.deepEqual(
    book.findings.filter(({ level }) => level === "error"),
    [],
  );
  const [peers, node] = book.checks;
  assert.deepEqual(
    [peers!.title, peers!.bands, peers!.source.file],
    ["连接数", { bad: "above", normal: 250, warn: 280, critical: 300 }, "watchbook.yaml"],
  );
  assert.equal(node!.title, "检查节点状态");
  const [duty] = book.duties;
  assert.deepEqual([duty!.at, duty!.owner], ["07:30", "值班"]);
  assert.deepEqual(
    duty!.items.slice(0, 3).map(({ checks, needs }) => [checks, needs]),
    [
      [["node"], []],
      [["cpu", "memory", "disk"], []],
      [["peers"], []],
    ],
  );
});

test("what watchbook.yaml says about things the manual does not have is told with the nearest one", async () => {
  const yaml = text(
    "checks:",
    "  node: { kind: http, items: [检查节点 状况] }",
    "duties:",
    "  每日检查清但: { at: '07:30' }",
  );
  const { findings } = await compile({ "ops.md": MANUAL, "watchbook.yaml": yaml });
  assert.deepEqual(
    findings
      .filter(({ source }) => source.file === "watchbook.yaml")
      .map(({ code, source, args }) => [code, source.line, args["nearest"]]),
    [
      ["WB041", 4, "每日检查清单"],
      ["WB042", 2, "检查节点状态"],
    ],
  );
});

test("two documents with the same limits give one check; each item is judged by its own document's limits", async () => {
  const table = (warn: number): string =>
    text(
      "| metric | warning | critical |",
      "|---|---|---|",
      `| CPU usage | ${warn}% | 95% |`,
      "",
      "## Daily checklist",
      "",
      "- [ ] Check CPU usage",
    );
  const same = await compile({ "a.md": `# A\n\n${table(80)}`, "b.md": `# B\n\n${table(80)}` });
  assert.deepEqual(
    same.checks.map(({ id }) => id),
    ["cpu"],
  );
  const other = await compile({ "a.md": `# A\n\n${table(80)}`, "b.md": `# B\n\n${table(85)}` });
  assert.deepEqual(
    other.checks.map(({ id }) => id),
    ["cpu", "cpu-2"],
  );
  assert.deepEqual(
    other.duties.map(({ id, items }) => [id, items[0]!.checks]),
    [
      [other.duties[0]!.id, ["cpu"]],
      [`${other.duties[0]!.id}-2`, ["cpu-2"]],
    ],
  );
});

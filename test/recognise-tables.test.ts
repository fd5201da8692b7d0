// Tables whose headers could mean two things.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyConfig } from "../src/book/config/empty.ts";
import { makePage } from "../src/book/compile/page.ts";
import { tables } from "../src/book/recognise/tables.ts";
import type { Found } from "../src/book/recognise/recogniser.ts";

const read = (heading: string, header: string, ...rows: readonly string[]): Found => {
  const lines = [
    `# A`,
    "",
    `## ${heading}`,
    "",
    header,
    `|${"---|".repeat(header.split("|").length - 2)}`,
    ...rows,
    "",
  ];
  return tables.run(makePage("a.md", lines.join("\n"), emptyConfig));
};

test("the level of a fault is no fault: a table of levels with times is one of severities", () => {
  for (const header of ["| 故障级别 | 定义 | 响应时限 | 处理时限 |", "| 故障等级 | 故障现象 | 响应时间 | 处理时间 |"]) {
    const found = read(
      "故障分级",
      header,
      "| 一级 | 全部不可用 | 5分钟 | 2小时 |",
      "| 二级 | 部分不可用 | 15分钟 | 4小时 |",
    );
    assert.deepEqual(
      found.severities?.map(({ id, definition, respond, resolve }) => [id, definition, respond, resolve]),
      [
        ["一级", "全部不可用", 300, 7_200],
        ["二级", "部分不可用", 900, 14_400],
      ],
      header,
    );
    assert.deepEqual(found.findings ?? [], [], header);
  }
  const faults = read("常见故障", "| 故障 | 原因 | 处理 |", "| 502 | 后端没有启动 | 重启后端 |");
  assert.deepEqual(
    faults.tables?.map(({ kind }) => kind),
    ["symptoms"],
  );
});

test("of several times behind the response the one that ends the disturbance counts, wherever its column stands", () => {
  const resolve = (header: string, row: string) =>
    read("Incident severity", header, row).severities?.map((each) => each.resolve);
  assert.deepEqual(
    resolve("| Severity | Response | Mitigation | Resolution |", "| P1 | 15 min | 1 h | 4 h |"),
    [14_400],
  );
  assert.deepEqual(resolve("| 级别 | 响应时间 | 处理时间 | 恢复时间 |", "| P1 | 5分钟 | 30分钟 | 2小时 |"), [7_200]);
  assert.deepEqual(resolve("| 级别 | 恢复时间 | 解决时间 | 响应时间 |", "| P1 | 2小时 | 2天 | 5分钟 |"), [172_800]);
  // What is done is no time, and with one column of times nothing is chosen.
  assert.deepEqual(resolve("| 级别 | 响应时间 | 处理时间 | 解决方案 |", "| P1 | 5分钟 | 30分钟 | 通知厂商 |"), [1_800]);
  assert.deepEqual(resolve("| Severity | Response | Mitigation |", "| P1 | 15 min | 1 h |"), [3_600]);
});

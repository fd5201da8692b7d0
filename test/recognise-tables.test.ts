// Tables whose headers could mean two things, and work that is stated in a form that is not read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyConfig } from "../src/book/config/empty.ts";
import { makePage } from "../src/book/compile/page.ts";
import { duties } from "../src/book/recognise/duties.ts";
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

test("work that is stated in a form that is not read is a note: typed numbers and boxes, tables of checks and of frequencies", () => {
  const notes = (heading: string, body: string) =>
    (duties.run(makePage("a.md", `# A\n\n## ${heading}\n\n${body}`, emptyConfig)).findings ?? []).map(
      ({ code, level, source, args }) => [code, level, source.line, args["first"]],
    );
  const checks = "| 检查项 | 检查方法 | 标准 |\n|---|---|---|\n| 服务 | systemctl status | active |\n";
  for (const items of [
    ["1、检查服务", "2、检查磁盘"],
    ["1．检查服务", "2．检查磁盘"],
    ["（1）检查服务", "（2）检查磁盘"],
    ["☐ 检查服务", "☐ 检查磁盘"],
  ])
    assert.deepEqual(notes("每日巡检", `${items.join("\n")}\n`), [["WB212", "note", 5, items[0]]]);
  assert.deepEqual(notes("每日巡检", checks), [["WB212", "note", 5, "服务"]]);
  for (const [header, row, first] of [
    ["| Task | Frequency | Owner |", "| Look at the disks | daily | ops |", "Look at the disks"],
    ["| 工作项 | 频率 | 负责人 |", "| 看磁盘 | 每日 | 张三 |", "看磁盘"],
  ] as const)
    assert.deepEqual(notes("Operations", `${header}\n|---|---|---|\n${row}\n`), [["WB212", "note", 5, first]]);
  // Read already, no work, no frequency, or a table of another kind.
  assert.deepEqual(notes("每日巡检", `- [ ] 检查服务\n\n${checks}`), []);
  assert.deepEqual(notes("安装说明", "1、安装\n2、启动\n"), []);
  assert.deepEqual(notes("巡检", checks), []);
  assert.deepEqual(notes("Jobs", "| Job | Schedule |\n|---|---|\n| backup.sh | 0 2 * * * |\n"), []);
  assert.deepEqual(notes("每日巡检", "| 检查项 | 警告 | 严重 |\n|---|---|---|\n| CPU 使用率 | 80% | 90% |\n"), []);
});

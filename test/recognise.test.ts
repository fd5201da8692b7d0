import { test } from "node:test";
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import { emptyConfig } from "../src/book/config/empty.ts";
import { makePage } from "../src/book/compile/page.ts";
import { join } from "../src/book/recognise/found.ts";
import { recognisers } from "../src/book/recognise/index.ts";
import type { Found } from "../src/book/recognise/recogniser.ts";
import type { BookConfig } from "../src/model/config.ts";
import { sayFinding } from "../src/i18n/texts.ts";

const read = (text: string, config: BookConfig = emptyConfig): Found => {
  const page = makePage("manual.md", text, config);
  return join(recognisers.map((recogniser) => recogniser.run(page)));
};
const codes = (found: Found): readonly string[] => (found.findings ?? []).map((finding) => finding.code);

test("threshold rows keep limits and side, zh and en [S-019 S-020 S-021 S-022 S-023 S-024]", () => {
  for (const [header, names] of [
    [
      "| 指标 | 正常范围 | 警告阈值 | 严重阈值 |",
      ["CPU 使用率", "内存使用率", "磁盘使用率", "连接数", "消息延迟", "错误率"],
    ],
    [
      "| Metric | Normal | Warning | Critical |",
      ["CPU usage", "Memory usage", "Disk usage", "Connections", "Message latency", "Error rate"],
    ],
  ] as const) {
    const cells = [
      "< 50% | 70% | 90%",
      "< 70% | 80% | 95%",
      "< 70% | 80% | 90%",
      "< 250 | 280 | 300",
      "< 100ms | 500ms | 1000ms",
      "< 0.1% | 1% | 5%",
    ];
    const rows = cells.map((each, index) => `| ${names[index]} | ${each} |`).join("\n");
    const found = read(`# Node\n\n${header}\n|---|---|---|---|\n${rows}\n`);
    const limits = found.thresholds?.map(({ normal, warn, critical, unit, bad }) => [
      normal,
      warn,
      critical,
      unit,
      bad,
    ]);
    assert.deepEqual(limits, [
      [50, 70, 90, "%", "above"],
      [70, 80, 95, "%", "above"],
      [70, 80, 90, "%", "above"],
      [250, 280, 300, "", "above"],
      [100, 500, 1000, "ms", "above"],
      [0.1, 1, 5, "%", "above"],
    ]);
    assert.deepEqual(
      found.thresholds?.map(({ state }) => state),
      ["recognised", "recognised", "recognised", "ambiguous", "ambiguous", "ambiguous"],
    );
    assert.deepEqual(codes(found), ["WB223", "WB220", "WB220"]);
  }
});

test("a column of durations says how long a limit must be passed, and what cannot be read holds its row", () => {
  const row = (header: string, cells: string, below = "") => {
    const found = read(`# A\n\n${header}\n|${"---|".repeat(header.split("|").length - 2)}\n${cells}\n${below}`);
    return [found.thresholds?.map(({ hold }) => hold), ...codes(found)];
  };
  const header = "| Metric | Warning | Critical | Duration |";
  assert.deepEqual(row(header, "| CPU usage | 80% | 90% | 5m |"), [[300]]);
  assert.deepEqual(row("| 指标 | 警告 | 严重 | 持续时间（分钟） |", "| CPU使用率 | 80% | 90% | 5 |"), [[300]]);
  assert.deepEqual(row("| Metric | For | Warning | Critical |", "| CPU usage | 5 min | 80% | 90% |"), [[300]]);
  assert.deepEqual(row(header, "| CPU usage | 80% | 90% | - |"), [[undefined]]);
  assert.deepEqual(row(header, "| CPU usage | 80% for 2m | 90% | 5m |"), [undefined, "WB219"]);
  assert.deepEqual(row(header, "| CPU usage | 80% | 90% | 5 |"), [undefined, "WB216"]);
  const several = "| CPU usage | 80% | 90% | 3 in a row |";
  assert.deepEqual(row(header, several), [undefined, "WB221"]);
  assert.deepEqual(row(header, several, '\n<!-- watchbook: row="CPU usage" for=5m -->\n'), [[300]]);
  const levels = "| Metric | Threshold | Duration | Level |";
  assert.deepEqual(row(levels, "| CPU usage | > 80% | 5m | warning |\n| CPU usage | > 90% | 1m | critical |"), [
    undefined,
    "WB219",
  ]);
  // A metric that is a duration has no column of durations.
  assert.deepEqual(row("| Query duration | Warning for production | Critical |", "| orders | 500 ms | 900 ms |"), [
    [undefined],
    "WB220",
  ]);
});

test("a check of watchbook.yaml with the metric's words makes its row declared", () => {
  const check = {
    id: "conn",
    kind: "connections",
    params: { port: 4001 },
    metric: "连接数",
    items: [],
    source: { file: "watchbook.yaml", line: 1 },
  };
  const found = read("| 指标 | 警告 | 严重 |\n|---|---|---|\n| 连接数 | 280 | 300 |\n", {
    ...emptyConfig,
    checks: [check],
  });
  assert.equal(found.thresholds?.[0]?.state, "declared");
  assert.deepEqual(codes(found), []);
});

test("backup rows: creation, change, day and stream with their retention [S-044 S-045 S-046 S-047]", () => {
  const found = read(
    "# 备份\n\n| 数据 | 频率 | 保留 | 存储位置 |\n|---|---|---|---|\n| 密钥 | 创建时 | 永久 | 保险柜 |\n| 配置 | 变更时 | 10 份 | git |\n| 数据 | 每日 | 7 天 | 本地 + 远程 |\n| 日志 | 实时 | 30 天 | 集中日志 |\n",
  );
  assert.deepEqual(
    found.backups?.map(({ every, retention, locations }) => [every, retention, locations.length]),
    [
      ["on-create", { kind: "forever" }, 1],
      ["on-change", { kind: "copies", copies: 10 }, 1],
      ["daily", { kind: "age", days: 7 }, 2],
      ["stream", { kind: "age", days: 30 }, 1],
    ],
  );
});

test("backups as a list: full daily, incremental hourly, binary log as a stream [H-067 H-068 H-069]", () => {
  const found = read(
    "## 备份策略\n\n### 数据库备份\n\n- 全量（每日）\n- 增量（每小时）\n- 二进制日志（实时）\n- 验证\n",
  );
  assert.deepEqual(
    found.backups?.map(({ data, every }) => [data, every]),
    [
      ["全量", "daily"],
      ["增量", "hourly"],
      ["二进制日志", "stream"],
    ],
  );
});

test("priorities with response and resolution times, as incidents [S-057]", () => {
  const found = read(
    "### 故障分级\n\n| 级别 | 定义 | 响应时间 | 解决时间 |\n|---|---|---|---|\n| P0 | 全停 | 15 分钟 | 2 小时 |\n| P3 | 轻微 | 1 天 | 1 周 |\n",
  );
  assert.deepEqual(
    found.severities?.map(({ id, respond, resolve, scale }) => [id, respond, resolve, scale]),
    [
      ["P0", 900, 7200, "incident"],
      ["P3", 86_400, 604_800, "incident"],
    ],
  );
});

test("alert levels as a list, their channels, and example rules that stay candidates [K-047 K-048]", () => {
  const found = read(
    "- **告警分级**:\n    - **P1 (紧急)**: 立即处理，电话通知值班。\n        - 规则示例: 接口错误率 > 5% 持续5分钟；主库宕机。\n    - **P2 (警告)**: 发送到 Slack。\n- **通知渠道**: PagerDuty (P1), Slack (P2)。\n",
  );
  assert.deepEqual(
    found.severities?.map(({ id, scale, channels }) => [id, scale, channels]),
    [
      ["P1", "alert", ["phone", "pagerduty"]],
      ["P2", "alert", ["slack"]],
    ],
  );
  const [first, second] = found.rules ?? [];
  assert.deepEqual(
    [first?.severity, first?.comparison, first?.value, first?.unit, first?.hold],
    ["P1", ">", 5, "%", 300],
  );
  assert.equal(second?.subject, "主库宕机");
  assert.ok(found.rules?.every((rule) => rule.state === "candidate"));
});

test("a rule with an annotation of its own words is declared", () => {
  const found = read(
    '## Alert rules\n\n- Rules: error rate > 5% for 5 minutes; primary down\n\n<!-- watchbook: item="error rate > 5% for 5 minutes" probe=promql query="rate(e)" -->\n',
  );
  assert.deepEqual(
    found.rules?.map(({ state }) => state),
    ["declared", "candidate"],
  );
  assert.deepEqual(codes(found), ["WB227"]);
});

test("alert levels in brackets and alert channels of a list [H-055 H-056]", () => {
  const found = read(
    "### 告警通道\n\n- 电子邮件\n- Slack/Teams\n- 微信/钉钉\n\n### 告警策略\n\n- 告警级别定义（严重、警告、信息）\n",
  );
  assert.deepEqual(
    found.channels?.map(({ kind }) => kind),
    ["email", "slack", "teams", "wechat", "dingtalk"],
  );
  assert.deepEqual(
    found.severities?.map(({ id, scale }) => `${id} ${scale}`),
    ["严重 alert", "警告 alert", "信息 alert"],
  );
});

test("four environments with their definitions, in the order of promotion [H-008 M-012]", () => {
  const found = read(
    "### 环境分层\n\n- **生产环境（Production）**：\n  - 用途：业务\n- **开发环境（Development）**：\n  - 用途：开发\n- **测试环境（Testing）**：\n  - 用途：测试\n- **预生产环境（Staging）**：\n  - 用途：验证\n",
  );
  assert.deepEqual(
    found.environments?.map(({ id, order, definition }) => [id, order, definition]),
    [
      ["dev", 0, "用途：开发"],
      ["test", 1, "用途：测试"],
      ["staging", 2, "用途：验证"],
      ["prod", 3, "用途：业务"],
    ],
  );
});

test("an inspection's items and report name; commands beside them are not paired [M-026]", () => {
  const found = read(
    "### 日巡检（每天 1 次）\n\n**文件模板**：\n\n``reports/daily-YYYYMMDD.md``\n\n**巡检步骤**：\n\n1. 磁盘\n2. 日志\n\n```\ndf -h\ndocker logs web\n```\n",
  );
  const [duty] = found.duties ?? [];
  assert.deepEqual(
    [duty?.kind, duty?.every, duty?.report, duty?.items.length],
    ["inspection", "daily", "reports/daily-YYYYMMDD.md", 2],
  );
  assert.ok(duty?.items.every((item) => item.checks.length === 0));
  assert.ok(codes(found).includes("WB213"));
});

test("a heading that names an occasion takes no frequency from above", () => {
  const due = (...headings: readonly string[]) => {
    const text = headings.map((heading, index) => `${"#".repeat(index + 2)} ${heading}\n\n`).join("");
    const found = read(`# Ops\n\n${text}- [ ] Look\n`);
    return [found.duties?.[0]?.every, ...codes(found)];
  };
  assert.deepEqual(due("Weekly tasks", "After deployment"), [undefined, "WB210"]);
  assert.deepEqual(due("Weekly tasks", "After deployment", "Servers"), [undefined, "WB210"]);
  assert.deepEqual(due("Weekly tasks", "Every second Tuesday"), [undefined, "WB211"]);
  assert.deepEqual(due("每周工作", "大促前"), [undefined, "WB210"]);
  assert.deepEqual(due("每周工作", "故障后"), [undefined, "WB210"]);
  assert.deepEqual(due("Daily checks", "09:00 and 17:00"), [undefined, "WB210"]);
  assert.deepEqual(due("After deployment", "Daily checks", "Servers"), ["daily"]);
  assert.deepEqual(due("每日工作", "收盘后"), ["daily"]);
  assert.deepEqual(due("Weekly tasks", "On the database host"), ["weekly"]);
});

test("a backup whose frequency is none of ours has none, in tables and lists", () => {
  const table = read(
    "# A\n\n## Backups\n\n| Data | Frequency | Retention |\n|---|---|---|\n| a | twice daily | 7 days |\n",
  );
  const list = read("# A\n\n## 备份\n\n- 订单库：每日（除周日），保留 7 天\n");
  for (const found of [table, list])
    assert.deepEqual([found.backups?.map(({ every }) => every), ...codes(found)], [[undefined], "WB230"]);
});

test("backup tables: how long is never how often, and a strategy says how often where no column does", () => {
  const policy = (header: string, row: string) => {
    const found = read(`# A\n\n## 备份策略\n\n${header}\n|${"---|".repeat(header.split("|").length - 2)}\n${row}\n`);
    return [...(found.backups ?? []).map(({ data, every, retention }) => [data, every, retention]), ...codes(found)];
  };
  const kept = { kind: "age", days: 30 };
  for (const [header, row] of [
    ["| 备份对象 | 备份方式 | 保留周期 | 存储位置 |", "| 订单库 | 每日全量 | 30天 | OSS |"],
    ["| 数据 | 保留周期 | 备份周期 |", "| 订单库 | 30天 | 每日 |"],
    ["| 备份方式 | 备份对象 | 频率 | 保留时间 |", "| mysqldump | 订单库 | 每日 | 30天 |"],
  ] as const)
    assert.equal(
      JSON.stringify(policy(header, row).map((each) => (each as readonly unknown[]).slice(1))),
      JSON.stringify([["daily", kept]]),
      header,
    );
  assert.deepEqual(policy("| Data | Strategy | Retention |", "| db | daily full | 30 days |"), [["db", "daily", kept]]);
  // A strategy that says nothing of a frequency makes no policy of the table.
  assert.deepEqual(policy("| Data | Method | Retention |", "| db | mysqldump | 30 days |"), []);
});

test("a backup policy written field by field is one policy, in lists and paragraphs", () => {
  const policies = (heading: string, body: string) => {
    const found = read(`# A\n\n## ${heading}\n\n${body}`);
    return [
      ...(found.backups ?? []).map(({ data, every, retention, locations }) => [
        data,
        every,
        retention,
        locations.length,
      ]),
      ...codes(found),
    ];
  };
  const kept = { kind: "age", days: 30 };
  assert.deepEqual(policies("备份策略", "- 备份频率：每日一次\n- 保留时间：30 天\n- 存储位置：OSS\n"), [
    ["备份策略", "daily", kept, 1],
  ]);
  assert.deepEqual(policies("备份策略", "**备份内容**：订单库\n\n**备份周期**：每日\n\n**保留时间**：30 天\n"), [
    ["订单库", "daily", kept, 0],
  ]);
  assert.deepEqual(policies("Backups", "- Frequency: daily\n- Retention: 30 days\n- Location: S3\n"), [
    ["Backups", "daily", kept, 1],
  ]);
  assert.deepEqual(
    policies(
      "Backups",
      "- Orders:\n  - Schedule: daily\n  - Retention: 30 days\n- Users:\n  - Schedule: weekly\n  - Retention: 30 days\n",
    ),
    [
      ["Orders", "daily", kept, 0],
      ["Users", "weekly", kept, 0],
    ],
  );
  assert.deepEqual(policies("Backups", "- Frequency: twice daily\n- Retention: long enough\n"), [
    ["Backups", undefined, { kind: "unknown" }, 0],
    "WB230",
    "WB231",
  ]);
  // Sets of these names, and the drill of a restore.
  assert.equal(policies("Backups", "- Database: daily, keep 30 days\n- Storage: weekly, keep 30 days\n").length, 2);
  assert.deepEqual(policies("Restore drills of backups", "- Frequency: monthly\n- Location: staging\n"), []);
});

test("reading order, prohibitions and gates of the first day [M-010 M-040 M-041]", () => {
  const found = read(
    "## 1. 必须先看哪些文件\n\n### 1.1 架构\n\n``docs/a.md``\n\n### 1.2 账号\n\n``docs/b.md``\n\n``docs/c.md``\n\n**禁止事项**：\n\n- 不要用 `sudo su -`\n\n## 2. 原则\n\n- 任何变更先去 Staging\n- Prod 只允许复制已验证配置\n",
  );
  assert.deepEqual(
    found.readingOrder?.map(({ position, files }) => [position, files.length]),
    [
      [1, 1],
      [2, 2],
    ],
  );
  assert.deepEqual(
    found.prohibitions?.map(({ commands }) => commands),
    [["sudo su -"]],
  );
  assert.deepEqual(
    found.gates?.map(({ kind, state }) => `${kind} ${state}`),
    ["staging-first proposed", "copy-verified proposed"],
  );
  const enabled = read("Every change goes to staging first.", { ...emptyConfig, gates: ["staging-first"] });
  assert.deepEqual(
    enabled.gates?.map(({ state }) => state),
    ["declared"],
  );
  assert.deepEqual(codes(enabled), []);
});

test("records at the end of a manual: logs, symptoms, contacts, history [S-035 M-003 M-048 M-049 M-050 S-090 S-091]", () => {
  const found = read(
    "## 日志\n\n| 日志类型 | 位置 | 保留时间 |\n|---|---|---|\n| 应用 | /var/log/app/ | 30 天 |\n\n## 常见问题\n\n|现象|先看哪里|\n|---|---|\n|502|nginx logs|\n|无法登录|app logs|\n|上传失败|ACL|\n\n## 联系\n\n| 角色 | 联系方式 | 职责 |\n|---|---|---|\n| 运维 | ops@example.com | 日常 |\n\n## 变更历史\n\n| 版本 | 日期 | 作者 | 变更描述 |\n|---|---|---|---|\n| 1.0 | 2026-02-22 | Ops | 初始 |\n",
  );
  assert.deepEqual(
    found.logs?.map(({ retention }) => retention),
    [{ kind: "age", days: 30 }],
  );
  assert.deepEqual(
    found.symptoms?.map(({ look }) => look),
    ["nginx logs", "app logs", "ACL"],
  );
  assert.deepEqual(
    found.contacts?.map(({ duty }) => duty),
    ["日常"],
  );
  assert.deepEqual(
    found.history?.map(({ version }) => version),
    ["1.0"],
  );
});

test("deliverables are groups with their items [H-101]", () => {
  const found = read("## 交付物\n\n1. **脚本**：\n   - 备份脚本\n   - 巡检脚本\n2. **文档**：\n   - 手册\n");
  assert.deepEqual(
    found.deliverables?.map(({ title, items }) => [title, items.length]),
    [
      ["脚本", 2],
      ["文档", 1],
    ],
  );
});

test("reports and templates state no rules", () => {
  const table = "| 指标 | 警告 | 严重 |\n|---|---|---|\n| CPU 使用率 | 70% | 90% |\n";
  for (const title of ["巡检报告", "Inspection template"])
    assert.equal(read(`# ${title}\n\n${table}`).thresholds, undefined);
});

test("every finding of the recognisers has its sentence and its fix in both languages", () => {
  const used = new Set<string>();
  for (const file of globSync("src/book/recognise/{*,table/*}.ts", { cwd: `${import.meta.dirname}/..` }))
    for (const [code] of readFileSync(`${import.meta.dirname}/../${file}`, "utf8").matchAll(/WB2[0-4]\d/g))
      used.add(code);
  assert.ok(used.size > 20);
  for (const code of used) {
    const finding = { code: code as `WB${number}`, args: {} };
    const [en, zh] = [sayFinding(finding, "en"), sayFinding(finding, "zh")];
    const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
    assert.deepEqual(names(en.say + en.fix), names(zh.say + zh.fix), code);
    assert.ok(/\p{Script=Han}/u.test(zh.say + zh.fix), code);
  }
});

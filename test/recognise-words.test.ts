import { test } from "node:test";
import { strict as assert } from "node:assert";
import { channelKind, sentTo } from "../src/book/words/channels.ts";
import { readDuration } from "../src/book/words/duration.ts";
import { environmentPhrases, environmentWord, joinedEnvironments } from "../src/book/words/environments.ts";
import { isOccasion } from "../src/book/words/events.ts";
import { readEvery, readTimeOfDay } from "../src/book/words/every.ts";
import { fold, unnumbered, words } from "../src/book/words/matcher.ts";
import { objectiveName, readObjective, statedObjectives } from "../src/book/words/objectives.ts";
import { readPattern } from "../src/book/words/patterns.ts";
import { probeOf } from "../src/book/words/probes.ts";
import { readQuantity, unitIn } from "../src/book/words/quantity.ts";
import { readRetention } from "../src/book/words/retention.ts";
import { severityName, severityNames } from "../src/book/words/severities.ts";

test("Latin words are found at word boundaries, Chinese ones anywhere, full-width forms like half-width ones", () => {
  const date = words(["date", "日期"]);
  for (const text of ["date", "Date", "ＤＡＴＥ", "release date", "dates", "生效日期"])
    assert.ok(date.in(fold(text)), text);
  for (const text of ["UPDATE", "dateline", "up_date", "candidate", "日志"]) assert.ok(!date.in(fold(text)), text);
  const env = words(["环境", "environment"], ["环境变量", "environment variable"]);
  assert.ok(!env.in(fold("环境变量")) && !env.in(fold("Environment variables")) && env.in(fold("环境与环境变量")));
});

test("section numbers are no part of a title", () => {
  const titles = {
    "2.1 每日检查": "每日检查",
    "第三章 备份": "备份",
    "三、备份": "备份",
    "（二）日志": "日志",
    "1) Logs": "Logs",
  };
  for (const [title, bare] of Object.entries(titles)) assert.equal(unnumbered(title), bare);
  for (const title of ["502 errors", "2026 年计划", "每日检查", "24 小时值班"]) assert.equal(unnumbered(title), title);
});

const seconds = (text: string): number | undefined => {
  const read = readDuration(text);
  return read.kind === "value" ? read.seconds : undefined;
};

test("durations of both languages are seconds", () => {
  const known: Readonly<Record<string, number>> = {
    ...{
      "15 分钟": 900,
      "2小时": 7200,
      "1 天": 86_400,
      "1 周": 604_800,
      半小时: 1800,
      两天: 172_800,
      "３０ 分钟": 1800,
    },
    ...{
      "15 min": 900,
      "4h": 14_400,
      "1 day": 86_400,
      "1h 30m": 5400,
      "an hour": 3600,
      "2 weeks": 1_209_600,
      "500 ms": 0.5,
    },
    ...{ "≤ 15 分钟": 900, "within 30 minutes": 1800, "30 分钟内响应": 1800, "15 min (24x7)": 900, "10 秒": 10 },
  };
  for (const [text, value] of Object.entries(known)) assert.equal(seconds(text), value, text);
});

test("ranges, working days and words are no durations", () => {
  const unclear = [
    "15-30 分钟",
    "1 个工作日",
    "next business day",
    "立即",
    "asap",
    "200 OK",
    "4",
    "1.29",
    "2 h or 3 h",
    "24x7",
    "30 分钟（工作时间）",
  ];
  for (const text of unclear) assert.equal(readDuration(text).kind, "unclear", text);
  for (const text of ["", "-", "—", "N/A", "无"]) assert.equal(readDuration(text).kind, "none", text);
  assert.equal(readDuration("1".repeat(100_000)).kind, "unclear");
});

test("comparisons keep whether the limit itself is allowed", () => {
  const signs = {
    "< 1 小时": "<",
    "不超过 1 小时": "<=",
    "less than 1 h": "<",
    "at most 1 h": "<=",
    "1 小时内": "<=",
    "至少 1 小时": ">=",
    "> 1h": ">",
  };
  for (const [text, sign] of Object.entries(signs)) {
    const read = readDuration(text);
    assert.equal(read.kind === "value" && read.comparison, sign, text);
  }
});

test("quantities keep number, unit, range and how long they must hold", () => {
  assert.deepEqual(readQuantity("< 0.1%"), { kind: "value", value: 0.1, unit: "%", comparison: "<" });
  assert.deepEqual(readQuantity("＞ 80％ 持续 5 分钟"), {
    kind: "value",
    value: 80,
    unit: "%",
    comparison: ">",
    hold: 300,
  });
  assert.deepEqual(readQuantity("70 - 90%"), { kind: "value", value: 70, high: 90, unit: "%" });
  assert.deepEqual(readQuantity("1,000 req/s"), { kind: "value", value: 1000, unit: "req/s" });
  assert.deepEqual(readQuantity("2 GB"), { kind: "value", value: 2, unit: "GB" });
  assert.deepEqual(readQuantity("3万"), { kind: "value", value: 30_000, unit: "" });
  assert.deepEqual(readQuantity("80%以上"), { kind: "value", value: 80, unit: "%", comparison: ">=" });
  for (const text of ["ok", "80% / 90%", "v1.2", "10/20", "about 5", "1 of 3", "70%-2 GB"])
    assert.equal(readQuantity(text).kind, "unclear", text);
  assert.equal(unitIn("警告阈值（%）"), "%");
  assert.equal(unitIn("Limit (soft)"), undefined);
});

test("how often: calendar words, events, and forms that are never rounded", () => {
  const every = (text: string) => {
    const read = readEvery(text);
    return read.kind === "one" ? read.every : read.kind;
  };
  const known = {
    ...{
      每日检查清单: "daily",
      "日巡检（每天 1 次）": "daily",
      每周一: "weekly",
      每月: "monthly",
      每季度一次: "quarterly",
      年度演练: "yearly",
    },
    ...{
      每小时: "hourly",
      升级前检查: "pre-upgrade",
      上线前: "pre-release",
      变更时: "on-change",
      创建时: "on-create",
      实时: "stream",
    },
    ...{
      "Daily checks": "daily",
      "once a week": "weekly",
      "Every 3 months": "quarterly",
      "Pre-upgrade": "pre-upgrade",
      "before each release": "pre-release",
    },
    ...{ 日常运维任务: "none", "release notes": "none", 生日: "none", updates: "none", "day one": "none" },
    ...{
      每6小时: "unclear",
      每两周: "unclear",
      "bi-weekly": "unclear",
      "twice a day": "unclear",
      "Daily / weekly": "unclear",
      每天2次: "unclear",
    },
    ...Object.fromEntries(
      [
        "每天早晚各一次",
        "Twice daily",
        "Backup twice-daily",
        "每日巡检（9:00、15:00、21:00）",
        "Daily checks at 09:00 and 17:00",
      ]
        .concat([
          "Daily, 9 am and 5 pm",
          "Daily checks (each shift)",
          "每班巡检",
          "Daily checks (Mon-Fri)",
          "每日（周一至周五）",
        ])
        .concat(["每日（除周日）", "daily except Sunday", "每日（工作日）", "Every second Tuesday", "every third day"])
        .map((text) => [text, "unclear"]),
    ),
    ...Object.fromEntries(
      [
        "每日巡检（09:30）",
        "Daily checks (09:00-10:00)",
        "每天 2:00 至 4:00",
        "每日（周一至周日）",
        "daily at 9 am",
        "Daily shift report",
      ].map((text) => [text, "daily"]),
    ),
  };
  for (const [text, value] of Object.entries(known)) assert.equal(every(text), value, text);
  assert.equal(readTimeOfDay("每日巡检（9:30）"), "09:30");
  assert.equal(readTimeOfDay("09:00 and 21:00"), undefined);
  assert.equal(readTimeOfDay("version 1:30:22"), undefined);
});

test("headings of occasions, and headings that only begin or end like one", () => {
  const occasions = [
    "After deployment",
    "Before each upgrade",
    "When a node fails",
    "On release",
    "Every deployment",
    "In case of fire",
  ];
  for (const text of [...occasions, "Post-deployment checks", "大促前", "故障后", "2.1 发布后检查：", "变更期间"])
    assert.equal(isOccasion(text), true, text);
  const places = [
    "On the database host",
    "On-call",
    "Every node",
    "Aftermath",
    "前端检查",
    "后台检查",
    "临时检查",
    "当前任务",
  ];
  for (const text of [
    ...places,
    "Before market open",
    "After the shift",
    "开盘前",
    "收盘后检查",
    "交接班时",
    "Servers",
  ])
    assert.equal(isOccasion(text), false, text);
});

test("retention: forever, copies, age; two rules in one cell are none", () => {
  const kept = (text: string) => {
    const read = readRetention(text);
    return read.kind === "read" ? read.retention : read.kind;
  };
  for (const text of ["永久", "forever", "Keep all"]) assert.deepEqual(kept(text), { kind: "forever" });
  for (const text of ["10 份", "last 10 versions", "最近 10 个版本"])
    assert.deepEqual(kept(text), { kind: "copies", copies: 10 });
  for (const text of ["7 天", "7 days", "1 week", "7d", "保留 7 天"])
    assert.deepEqual(kept(text), { kind: "age", days: 7 });
  for (const text of ["7 天 + 30 天", "as needed", "keep 7"]) assert.equal(kept(text), "unclear", text);
  assert.equal(kept(""), "none");
});

test("names of levels, and lists of them", () => {
  assert.deepEqual(severityName("P1 (紧急)"), { id: "P1", gloss: "紧急", code: true });
  assert.deepEqual(severityName("Sev 2"), { id: "Sev 2", gloss: "", code: true });
  assert.equal(severityName("严重")?.id, "严重");
  for (const text of [
    "P1 is what we call it when it breaks",
    "highway",
    "POST",
    "S3 bucket policy for logs",
    "高可用",
    "信息安全团队",
  ])
    assert.equal(severityName(text), undefined, text);
  assert.deepEqual(severityNames("告警级别定义（严重、警告、信息）"), ["严重", "警告", "信息"]);
  assert.deepEqual(severityNames("Levels: critical, warning and info"), ["critical", "warning", "info"]);
  for (const text of ["级别（见附录）", "levels: high, width", "级别（严重）"])
    assert.deepEqual(severityNames(text), [], text);
});

test("channels by name, and where a definition sends to", () => {
  const kinds = {
    企业微信: "wecom",
    微信: "wechat",
    "Slack #alerts": "slack",
    电子邮件: "email",
    钉钉群: "dingtalk",
    PagerDuty: "pagerduty",
  };
  for (const [name, kind] of Object.entries(kinds)) assert.equal(channelKind(name), kind, name);
  for (const name of ["slacker", "邮件服务器宕机", "loudspeaker"]) assert.equal(channelKind(name), undefined, name);
  assert.deepEqual(sentTo("立即处理，电话或短信通知值班人"), ["sms", "phone"]);
  assert.deepEqual(sentTo("发送到 Slack 频道，无需电话通知"), ["slack"]);
});

test("environment words; the word in brackets decides", () => {
  const ids = {
    生产环境: "prod",
    "测试环境（QA）": "qa",
    "测试 (QA) 环境": "qa",
    "预生产环境（Staging）": "staging",
    pre_prod: undefined,
    Production: "prod",
    "live stream": undefined,
  };
  for (const [name, id] of Object.entries(ids)) assert.equal(environmentWord(name)?.id, id, name);
  assert.deepEqual(joinedEnvironments("what Sandbox / Staging / Prod are"), [["Sandbox", "Staging", "Prod"]]);
  assert.deepEqual(joinedEnvironments("/dev/test and test/staging-data"), []);
  assert.deepEqual(environmentPhrases("部署到测试 (QA) 环境，再到生产环境"), ["测试 (QA) 环境", "生产环境"]);
});

test("objectives: names, limits, and sentences that state a result instead [K-077 K-078]", () => {
  assert.equal(objectiveName("RPO (恢复点目标)"), "rpo");
  assert.equal(objectiveName("RTO / RPO"), undefined);
  assert.equal(objectiveName("reports"), undefined);
  assert.deepEqual(readObjective("< 15分钟。"), { comparison: "<", value: 900, unit: "seconds" });
  assert.deepEqual(readObjective("0 events"), { comparison: "<=", value: 0, unit: "events" });
  assert.deepEqual(readObjective("100 rows"), { comparison: "<=", value: 100, unit: "rows" });
  for (const cell of ["best effort", "> 1 h", "99.9%", "", "tbd"]) assert.equal(readObjective(cell), undefined, cell);
  const stated = (text: string) =>
    statedObjectives(text).map(({ name, comparison, value }) => `${name} ${comparison} ${value}`);
  assert.deepEqual(stated("RPO（恢复点目标）：< 15 分钟，RTO（恢复时间目标）：< 1 小时"), ["rpo < 900", "rto < 3600"]);
  assert.deepEqual(stated("an RTO of 4 hours and an RPO of 15 min"), ["rto <= 14400", "rpo <= 900"]);
  for (const text of [
    "实际 RTO: 25 分钟",
    "the measured RTO was 40 s",
    "RTO and RPO are defined",
    "RTO 10",
    "torto 5 min",
    "RTO > 1 h",
  ])
    assert.deepEqual(stated(text), [], text);
});

test("name patterns take the names they are meant for and no others [M-042 M-043]", () => {
  const pattern = readPattern("5-reports/change-YYYYMMDD-XX-<topic>.md");
  assert.equal(pattern?.directory, "5-reports");
  const regex = new RegExp(pattern?.regex ?? "", "u");
  assert.match("change-20260120-01-staging-verify.md", regex);
  for (const name of [
    "change-2026-01-20-1-x.md",
    "change-20260120-01-.md",
    "change-20260120-1-x.md",
    "xchange-20260120-01-x.md",
  ])
    assert.doesNotMatch(name, regex);
  for (const text of ["config/<env>.yaml", "YYYY-MM-DD", "XX", "<topic>", "date +%Y%m%d", "https://x.example/YYYY"])
    assert.equal(readPattern(text), undefined, text);
});

test("a probe is known by the metric's own words and unit, or not at all", () => {
  assert.deepEqual(probeOf("CPU 使用率", "%"), { kind: "cpu", alone: true });
  assert.deepEqual(probeOf("Disk space used", "%"), { kind: "disk", alone: true });
  assert.deepEqual(probeOf("连接数", ""), { kind: "connections", alone: false });
  for (const [metric, unit] of [
    ["CPU 温度", "℃"],
    ["CPU usage", "cores"],
    ["可用内存", "%"],
    ["Disk I/O", "%"],
    ["Node CPU usage", "%"],
    ["JVM 内存使用率", "%"],
  ] as const)
    assert.equal(probeOf(metric, unit), undefined, metric);
});

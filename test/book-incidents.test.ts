// What a book says of incidents: priorities of the manual's own table, when their clocks run, whom they tell, what lint finds.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { namedFiles } from "../src/book/read/named.ts";
import { incidentPolicyOf } from "../src/desk/incident/index.ts";
import { sayFinding } from "../src/i18n/texts.ts";
import { afterWork } from "../src/model/schedule.ts";
import { folder } from "./kit/folder.ts";

const MANUAL = `# 节点运维

## 故障等级

| 级别 | 定义 | 响应时间 | 解决时间 |
| --- | --- | --- | --- |
| P0 | 服务完全不可用 | 15 分钟 | 2 小时 |
| P1 | 核心功能受损 | 30 分钟 | 4 小时 |
| P2 | 非核心问题 | 2 小时 | 1 天 |
| P3 | 轻微问题 | 1 天 | 1 周 |
`;

async function bookOf(t: Parameters<typeof folder>[0], yaml: string) {
  const root = folder(t);
  writeFileSync(join(root, "ops.md"), MANUAL);
  writeFileSync(join(root, "watchbook.yaml"), `zone: Asia/Shanghai\n${yaml}`);
  const { book, texts } = await compileFiles(await namedFiles([root]));
  const findings = await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts });
  return { book, findings };
}

const HOUR = 3_600_000;

test("the manual's own table gives priorities and limits; a day is a day unless the book says otherwise [S-057 S-058 S-059 S-060]", async (t) => {
  const { book } = await bookOf(t, "title: Node\n");
  const { scale } = incidentPolicyOf(book);
  assert.deepEqual(
    scale.map(({ id, respondMs = 0, resolveMs = 0 }) => `${id} ${respondMs / HOUR} ${resolveMs / HOUR}`),
    ["P0 0.25 2", "P1 0.5 4", "P2 2 24", "P3 24 168"],
  );
  const worked = await bookOf(
    t,
    `calendars:
  cn: { knownUntil: 2026-12-31, holidays: [2026-10-01, 2026-10-02], workdays: [2026-10-10] }
incidents:
  clocks:
    - { priorities: [P2, P3], days: workdays, hours: "09:00-18:00", calendar: cn, day: 9h, week: 45h }
`,
  );
  const policy = incidentPolicyOf(worked.book);
  assert.deepEqual(
    policy.scale.map(({ id, respondMs = 0, resolveMs = 0 }) => `${id} ${respondMs / HOUR} ${resolveMs / HOUR}`),
    ["P0 0.25 2", "P1 0.5 4", "P2 2 9", "P3 9 45"],
  );
  const p2 = policy.scale[2]!;
  const friday = Date.parse("2026-10-09T17:00:00+08:00");
  assert.equal(afterWork(p2.schedule, friday, p2.resolveMs!), Date.parse("2026-10-10T17:00:00+08:00"));
  assert.deepEqual(policy.scale[0]?.schedule, { zone: "Asia/Shanghai" });
});

test("who is told: the chain of the priority, else its channels, else all; the room hears besides", async (t) => {
  const channels = `channels:
  pager: { kind: webhook, url: "https://example.org/p" }
  chat: { kind: webhook, url: "https://example.org/c" }
`;
  const chain = (book: Awaited<ReturnType<typeof bookOf>>["book"]) =>
    incidentPolicyOf(book).scale.map(({ chain: one }) => one.steps.map((step) => step.channels.join("+")).join(" > "));
  assert.deepEqual(chain((await bookOf(t, channels)).book)[0], "pager+chat");
  const named = await bookOf(
    t,
    `${channels}escalations:
  night: { steps: [{ channels: [chat], wait: 5m }, { channels: [pager] }] }
severities:
  P0: { escalation: night }
  P1: { channels: [pager] }
incidents: { channels: [chat] }
`,
  );
  assert.deepEqual(chain(named.book), ["chat > pager", "pager", "", ""]);
});

test("names that nothing declares, and a procedure that is not there, are findings with their line [M-046]", async (t) => {
  const { findings } = await bookOf(
    t,
    `severities:
  P0: { respond: 15m }
incidents:
  priorities: { critical: P9 }
  channels: [nowhere]
`,
  );
  const unknown = findings.filter(({ code }) => code === "WB035");
  assert.deepEqual(new Set(unknown.map(({ source }) => source.line)), new Set([5, 6]));
  const missing = await bookOf(t, "incidents: { sop: 1-docs/SOP/incident.md }\n");
  const sop = missing.findings.find(({ code }) => code === "WB826");
  assert.equal(sop?.source.line, 2);
  assert.match(sayFinding(sop, "en").say, /1-docs\/SOP\/incident\.md/);
  const there = await bookOf(t, "incidents: { sop: ops.md }\n");
  assert.ok(!there.findings.some(({ code }) => code === "WB826"));
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runbooks } from "../src/book/recognise/runbooks.ts";
import { fence, found, one } from "./books/procedures/found.ts";
import { GOLDEN } from "./books/procedures/golden.ts";
import { pageOf, summaryOf } from "./books/procedures/summary.ts";

const read = (name: string) => readFileSync(new URL(`books/procedures/${name}`, import.meta.url), "utf8");
for (const name of GOLDEN)
  test(`golden manual ${name}`, () =>
    assert.deepEqual(
      JSON.parse(JSON.stringify(summaryOf(`${name}.md`, read(`${name}.md`)))),
      JSON.parse(read(`${name}.json`)),
    ));

test("numbered comments are the steps of a restore, in order, with roles [S-055]", () => {
  const restore = one(
    `## 恢复流程\n\n${fence("# 1. 停止", "systemctl stop app", "# 2. 拷回配置", "cp a b", "# 3. 启动", "systemctl start app", "# 4. 验证", "curl -fsS http://127.0.0.1/health")}`,
  );
  assert.equal(restore.kind, "restore");
  assert.deepEqual(
    restore.steps.map((step) => [step.title, step.role, step.kind, step.risk]),
    [
      ["停止", "do", "shell", "write"],
      ["拷回配置", "do", "shell", "write"],
      ["启动", "do", "shell", "write"],
      ["验证", "verify", "shell", "read"],
    ],
  );
});

test("a literal date holds every step of its block [S-056]", () => {
  const restore = one(
    `## Restore\n\n${fence("# 1. copy", "cp /backup/20240101/a b", "# 2. start", "systemctl start app")}`,
  );
  assert.deepEqual(
    restore.steps.map((step) => step.held),
    ["fence/literal-date", "fence/literal-date"],
  );
});

test("steps of comments alone are manual and of unknown risk", () => {
  const runbook = one(
    `## 紧急恢复流程\n\n${fence("# 1. 通知值班负责人", "# 2. 重启", "systemctl restart app", "# 3. 如仍失败，回滚版本")}`,
  );
  assert.equal(runbook.kind, "emergency");
  assert.deepEqual(
    runbook.steps.map((step) => [step.kind, step.role, step.risk]),
    [
      ["manual", "do", "unknown"],
      ["shell", "do", "write"],
      ["manual", "rollback", "unknown"],
    ],
  );
});

test("an interactive command makes its step a person's", () => {
  const runbook = one(
    `## Upgrade\n\n${fence("# 1. edit", "vim /etc/app.conf", "# 2. reload", "systemctl reload app")}`,
  );
  assert.deepEqual(
    runbook.steps.map((step) => step.kind),
    ["manual", "shell"],
  );
});

test("a list and one fence behind it are never paired silently", () => {
  const runbook = one(`## 升级流程\n\n1. 停止\n2. 升级\n3. 启动\n\n${fence("systemctl restart app")}`);
  assert.deepEqual(
    runbook.steps.map((step) => step.commands.length),
    [0, 0, 0],
  );
});

test("objectives come from flags of commands, with their runbook [C-025 C-026 C-030 C-043 C-044]", () => {
  const text = [
    "## SOP",
    "",
    "### 4. WAL check",
    "",
    fence("python3 verify.py --max-rto-seconds 10 --max-rpo-events 0"),
    "### 5. Rollback check",
    "",
    fence("python3 verify.py --max-rollback-seconds 180"),
    "### 8. Failover check",
    "",
    fence("python3 verify.py --max-failover-seconds 300 --max-data-lag-events 0"),
  ].join("\n");
  const { objectives } = runbooks.run(pageOf("manual.md", text));
  assert.deepEqual(
    objectives?.map(({ name, comparison, value, unit, runbook, origin }) => [
      runbook,
      name,
      comparison,
      value,
      unit,
      origin,
    ]),
    [
      ["SOP-4", "rto", "<=", 10, "seconds", "flag"],
      ["SOP-4", "rpo", "<=", 0, "events", "flag"],
      ["SOP-5", "rollback", "<=", 180, "seconds", "flag"],
      ["SOP-8", "failover", "<=", 300, "seconds", "flag"],
      ["SOP-8", "data-lag", "<=", 0, "events", "flag"],
    ],
  );
});

test("dry run and execute are told apart by heading and flag [C-036]", () => {
  assert.equal(one(`## SOP-1 Rollout (dry-run)\n\n${fence("bash rollout.sh --env a")}`).mode, "dry-run");
  assert.equal(one(`## SOP-1 Rollout\n\n${fence("bash rollout.sh --execute --action up")}`).mode, "execute");
  assert.equal(one(`## SOP-1 Rollout\n\n${fence("bash rollout.sh --dry-run")}`).mode, "dry-run");
  assert.equal(one(`## SOP-1 Rollout\n\n${fence("bash rollout.sh")}`).mode, undefined);
});

test("planned procedures are shown without a step that could run [C-047]", () => {
  const all = found("## 扩展 SOP（可选）\n\n以下为未来目标：\n- 全量集群操作\n- 跨主机容灾\n");
  assert.deepEqual(
    all.map((runbook) => [runbook.status, runbook.steps.length]),
    [
      ["planned", 0],
      ["planned", 0],
    ],
  );
});

test("the directory that the manual names stays with the step [M-034]", () => {
  const runbook = one(
    "## 查看服务状态\n\n**目录**：\n\n`/srv/app/prod`\n\n**命令**：\n\n```\nsudo docker compose ps\n```\n",
  );
  assert.deepEqual(
    runbook.steps.map((step) => [step.cwd, step.risk]),
    [["/srv/app/prod", "read"]],
  );
});

test("ids are unique within a page", () => {
  const all = found(`## Restore\n\n${fence("ls")}\n# B\n\n## Restore\n\n${fence("ls")}`);
  assert.deepEqual(
    all.map((runbook) => [runbook.id, runbook.steps[0]?.id]),
    [
      ["restore", "restore/1"],
      ["restore-2", "restore-2/1"],
    ],
  );
});

for (const [title, body] of [
  ["Daily inspection", "1. disk\n2. certificates\n"],
  ["Architecture of the deployment", "1. proxy\n2. app\n"],
  ["Release checklist", "1. read the notes\n2. tell the users\n"],
  ["Recovery time objective", "Ten minutes.\n"],
  ["Contacts", "1. Alice\n2. Bob\n"],
  ["部署架构", "1. 入口\n2. 应用\n"],
  ["关键命令示例", fence("# 1. a", "ls", "# 2. b", "df -h")],
  ["升级策略说明", "每月升级一次。\n"],
  ["Overview", fence("df -h")],
] as const)
  test(`no procedure: ${title}`, () => assert.deepEqual(found(`# Manual\n\n## ${title}\n\n${body}`), []));

test("a procedure has a status only when it, a section above it or its document states one [C-002]", () => {
  const statuses = (text: string) => found(text).map(({ title, status }) => [title, status]);
  const steps = "1. Stop\n2. Start\n\n";
  assert.deepEqual(statuses(`# Node\n\n## Restore\n\n${steps}## Failover (planned)\n\n${steps}`), [
    ["Restore", undefined],
    ["Failover (planned)", "planned"],
  ]);
  assert.deepEqual(
    statuses(`# 节点\n\n- 实现状态：已落地\n\n## 恢复流程\n\n${steps}## 扩展（可选）\n\n### 回滚流程\n\n${steps}`),
    [
      ["恢复流程", "landed"],
      ["回滚流程", "optional"],
    ],
  );
  assert.deepEqual(statuses(`---\nwatchbook:\n  status: planned\n---\n\n# Node\n\n## Restore\n\n${steps}`), [
    ["Restore", "planned"],
  ]);
  assert.deepEqual(
    statuses(`# Node\n\n## Restore\n\n<!-- watchbook: status=planned -->\n\n${steps}## Rollback\n\n${steps}`),
    [
      ["Restore", "planned"],
      ["Rollback", undefined],
    ],
  );
  // A status of the paper is none of the procedure.
  assert.deepEqual(statuses(`# 节点\n\n**状态**: 已批准\n\n## 恢复流程\n\n${steps}`), [["恢复流程", undefined]]);
});

test("words of a status count with what stands before them", () => {
  const status = (remark: string) => found(`# Node\n\n## Restore (${remark})\n\n1. Stop\n2. Start\n`)[0]?.status;
  for (const remark of [
    "未上线",
    "尚未启用",
    "not landed",
    "not yet executable",
    "not fully implemented",
    "to be built",
  ])
    assert.equal(status(remark), "planned", remark);
  for (const remark of ["部分已实现", "partially implemented", "draft", "planned downtime"])
    assert.equal(status(remark), undefined, remark);
  for (const remark of ["已上线", "implemented"]) assert.equal(status(remark), "landed", remark);
});

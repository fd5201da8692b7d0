import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Runbook } from "../src/model/runbook.ts";
import { runbooks } from "../src/book/recognise/runbooks.ts";
import { GOLDEN } from "./books/procedures/golden.ts";
import { pageOf, summaryOf } from "./books/procedures/summary.ts";

const read = (name: string) => readFileSync(new URL(`books/procedures/${name}`, import.meta.url), "utf8");
const found = (text: string, file = "manual.md"): readonly Runbook[] => runbooks.run(pageOf(file, text)).runbooks ?? [];
const one = (text: string): Runbook => {
  const all = found(text);
  assert.equal(all.length, 1, JSON.stringify(all.map((runbook) => runbook.title)));
  return all[0] as Runbook;
};
const fence = (...lines: readonly string[]) => ["```bash", ...lines, "```", ""].join("\n");

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

test("a list whose fences stand unindented between its items keeps them with their items", () => {
  const runbook = one(
    `## Rollback\n\n1. Stop\n\n${fence("systemctl stop app")}\n2. Start\n\n${fence("systemctl start app")}`,
  );
  assert.deepEqual(
    runbook.steps.map((step) => [step.title, step.commands.map((command) => command.text)]),
    [
      ["Stop", ["systemctl stop app"]],
      ["Start", ["systemctl start app"]],
    ],
  );
});

const inside = (text: string, blanks: number) => text.replace(/^(?=.)/gm, " ".repeat(blanks));
const commandsOf = (runbook: Runbook) =>
  runbook.steps.map(({ title, held, commands }) => [title, held, commands.map(({ text }) => text)]);

test("fences of a list below a step are its commands, in their order, and none is lost", () => {
  const stop = `1. Stop\n\n${inside(fence("systemctl stop app"), 3)}\n`;
  const start = `2. Start\n\n${inside(fence("systemctl start app"), 3)}`;
  const nested = (text: string, command: string) => `   - ${text}\n\n${inside(fence(command), 5)}\n`;
  assert.deepEqual(
    commandsOf(one(`## Restart\n\n${stop}${nested("then the worker:", "systemctl stop worker")}${start}`)),
    [
      ["Stop", undefined, ["systemctl stop app", "systemctl stop worker"]],
      ["Start", undefined, ["systemctl start app"]],
    ],
  );
  // Without a fence of its own, and in a list without numbers.
  for (const list of ["1.", "-"])
    assert.deepEqual(
      commandsOf(
        one(
          `## Restart\n\n${list} Stop\n${nested("app:", "systemctl stop app")}${nested("worker:", "systemctl stop worker")}`,
        ),
      ).flatMap(([, , commands]) => commands),
      ["systemctl stop app", "systemctl stop worker"],
    );
  // A case, one way of several: the step is held, and lint names the commands.
  const tied = (text: string) =>
    runbooks.run(
      pageOf(
        "a.md",
        `## Restart\n\n${stop}   - ${text}\n     - stop it:\n\n${inside(fence("systemctl stop worker"), 7)}\n${start}`,
      ),
    );
  const { runbooks: all = [], findings = [] } = tied("Option B:");
  assert.deepEqual(all.flatMap(commandsOf), [
    ["Stop", "fence/alternatives", ["systemctl stop app"]],
    ["Start", undefined, ["systemctl start app"]],
  ]);
  assert.deepEqual(
    findings.map(({ code, source, args }) => [code, source.line, args["first"]]),
    [["WB273", 12, "systemctl stop worker"]],
  );
  // What is held for its own sake holds its step.
  for (const text of ["Only on the primary:", "仅在主机执行："])
    assert.deepEqual(
      tied(text).runbooks!.flatMap(commandsOf),
      [
        ["Stop", "fence/circumstance", ["systemctl stop app", "systemctl stop worker"]],
        ["Start", undefined, ["systemctl start app"]],
      ],
      text,
    );
});

test("a further fence of a step with attributes of its own is a step of its own, and no risk is declared for another's commands", () => {
  const item = (...fences: readonly string[]) =>
    `## Restart\n\n1. Stop\n\n${fences.map((each) => inside(each, 3)).join("\n")}`;
  const declared = (attributes: string, command: string) => ["```bash " + attributes, command, "```", ""].join("\n");
  assert.deepEqual(
    one(
      item(fence("systemctl stop a"), declared('{"wb-approve":"lead"}', "systemctl stop b"), fence("systemctl stop c")),
    ).steps.map(({ approve, commands }) => [approve, commands.map(({ text }) => text)]),
    [
      [undefined, ["systemctl stop a"]],
      ["lead", ["systemctl stop b"]],
      [undefined, ["systemctl stop c"]],
    ],
  );
  assert.equal(
    one(item(declared('{"wb-risk":"read"}', "appctl look"), fence("rm -rf /srv/app"))).steps[0]?.risk,
    "destructive",
  );
});

test("commands that no step of a procedure has are said: behind its list, in a quote", () => {
  const findings = (text: string) =>
    (runbooks.run(pageOf("a.md", text)).findings ?? []).map(({ code, source }) => [code, source.line]);
  const quoted = fence("systemctl stop b").replace(/^(?=.)/gm, "> ");
  assert.deepEqual(findings(`## Restart\n\n${quoted}\n${fence("systemctl restart a")}`), [["WB273", 3]]);
  assert.deepEqual(findings(`## Restart\n\n1. Stop\n2. Start\n\n${fence("systemctl restart a")}`), [["WB273", 6]]);
  // Each has its step, or stands in no procedure.
  assert.deepEqual(findings(`## Restart\n\n${fence("systemctl restart a")}\n### Notes\n\n${fence("ls")}`), []);
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

test("an upgrade is undone by the one rollback beside it, and by none when there are two", () => {
  const section = (title: string) => `## ${title}\n\n${fence("systemctl restart app")}`;
  const [upgrade] = found(section("升级流程") + section("回滚流程"));
  assert.equal(upgrade?.rollback, "回滚流程");
  const [open] = found(section("Upgrade") + section("Rollback of A") + section("Rollback of B"));
  assert.equal(open?.rollback, undefined);
});

test("a rollback undoes what has its subject, and nothing else", () => {
  const pairs = (...titles: readonly string[]) =>
    found(titles.map((title) => `## ${title}\n\n${fence("systemctl restart app")}`).join("")).flatMap(
      ({ title, rollback }) => (rollback === undefined ? [] : [`${title} → ${rollback}`]),
    );
  assert.deepEqual(pairs("SOP-01 Upgrade gateway", "SOP-02 Upgrade database", "SOP-03 Rollback gateway"), [
    "SOP-01 Upgrade gateway → SOP-03",
  ]);
  assert.deepEqual(pairs("升级网关", "升级数据库", "回滚网关", "回滚数据库"), [
    "升级网关 → 回滚网关",
    "升级数据库 → 回滚数据库",
  ]);
  for (const [upgrade, rollback] of [
    ["Deploy database", "Rollback web"],
    ["数据库升级", "前端回滚"],
    ["Upgrade", "Rollback gateway"],
    ["Upgrade node-1", "Rollback node-2"],
  ] as const)
    assert.deepEqual(pairs(upgrade, rollback), [], rollback);
  // Which of the two it undoes, nothing says.
  assert.deepEqual(pairs("Upgrade gateway", "Upgrade database", "Rollback"), []);
  for (const [upgrade, rollback] of [
    ["Upgrade", "Rollback"],
    ["升级操作", "回滚操作"],
    ["2.1 网关升级流程", "2.2 网关回退流程"],
    ["Upgrade the gateway to 2.0", "Roll back the gateway to 1.9"],
    ["Upgrade PostgreSQL 14 to 15", "PostgreSQL rollback"],
    ["Upgrade the gateway", "Rollback"],
    ["数据库升级", "升级失败后的回滚"],
    ["SOP-04 发布一个版本", "SOP-07 回滚到上一个版本"],
    ["Rollout of a version", "Rollback to the version before"],
  ] as const)
    assert.equal(pairs(upgrade, rollback).length, 1, rollback);
  assert.equal(pairs("Install docker", "Deploy", "Rollback").length, 2);
});

test("steps, verification and rollback below an upgrade are one procedure, in both languages", () => {
  const page = (title: string, ...parts: readonly string[]) =>
    `## ${title}\n\n${parts.map((part, index) => `### ${part}\n\n${fence(/verif|验证/i.test(part) ? "curl -f localhost/health" : `appctl step ${index}`)}\n`).join("")}`;
  const roles = (title: string, ...parts: readonly string[]) => {
    const { kind, steps } = one(page(title, ...parts));
    return [kind, ...steps.map(({ role }) => role)];
  };
  assert.deepEqual(roles("Upgrade", "Steps", "Verification"), ["upgrade", "do", "verify"]);
  assert.deepEqual(roles("Upgrade", "Steps", "Rollback"), ["upgrade", "do", "rollback"]);
  for (const [title, ...parts] of [
    ["Upgrade", "Steps", "Verification", "Rollback"],
    ["Upgrade", "Upgrade steps", "Upgrade verification", "Rollback steps"],
    ["升级", "操作步骤", "验证", "回退方案"],
  ] as const)
    assert.deepEqual(roles(title, ...parts), ["upgrade", "do", "verify", "rollback"], parts.join());
  for (const [title, ...parts] of [
    ["版本升级", "升级前准备", "升级步骤", "升级验证", "回滚步骤"],
    ["数据库升级", "升级前检查", "升级步骤", "升级后验证", "回滚方案"],
    ["Upgrade", "Preparation", "Procedure", "Verification", "Rollback"],
  ] as const)
    assert.deepEqual(roles(title, ...parts), ["upgrade", "do", "do", "verify", "rollback"], parts.join());
  assert.deepEqual(roles("Rollback procedure", "Preparation", "Rollback", "Verification"), [
    "rollback",
    "do",
    "do",
    "verify",
  ]);
  // Whatever the way back consists of, it is not done on the way.
  const list = `## Upgrade\n\n### Steps\n\n${fence("appctl up")}\n### Verify\n\n${fence("curl -f localhost/health")}\n### Rollback\n\n1. Stop\n\n${inside(fence("appctl stop"), 3)}\n2. Install the old version\n\n${inside(fence("appctl down"), 3)}`;
  assert.deepEqual(
    one(list).steps.map(({ role }) => role),
    ["do", "verify", "rollback", "rollback"],
  );
  // Two procedures that belong together stay two.
  for (const [title, ...parts] of [
    ["Deploy and roll back", "Deploy", "Rollback"],
    ["Upgrade and rollback", "Upgrade", "Verification", "Rollback"],
    ["版本升级", "升级操作", "回滚操作"],
    ["升级管理", "升级前检查", "升级流程", "回滚流程"],
    ["Deployment", "Install", "Upgrade", "Rollback"],
  ] as const)
    assert.ok(
      found(page(title, ...parts)).some(({ rollback }) => rollback !== undefined),
      parts.join(),
    );
  assert.deepEqual(found(page("Node", "Steps", "Verification")), []);
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

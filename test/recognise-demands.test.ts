// Demands that a whole procedure or a whole book answers, on manuals of our own.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Book } from "../src/model/book.ts";
import { compileBook } from "../src/book/compile/compile.ts";
import { coverageOf } from "../src/book/coverage.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { reportMarkdown, reportView } from "../src/report/inspection/index.ts";
import { twinJson } from "../src/report/inspection/twin.ts";
import { book as bookOf, check } from "./kit/inspection.ts";
import { inspected, reading, seen } from "./kit/runs.ts";
import { treeOf } from "./kit/tree.ts";

const compile = (text: string): Promise<Book> => compileBook(treeOf({ "a.md": text }), { zone: "UTC" });
const shell = (...lines: readonly string[]): string => ["```bash", ...lines, "```", ""].join("\n");

test("the sample commands of an inspection are read line by line, each with its class [M-033]", async () => {
  const { blocks } = await compile(
    `# Daily\n\n${shell("cd /srv/chat && df -h", "sudo docker compose ps", "sudo docker-compose ps", "sudo docker compose logs nginx | tail", "ls /data/backups")}\n${shell("sudo docker compose restart nginx")}`,
  );
  assert.deepEqual(
    blocks.flatMap(({ commands }) =>
      commands.map(({ line, programs, risk, sudo }) => [line, programs.join(" "), risk, sudo]),
    ),
    [
      [4, "cd df", "read", false],
      [5, "docker", "read", true],
      [6, "docker-compose", "read", true],
      [7, "docker tail", "read", true],
      [8, "ls", "read", false],
      [12, "docker", "write", true],
    ],
  );
});

test("the switch of primary and replica: two preconditions, seven steps in order, the check among them [K-067]", async () => {
  const { runbooks } = await compile(
    "# 数据库\n\n## SOP-02：主库切换到备库\n\n**前置条件：**\n\n- 已收到主库不可用的告警\n- 备库延迟小于 1 分钟\n\n**步骤：**\n\n1. 宣布并建立作战室\n2. 停止应用\n3. 提升备库\n4. 更新连接串\n5. 恢复应用\n6. 验证：错误率正常\n7. 宣布结束\n",
  );
  const [found] = runbooks;
  assert.deepEqual([runbooks.length, found?.id, found?.kind], [1, "SOP-02", "failover"]);
  assert.deepEqual(found?.preconditions, ["已收到主库不可用的告警", "备库延迟小于 1 分钟"]);
  assert.deepEqual(
    found?.steps.map(({ role, source }) => [source.line, role]),
    [12, 13, 14, 15, 16, 17, 18].map((line) => [line, line === 17 ? "verify" : "do"]),
  );
});

test("a recovery in a file of its own compiles to ordered steps with their preconditions [C-023]", async () => {
  const { runbooks } = await compile(
    `# Recovery of the write-ahead log\n\n## WAL recovery\n\n**Preconditions:**\n\n- The gateway is stopped\n- The last snapshot is readable\n\n${shell("# 1. copy the log", "cp -a /var/lib/gate/wal /srv/rescue/", "# 2. replay it", "gatectl replay --dir /srv/rescue/wal", "# 3. verify", "gatectl status")}`,
  );
  assert.deepEqual(
    runbooks.map(({ kind, preconditions, steps }) => [
      kind,
      preconditions,
      steps.map(({ title, commands }) => [title, commands.map(({ text }) => text)]),
    ]),
    [
      [
        "restore",
        ["The gateway is stopped", "The last snapshot is readable"],
        [
          ["copy the log", ["cp -a /var/lib/gate/wal /srv/rescue/"]],
          ["replay it", ["gatectl replay --dir /srv/rescue/wal"]],
          ["verify", ["gatectl status"]],
        ],
      ],
    ],
  );
});

test("a node that does not start: log, configuration, permissions and port are looked at, in order, before the repair [S-061]", async () => {
  const { runbooks } = await compile(
    `# 节点\n\n## 故障排查\n\n### 节点无法启动\n\n**排查步骤：**\n\n${shell("# 1. 查看日志", "journalctl -u node -n 100", "# 2. 查看配置", "nodectl config list", "# 3. 检查权限", "ls -la /var/lib/node", "# 4. 检查端口", "ss -tlnp | grep 4001")}\n**修复：**\n\n${shell("systemctl stop node", "systemctl start node")}`,
  );
  assert.deepEqual(
    runbooks.map(({ kind, steps }) => [kind, steps.map(({ role, commands }) => [role, commands[0]?.programs[0]])]),
    [
      [
        "troubleshoot",
        [
          ["diagnose", "journalctl"],
          ["diagnose", "nodectl"],
          ["diagnose", "ls"],
          ["diagnose", "ss"],
          ["do", "systemctl"],
        ],
      ],
    ],
  );
});

test("the emergency ladder keeps its rungs in order: tell, collect, restart, roll back, standby [S-069]", async () => {
  const { runbooks } = await compile(
    "# 节点\n\n## 紧急恢复\n\n1. 通知团队\n2. 收集诊断信息\n3. 重启节点\n4. 若仍失败，回滚版本\n5. 若仍失败，启用备用节点\n",
  );
  assert.deepEqual(
    runbooks.map(({ kind, steps }) => [kind, steps.map(({ title, source }) => `${source.line} ${title}`)]),
    [["emergency", ["5 通知团队", "6 收集诊断信息", "7 重启节点", "8 若仍失败，回滚版本", "9 若仍失败，启用备用节点"]]],
  );
});

test("every priority has its own times: minutes, hours, a day, a week [S-058 S-059 S-060]", async () => {
  const { severities } = await compile(
    "# 故障\n\n| 级别 | 定义 | 响应时间 | 解决时间 |\n|---|---|---|---|\n| P1 | 核心受损 | 30 分钟 | 4 小时 |\n| P2 | 非核心 | 2 小时 | 1 天 |\n| P3 | 轻微 | 1 天 | 1 周 |\n",
  );
  assert.deepEqual(
    severities.map(({ id, respond, resolve, source }) => [id, respond, resolve, source.line]),
    [
      ["P1", 1_800, 14_400, 5],
      ["P2", 7_200, 86_400, 6],
      ["P3", 86_400, 604_800, 7],
    ],
  );
});

test("the date of the last update is part of the document, in both languages [C-004]", async () => {
  for (const text of ["# Gateway\n\n**Last updated**: 2026-02-11\n", "# 网关\n\n**最后更新**：2026-02-11\n"])
    assert.equal((await compile(text)).documents[0]?.updated, "2026-02-11", text);
  assert.equal((await compile("# Gateway\n\nupdated some day\n")).documents[0]?.updated, undefined);
});

test("optional and planned chapters do not count: neither in coverage nor as undrilled [C-008]", async () => {
  const chapter = (title: string): string => `## ${title}\n\n${shell("systemctl stop x", "systemctl start x")}\n`;
  const text = `# Ops\n\n${chapter("SOP-1 Restore")}${chapter("SOP-8 Restore elsewhere (optional)")}${chapter("SOP-9 Restore in the cloud (planned)")}`;
  const book = await compile(text);
  assert.deepEqual(
    book.runbooks.map(({ id, status }) => [id, status]),
    [
      ["SOP-1", undefined],
      ["SOP-8", "optional"],
      ["SOP-9", "planned"],
    ],
  );
  const { total, undrilled } = coverageOf(book);
  assert.deepEqual([total.runbooks, undrilled.map(({ id }) => id)], [1, ["SOP-1"]]);
  const findings = await lintBook(book, { today: "2026-11-20", texts: new Map([["a.md", text]]), proofs: new Map() });
  const scores = findings.filter(({ code }) => ["WB301", "WB302", "WB303"].includes(code));
  assert.ok(scores.length > 0);
  assert.deepEqual([...new Set(scores.map(({ source }) => source.line))], [book.runbooks[0]!.source.line]);
});

/** Every place that an object of the book names. */
function* placesIn(value: unknown): Generator<{ readonly file: string; readonly line: number }> {
  if (typeof value !== "object" || value === null) return;
  const { source } = value as { source?: { file?: unknown; line?: unknown } };
  if (typeof source?.file === "string" && typeof source.line === "number")
    yield { file: source.file, line: source.line };
  for (const inner of value instanceof Map ? value.values() : Object.values(value)) yield* placesIn(inner);
}

test("whatever a book has comes from a line of it, and that line says something [M-068]", async () => {
  const root = join(import.meta.dirname, "books");
  const files = globSync("**/*.md", { cwd: root }).toSorted();
  let places = 0;
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    const book = await compile(text);
    const lines = text.split("\n");
    for (const { file: named, line } of placesIn(book)) {
      places += 1;
      assert.equal(named, "a.md", file);
      assert.ok(line === 1 || (lines[line - 1] ?? "").trim() !== "", `${file}:${line} is empty`);
    }
    const owned = [book.duties, book.checks, book.runbooks, book.thresholds, book.severities, book.backups, book.logs];
    for (const object of owned.flat()) assert.ok([...placesIn(object)].length > 0, `${file} ${JSON.stringify(object)}`);
  }
  assert.ok(places > 1_000, String(places));
});

test("the report for people and the one for machines come from one object: every figure stands in both [C-056]", () => {
  const book = bookOf({
    lang: "en",
    zone: "UTC",
    checks: [check("cpu", {}, { title: "Load" }), check("disk", {}, { title: "Space" })],
  });
  const items = [
    seen("Look at the load", { readings: [reading("cpu", { value: 41.25 })] }),
    seen("Look at the disk", { readings: [reading("disk", { value: 93.5, outcome: "fail" })], outcome: "fail" }),
  ];
  const run = inspected("20261120T083300Z-daily-0001", items, { verdict: "fail" });
  const view = reportView(book, [run], undefined);
  const text = reportMarkdown(view);
  const twin = JSON.parse(twinJson(view, { markdown: { sha256: "", before: null }, edited: false })) as {
    readonly runs: readonly {
      readonly verdict: string;
      readonly items: readonly {
        readonly readings: readonly { readonly title: string; readonly value: number; readonly outcome: string }[];
      }[];
    }[];
  };
  const readings = twin.runs.flatMap(({ items }) => items.flatMap((one) => one.readings));
  assert.deepEqual(
    readings.map(({ value, outcome }) => [value, outcome]),
    [
      [41.25, "pass"],
      [93.5, "fail"],
    ],
  );
  for (const { title, value } of readings)
    assert.match(text, new RegExp(`^\\| .*${title}.*\\| ${String(value).replace(".", String.raw`\.`)}`, "m"));
  assert.deepEqual([twin.runs[0]?.verdict, /\*\*Verdict: failed\*\*/.test(text)], ["fail", true]);
});

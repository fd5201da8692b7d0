// Rules that need more than one file, watchbook.yaml, proofs or a secret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import type { Schema } from "../src/model/schema.ts";
import { keysOf } from "../src/book/lint/keys.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { treeOf } from "./kit/tree.ts";

/** Places `file:line` of one code over a book in memory. */
async function places(
  code: string,
  files: Readonly<Record<string, string>>,
  proofs: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { book, texts } = await compileFiles(treeOf(files));
  const findings = await lintBook(book, { today: "2026-11-20", proofs: new Map(Object.entries(proofs)), texts });
  return findings.filter((finding) => finding.code === code).map(({ source }) => `${source.file}:${source.line}`);
}

test("a document that no link leads to from the entry is named, one that is linked is not [M-004]", async () => {
  const files = {
    "README.md": "# Start\n\nRead [the plan](plan.md).\n",
    "plan.md": "# Plan\n\nSee `runbooks/access.md`.\n",
    "runbooks/access.md": "# Access\n\nText.\n",
    "runbooks/lost.md": "# Lost\n\nText.\n",
  };
  assert.deepEqual(await places("WB105", files), ["runbooks/lost.md:1"]);
});

test("a file that a document names as its evidence must exist [C-003]", async () => {
  const manual = "# Manual\n\n- 证据路径：`tools/ops/preflight.py`、`tools/ops/gone.py`\n\n## Text\n\nMore.\n";
  assert.deepEqual(await places("WB106", { "README.md": manual, "tools/ops/preflight.py": "" }), ["README.md:3"]);
  assert.deepEqual(
    await places("WB106", { "README.md": manual, "tools/ops/preflight.py": "", "tools/ops/gone.py": "" }),
    [],
  );
});

test("reports carry a date, policies and procedures do not [M-062 M-063]", async () => {
  const files = {
    "README.md": "# Start\n",
    "5-reports/audit.md": "# Audit\n",
    "5-reports/audit-20260121.md": "# Audit\n",
    "1-docs/SOP/incident.md": "# Incident\n",
    "1-docs/SOP/incident-20260101.md": "# Incident\n",
    "1-docs/POLICIES/IAM-20260101.md": "# IAM\n",
  };
  assert.deepEqual(await places("WB401", files), ["5-reports/audit.md:1"]);
  assert.deepEqual(await places("WB402", files), [
    "1-docs/POLICIES/IAM-20260101.md:1",
    "1-docs/SOP/incident-20260101.md:1",
  ]);
});

test("a report that does not follow its folder's pattern is named [M-027 M-043]", async () => {
  const files = {
    "README.md": "# Start\n\n## Daily inspection\n\nReport: `5-reports/daily/round-YYYYMMDD.md`\n",
    "5-reports/daily/round-20260121.md": "# Round\n",
    "5-reports/daily/rond-20260122.md": "# Round\n",
  };
  assert.deepEqual(await places("WB403", files), ["5-reports/daily/rond-20260122.md:1"]);
  const declared = {
    "watchbook.yaml": "naming:\n  - folder: notes\n    pattern: '^[a-z-]+\\.md$'\n",
    "notes/good-name.md": "# A\n",
    "notes/Bad_Name.md": "# B\n",
  };
  assert.deepEqual(await places("WB403", declared), ["notes/Bad_Name.md:1"]);
});

test("an example that breaks the pattern it illustrates is an error [M-043]", async () => {
  const manual = (example: string): string =>
    `# Records\n\nName: \`5-reports/change-record-YYYYMMDD-XX-<topic>.md\`\n\nExample: \`${example}\`\n`;
  assert.deepEqual(await places("WB404", { "README.md": manual("change-record-20260120-01-staging-verify.md") }), []);
  assert.deepEqual(await places("WB404", { "README.md": manual("change-record-2026-01-20-1-x.md") }), ["README.md:3"]);
  assert.deepEqual(await places("WB404", { "README.md": manual("restore-notes.md") }), []);
});

test("a drill whose proof is older than its own frequency is overdue, a fresh one is not [K-057 C-053]", async () => {
  const files = {
    "README.md":
      "# Drills\n\n## SOP-01: Restore the database\n\n* **Frequency**: quarterly\n\n1. **Prepare**: take the newest dump.\n2. **Execute**: load it.\n3. **Verify**: count the users.\n",
  };
  assert.deepEqual(await places("WB303", files), ["README.md:3"]);
  assert.deepEqual(await places("WB304", files), []);
  assert.deepEqual(await places("WB303", files, { "SOP-01": "2026-01-01" }), []);
  assert.deepEqual(await places("WB304", files, { "SOP-01": "2026-01-01" }), ["README.md:3"]);
  assert.deepEqual(await places("WB304", files, { "SOP-01": "2026-10-01" }), []);
});

test("tokens and keys of known shapes are errors, and never repeated in the finding [M-061]", async () => {
  // Put together here so that no scanner takes this file for the leak it tests.
  const token = ["ghp", "_", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("");
  const files = {
    "README.md": `# Access\n\nToken: ${token}\n`,
    "clean.md": "# Clean\n\nThe token lies in env:DEPLOY_TOKEN.\n",
  };
  const { book, texts } = await compileFiles(treeOf(files));
  const findings = await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts });
  const secrets = findings.filter(({ code }) => code === "WB501");
  assert.deepEqual(
    secrets.map(({ source }) => `${source.file}:${source.line}`),
    ["README.md:3"],
  );
  assert.ok(!JSON.stringify(findings).includes(token));
});

test("a retention under a declared compliance profile is an error [S-035 S-037]", async () => {
  const manual =
    "# Logs\n\n| Log | Location | Retention |\n|---|---|---|\n| audit log | /var/log/app/audit/ | 90 days |\n";
  assert.deepEqual(await places("WB803", { "README.md": manual }), []);
  assert.deepEqual(
    await places("WB803", { "README.md": manual, "watchbook.yaml": "compliance: [cn-network-logs]\n" }),
    ["README.md:5"],
  );
});

test("a finding switched off with its reason is silent in that file only", async () => {
  const table =
    "# T\n\n| Metric | Normal | Warning | Critical |\n|---|---|---|---|\n| CPU usage | < 50% | 70% | 90% |\n";
  const files = { "a.md": table, "b.md": table };
  assert.deepEqual(await places("WB608", files), ["a.md:5", "b.md:5"]);
  const yaml = "suppress:\n  - { code: WB608, file: a.md, reason: the gap is meant }\n";
  assert.deepEqual(await places("WB608", { ...files, "watchbook.yaml": yaml }), ["b.md:5"]);
});

test("a command the manual forbids is found where the manual gives it [M-020]", async () => {
  const manual = "# 权限\n\n**禁止事项**：\n\n- 不要尝试 `sudo su -`\n\n## 登录步骤\n\n```bash\nsudo su -\n```\n";
  assert.deepEqual(await places("WB708", { "README.md": manual }), ["README.md:10"]);
});

test("a declared check of an unknown kind or with a wrong parameter is an error with its line", async () => {
  const { checks } = await import("../src/kinds/checks/index.ts");
  const kinds = new Map(checks.map((kind) => [kind.kind, kind.params]));
  const yaml =
    "checks:\n  - id: root\n    kind: disc\n  - id: port\n    kind: tcp\n    params:\n      adress: 127.0.0.1:80\n  - id: url\n    kind: tcp\n    params: { url: 127.0.0.1:80, within: 3s }\n  - id: two\n    kind: http\n    params: { url: http://a/, json: { at: .a, equal: 1 }, within: long }\n  - id: fine\n    kind: tcp\n    params: { address: 127.0.0.1:80 }\n";
  const { book, texts } = await compileFiles(treeOf({ "README.md": "# A\n", "watchbook.yaml": yaml }));
  const findings = await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts, kinds });
  assert.deepEqual(
    findings.filter(({ code }) => code === "WB811").map(({ source, args }) => [source.line, args["near"]]),
    [[2, "disk"]],
  );
  // The key that is missing and the one that nobody knows are one mistake, told at its line.
  assert.deepEqual(
    findings
      .filter(({ args }) => args["id"] === "port")
      .map(({ code, source, args }) => [code, source.line, args["near"]]),
    [["WB819", 7, ["address"]]],
  );
  const near = (id: string) =>
    findings.filter(({ args }) => args["id"] === id).map(({ code, args }) => [code, args["key"], args["near"] ?? ""]);
  assert.deepEqual(near("url"), [["WB819", "url", ["address"]]]);
  assert.deepEqual(near("two"), [
    ["WB813", "within", ""],
    ["WB819", "json.equal", ["equals"]],
  ]);
  assert.ok(findings.every(({ args }) => args["id"] !== "fine"));
  for (const [kind, schema] of kinds) assert.ok(keysOf(schema, []).length > 0, `${kind} tells its keys`);
});

test("a step or a fault of watchbook.yaml that every plan would refuse is an error with its line", async () => {
  const { registry } = await import("../src/kinds/registry.ts");
  const of = (kinds: ReadonlyMap<string, { readonly params: Schema<unknown> }>) =>
    new Map([...kinds].map(([kind, { params }]) => [kind, params]));
  const yaml = `runbooks:
  SOP-01:
    add:
      one: { kind: shel, with: { script: "true" } }
      two: { kind: http, with: { ulr: "http://127.0.0.1/" } }
      three: { kind: shell, with: { script: "true" }, undo: { kind: shell, with: { script: "true", strictly: true } } }
      fine: { kind: shell, with: { script: "true", sudo: true } }
      left: { kind: nothing, skip: not yet }
    faults:
      full: { kind: disk-full, with: { where: / } }
`;
  const { book, texts } = await compileFiles(
    treeOf({ "README.md": "# A\n\n## SOP-01: Restart\n\n1. Look.\n", "watchbook.yaml": yaml }),
  );
  const context = {
    today: "2026-11-20",
    proofs: new Map(),
    texts,
    steps: of(registry.steps),
    faults: of(registry.faults),
  };
  const findings = (await lintBook(book, context)).filter(({ code }) => code === "WB831" || code === "WB832");
  assert.deepEqual(
    [...new Set(findings.map(({ code, source, args }) => `${code} ${source.line} ${String(args["id"])}`))],
    ["WB831 4 one", "WB832 5 two", "WB832 6 three/undo", "WB832 10 full"],
  );
});

test("a naming pattern that is broken or never ends is told, not met as a crash", async () => {
  const book = (pattern: string): Record<string, string> => ({
    "watchbook.yaml": `naming:\n  - folder: notes\n    pattern: '${pattern}'\n`,
    [`notes/${"a".repeat(60)}.md`]: "# A\n",
  });
  assert.deepEqual((await places("WB405", book("^(a+)+$"))).length, 1);
  const { book: broken } = await compileFiles(treeOf(book("(")));
  assert.ok(broken.findings.some(({ level, source }) => level === "error" && source.file === "watchbook.yaml"));
});

test("of a line of a megabyte only the beginning is looked at: no rule grows with its square", async () => {
  for (const unit of ["curl x ", "mysql x ", "find a -mtime +7 "]) {
    const fence = ["```bash", unit.repeat(1_000_000 / unit.length), "```"].join("\n");
    const { book, texts } = await compileFiles(treeOf({ "README.md": `# A\n\n${fence}\n` }));
    const before = process.cpuUsage();
    await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts });
    assert.ok(process.cpuUsage(before).user < 3_000_000, unit);
  }
});

test("what was pasted into watchbook.yaml and never filled in is named by line; what only looks so is not", async () => {
  const manual = { "README.md": "# Ops\n" };
  const bad = [
    "targets:",
    "  db: { kind: ssh, host: xxx.xxx.xxx.xxx }",
    "checks:",
    "  newest: { kind: newest, params: { directory: <directory> } }",
    "  port: { kind: tcp, params: { address: '<host>:443' } }",
    "  ours: { kind: file, params: { path: <你的目录> } }",
    "  page:",
    "    kind: http",
    "    params:",
    "      url: CHANGE_ME",
    "  run: { kind: process, params: { pattern: <pattern> } }",
    "  load: { kind: command, params: { argv: [<program>, -n] } }",
    "  more: { kind: disk, params: { path: /path/to/data } }",
    "  todo: { kind: file, params: { path: TODO } }",
    "channels:",
    "  mail: { kind: email, to: 10.0.x.x }",
  ];
  const found = await places("WB814", { ...manual, "watchbook.yaml": `${bad.join("\n")}\n` });
  assert.deepEqual(
    found,
    [2, 4, 5, 6, 10, 11, 12, 13, 14, 16].map((line) => `watchbook.yaml:${line}`),
  );
  const good = [
    "# TODO: replace the <host> of the old address",
    "title: Handbook <v2> TODO",
    "checks:",
    "  page: { kind: http, params: { url: 'https://shop.corp.net/a?x=1', contains: '<title>Shop</title>' } }",
    "  list: { kind: command, params: { argv: [docker, ps, --format, '{{.Names}}'], matches: '^xxx+ <b>' } }",
    "  todo: { kind: log-errors, params: { files: /var/log/xxl-job.log, contains: [TODO list, <error>x] } }",
    "  item: { kind: disk, items: ['Replace <disk> when it is full ...', 你的磁盘], params: { path: /srv/todo } }",
    "runbooks:",
    "  SOP-01: { params: { version: { for: '<version>' } } }",
    "suppress:",
    "  - { code: WB101, reason: 'TODO of next week' }",
  ];
  assert.deepEqual(await places("WB814", { ...manual, "watchbook.yaml": `${good.join("\n")}\n` }), []);
});

test("two values of one objective are told once, by the finding that names both lines", async () => {
  const manual = "# Recovery\n\nThe RTO is < 1 hour.\n\nLater somebody wrote: the RTO is < 4 hours.\n";
  assert.deepEqual(await places("WB606", { "a.md": manual }), ["a.md:5"]);
  assert.deepEqual(await places("WB235", { "a.md": manual }), []);
});

test("rows of two files are compared when both say that they are of one service, and not otherwise", async () => {
  const manual = (service: string, limits: string): string =>
    `${service === "" ? "" : `---\nwatchbook: { service: ${service} }\n---\n`}# Operations\n\n## Alerts\n\n| Metric | Warning | Critical |\n|---|---|---|\n| CPU usage | ${limits} |\n`;
  const told = async (one: string, other: string): Promise<readonly string[]> =>
    places("WB610", { "a.md": manual(one, "80% | 90%"), "b.md": manual(other, "70% | 95%") });
  assert.deepEqual(await told("shop", "shop"), ["b.md:10"]);
  assert.deepEqual(await told("shop", "search"), []);
  assert.deepEqual(await told("", ""), []);
});

test("what a command removes sooner than a table of another service promises is no finding", async () => {
  const policy = (service: string): string =>
    `---\nwatchbook: { service: ${service} }\n---\n# Backups\n\n| Data | Frequency | Retention | Location |\n|---|---|---|---|\n| Orders | daily | 30 days | /data/backup |\n`;
  const script =
    "---\nwatchbook: { service: shop }\n---\n# Pruning\n\n```bash\nfind /data/backup -mindepth 1 -mtime +7 -delete\n```\n";
  assert.deepEqual(await places("WB611", { "a.md": policy("shop"), "b.md": script }), ["b.md:7"]);
  assert.deepEqual(await places("WB611", { "a.md": policy("search"), "b.md": script }), []);
});

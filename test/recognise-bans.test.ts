// What the text around a block forbids is never taken as runnable, wherever it says so; what forbids something else is no ban.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { sayFinding } from "../src/i18n/texts.ts";
import { treeOf } from "./kit/tree.ts";

const fence = (...lines: readonly string[]): string => ["```bash", ...lines, "```"].join("\n");
const FLUSH = fence("redis-cli flushall");
const indented = (text: string): string => text.replaceAll("\n", "\n   ");

async function blockOf(text: string) {
  const { book } = await compileFiles(treeOf({ "README.md": `# R\n\n## Restart procedure\n\n${text}\n` }));
  return { block: book.blocks[0]!, book };
}

async function holds(text: string, code = "WB267"): Promise<void> {
  const { block, book } = await blockOf(text);
  assert.equal(block.state, "ambiguous", `${block.kind} ${block.rule}`);
  const finding = book.findings.find((one) => one.code === code);
  assert.ok(finding, book.findings.map((one) => one.code).join(" "));
  for (const lang of ["en", "zh"] as const) assert.doesNotMatch(sayFinding(finding, lang).say, /\{[a-z]+\}|undefined/);
}

const BEFORE = [
  "Never run this.",
  "Do not execute this command!",
  "**DO NOT RUN**",
  "The command below must not be executed.",
  "Never run the following on production.",
  "It is forbidden to run:",
  "Running this is prohibited:",
  "This is forbidden:",
  "For reference only:",
  "For illustration only:",
  "You might be tempted to run:",
  "Resist the temptation to run:",
  "Please never do it like this. It empties the cache:",
  "Never run this unless replication is broken.",
  "⚠️ Warning: do not run this on the primary.",
  "Do NOT, under any circumstances, run this:",
  "Under no circumstances should you run this command.",
  "Nobody should run this:",
  "Not recommended.",
  "This is no longer used.",
  "Kept for historical reasons.",
  "切勿执行以下命令。",
  "切勿执行以下命令：",
  "以下命令切勿执行！",
  "请勿执行下面的命令，会清空数据",
  "禁止在生产环境执行以下命令",
  "错误示范",
  "反例",
  "以下为反面案例",
  "此命令仅供参考，不要执行。",
  "任何情况下都不要执行。",
  "以下命令已废弃。",
  "这条命令千万别跑",
  "这样做是错误的：",
  "危险命令：",
  "高危操作：",
  "以下做法不可取",
  "示意，勿执行",
  "生产环境禁用",
  "仅供参考：",
  "千万别这样做：",
  "别这样：",
  "注意：不要执行下面这条命令。它会清库：",
];
for (const text of BEFORE) test(`held by the text before it: ${text} [C-046]`, () => holds(`${text}\n\n${FLUSH}`));

for (const text of ["This is what the attacker ran:", "The command that caused the outage:", "导致故障的命令："])
  test(`held as what once happened: ${text} [C-046]`, () => holds(`${text}\n\n${FLUSH}`, "WB274"));

const HEADINGS = [
  "What NOT to do",
  "Never do this",
  "Do not run on production",
  "Forbidden commands",
  "Dangerous commands (never run)",
  "Bad example",
  "Wrong",
  "Archived",
  "Historical (2019)",
  "For illustration only",
  "切勿执行",
  "禁止操作",
  "高危命令（禁止执行）",
  "不要这样做",
  "勿执行",
  "错误操作示例",
  "重启时禁止执行的命令",
  "禁止使用的命令",
  "绝对不能执行的命令",
  "How not to restart",
  "Commands that must not be used",
  "示例（仅供参考）",
];
for (const title of HEADINGS)
  test(`held by its heading: ${title} [C-046]`, () => holds(`### ${title}\n\nFlush the cache:\n\n${FLUSH}`));

test("a heading that forbids makes no procedure [C-046]", async () => {
  const { book } = await compileFiles(treeOf({ "README.md": `# R\n\n## 重启时禁止执行的命令\n\n${FLUSH}\n` }));
  assert.deepEqual(book.runbooks, []);
});

const BEHIND = [
  "以上命令切勿执行。",
  "⚠️ 上述命令切勿在生产执行。",
  "**切勿执行！**",
  "上面是错误示范，不要照做。",
  "以上命令仅供参考。",
  "上述命令已废弃。",
  "这样做是错误的。",
  "**Do not run the command above!**",
  "The above is an example of what not to do.",
  "The command above is only an example.",
  "Never run this on production.",
  "> [!CAUTION]\n> Do not run the command above.",
];
for (const text of BEHIND)
  test(`held by the text behind it: ${text} [C-046]`, () => holds(`Flush the cache:\n\n${FLUSH}\n\n${text}`));

const AROUND = [
  "> [!CAUTION]\n> Never run this command.",
  "> 错误示范：",
  "> ⚠️ 以下命令切勿执行",
  "::: danger\n切勿执行以下命令\n:::",
  "::: danger 切勿执行\n:::",
  "!!! danger\n    Do not run this:",
  '<div class="warning">Do not run this:</div>',
  "<!-- do not run -->",
  "<details><summary>Deprecated, do not use</summary>",
  "<details>\n<summary>已废弃</summary>\n\nFlush it:",
  "- Back up first\n- Do not run this:\n\n<!-- -->",
  "Do not run this:\n\n---",
  "Do not run this:\n\n<br>",
  "Do not run this:\n\n<!-- a remark -->",
  "~~Flush the cache:~~",
  "Never run these:\n\n```bash\nredis-cli info\n```",
];
for (const text of AROUND)
  test(`held by what stands above: ${JSON.stringify(text)} [C-046]`, async () => {
    const { book } = await blockOf(`${text}\n\n${FLUSH}`);
    assert.deepEqual([...new Set(book.blocks.map(({ state }) => state))], ["ambiguous"]);
  });

const REMARKS = [
  ["systemctl restart a", "# 以下命令禁止在生产执行", "redis-cli flushall"],
  ["systemctl restart a", "# never run the next line on production", "redis-cli flushall"],
  ["redis-cli info", "redis-cli flushall   # 切勿执行"],
  ["redis-cli info", "redis-cli flushall   # DON'T"],
  ["redis-cli info", "# 错误", "redis-cli flushall"],
  ["redis-cli unlink a", "# ❌ don't", "redis-cli flushall"],
  ["redis-cli info", "redis-cli flushall  # [废弃]"],
  ["redis-cli info", "redis-cli flushall  # 线上禁用"],
  ["redis-cli info", "# not recommended", "redis-cli flushall"],
];
for (const lines of REMARKS)
  test(`held by a remark: ${lines.join(" / ")} [C-046]`, () => holds(`Do it:\n\n${fence(...lines)}`));

const STEPS = [
  "~~Drop the database~~",
  "[废弃] 清理",
  "（已废弃）清理",
  "deprecated: clear",
  "Skip this step: drop",
  "Clear (obsolete)",
  "清理（暂不执行）",
  "此步骤已取消",
  "切勿执行",
  "Never on the primary",
  "严禁在主库执行",
];
for (const title of STEPS) {
  test(`held as a step: ${title} [C-046]`, () => holds(`1. ${title}\n\n   ${indented(FLUSH)}`));
  test(`held below the first text of a step: ${title} [C-046]`, () =>
    holds(`1. ${title}\n\n   Flush it:\n\n   ${indented(FLUSH)}`));
}

const RUNS = [
  `Do not forget to run:\n\n${FLUSH}`,
  `不要忘记执行：\n\n${FLUSH}`,
  `Never run redis-cli as root; instead run:\n\n${FLUSH}`,
  `Never run \`kill -9\`. Use this instead:\n\n${FLUSH}`,
  `Do not edit the file by hand; use the tool:\n\n${FLUSH}`,
  `Instead of restarting, run:\n\n${FLUSH}`,
  `不要直接修改文件，请使用：\n\n${FLUSH}`,
  `Clients see old data when you do not run this command.\n\n${FLUSH}`,
  `执行以下命令时，请勿关闭终端。\n\n${FLUSH}`,
  `以下操作期间，系统不可使用。\n\n${FLUSH}`,
  `出现以下错误，需要清空缓存。\n\n${FLUSH}`,
  `重启服务，切勿中断。\n\n${FLUSH}`,
  `以下命令不会删除数据。\n\n${FLUSH}`,
  `以下命令不能重复执行。\n\n${FLUSH}`,
  `以下命令需要 root 权限，普通用户不能执行。\n\n${FLUSH}`,
  `使用以下命令重启，禁止使用 kill -9。\n\n${FLUSH}`,
  `请按以下步骤执行，禁止跳步操作。\n\n${FLUSH}`,
  `This can not be undone.\n\n${FLUSH}`,
  `Flush the cache:\n\n${FLUSH}\n\n重启期间禁止执行发布。`,
  `### 误操作回滚\n\n${FLUSH}`,
  `### 禁止普通用户执行 sudo\n\n${FLUSH}`,
  `### Fix forbidden responses\n\n${FLUSH}`,
  `Users must not use this port.\n\n${FLUSH}`,
  `> [!WARNING]\n> Never run this without a backup.\n\n${FLUSH}`,
  `> **Note**: the cache must not be larger than 2 GB.\n\n${FLUSH}`,
  `Flush the cache:\n\n${FLUSH}\n\nDo not run this command again: one time is enough.`,
  `Flush the cache:\n\n${FLUSH}\n\nNever use the following as root:`,
  `Flush the cache:\n\n${FLUSH}\n\nNever do this:\n\n${fence("redis-cli shutdown nosave")}`,
  `### 禁止 root 登录\n\n关闭登录：\n\n${fence("sed -i 's/^PermitRootLogin.*/PermitRootLogin no/' /etc/ssh/sshd_config")}`,
  `### Disable forbidden ciphers\n\nWrite the list:\n\n${fence("update-crypto-policies --set FUTURE")}`,
  `### Don't run containers as root\n\nMake a user:\n\n${fence("useradd app")}`,
  `### 禁止操作系统自动更新\n\n${fence("systemctl disable dnf-automatic.timer")}`,
  `### Wrong password\n\nReset the counter:\n\n${fence("faillock --user deploy --reset")}`,
  `### Archived logs\n\nPack them:\n\n${fence("gzip /var/log/app/app.log.1")}`,
  `Do it:\n\n${fence("# stop the app", "systemctl stop app", "# do not wait for the timer", "systemctl start backup")}`,
  `Do it:\n\n${fence("systemctl stop app", "# 禁止开机启动", "systemctl disable app")}`,
  `1. Remove the deprecated unit\n\n   ${indented(fence("systemctl disable old.service"))}`,
  `<details><summary>Commands</summary>\n\n${FLUSH}\n\n</details>`,
  `<details><summary>已废弃</summary>\n\nNothing.\n\n</details>\n\nFlush it:\n\n${FLUSH}`,
  `- Do not run this by night\n\nFlush the cache:\n\n${FLUSH}`,
];
for (const text of RUNS)
  test(`stays runnable: ${text.split("\n```", 1)[0]!.replaceAll("\n", " ")}`, async () => {
    const { block, book } = await blockOf(text);
    assert.equal(block.state, "recognised", `${block.rule} ${JSON.stringify(book.findings.map((one) => one.args))}`);
  });

// A step that is optional, later, for another place or for another person is not one of those that always run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { treeOf } from "./kit/tree.ts";

const DROP = 'mysql -e "drop database test"';
const inside = (...lines: readonly string[]): string =>
  ["```bash", ...lines, "```"].map((line) => `   ${line}`).join("\n");

async function blocksOf(text: string) {
  const { book } = await compileFiles(treeOf({ "README.md": `# M\n\n## Failover procedure\n\n${text}\n` }));
  return book.blocks;
}

const step = (title: string, ...lines: readonly string[]): string =>
  `1. Look\n\n${inside("uptime")}\n\n2. ${title}\n\n${inside(...lines)}`;

const HELD = [
  "若从库延迟过大，则放弃切换",
  "如果失败，执行回滚",
  "如失败则清理",
  "失败时执行",
  "异常情况下执行",
  "回滚（失败时）",
  "否则清理",
  "（可选）清理",
  "可选：清理",
  "【可选】清理",
  "如有需要，清理",
  "必要时清理",
  "视情况清理",
  "测试环境额外执行",
  "仅测试环境",
  "严禁在主库执行",
  "禁止在业务高峰期执行",
  "待业务方确认后，删除旧库",
  "经DBA批准后执行",
  "需 DBA 审批",
  "由DBA删除",
  "一周后删除旧数据",
  "观察三天无异常后删除",
  "次日删除",
  "出现问题时，执行清理",
  "一旦失败立即清理",
  "酌情清理",
  "业务方确认后删除",
  "DBA 审批通过后执行",
  "上线一周后清理",
  "低峰期执行",
  "测试环境执行",
  "(Optional) Clear",
  "[Optional] Clear",
  "Optional: clear",
  "Clear (optional)",
  "Cleanup if needed",
  "On failure",
  "Otherwise",
  "Alternatively, drop it",
  "If it fails, drop the schema",
  "Staging only",
  "Clear the cache (only staging)",
  "Never on the primary",
  "DBA only",
  "Ask the DBA to drop it",
  "Wait for approval, then drop",
  "Requires sign-off from the DBA",
  "After one week, drop the old database",
  "The next day:",
  "Should it fail, drop it",
  "You can also drop it",
  "Later, drop it",
  "After the DBA has confirmed",
  "With approval of the DBA",
  "The DBA drops it",
  "Not on production",
  "Skip on the primary",
  "Emergency only",
];
for (const title of HELD) {
  test(`never one of the steps that always run: ${title} [C-046]`, async () => {
    assert.deepEqual(
      (await blocksOf(step(title, DROP))).map(({ state }) => state),
      ["recognised", "ambiguous"],
    );
  });
  test(`nor with a text of its own: ${title} [C-046]`, async () => {
    const blocks = await blocksOf(`1. ${title}\n\n   Drop it:\n\n${inside(DROP)}`);
    assert.equal(blocks[0]!.state, "ambiguous");
  });
}

test("a label says so as well as a step, a step of a list as well as its heading [C-046]", async () => {
  for (const text of [
    "可选：清理",
    "Alternatively, drop it.",
    "如果失败，执行回滚",
    "After one week, drop it:",
    "### Step 3 (optional): clear",
    "### 步骤 3：如有需要，清理",
    "1. Look\n2. 如果失败：",
  ])
    assert.equal((await blocksOf(`${text}\n\n\`\`\`bash\n${DROP}\n\`\`\``))[0]!.state, "ambiguous", text);
});

test("only what goes inside by itself may be told to be run inside; a place is a place for every program [C-046]", async () => {
  const fence = "```bash\nkubectl delete pod a\n```";
  assert.equal((await blocksOf(`In the container:\n\n${fence}`))[0]!.state, "recognised");
  assert.equal((await blocksOf(`Only on the staging cluster:\n\n${fence}`))[0]!.state, "ambiguous");
});

const RUNS: readonly (readonly [title: string, command: string])[] = [
  ["如果失败，查看日志", "journalctl -u mysqld -n 50"],
  ["(Optional) Look at the processes", "ps aux"],
  ["若干缓存需要清理", DROP],
  ["当前主库上停止写入", DROP],
  ["如下清理", DROP],
  ["确认无异常后清理", DROP],
  ["等待 5 分钟后清理", DROP],
  ["清理 30 天前的数据", DROP],
  ["停止应用后清理", DROP],
  ["修改超时时间", DROP],
  ["This builds the replica first (if necessary) and then drops the test database:", DROP],
  ["计划中需要批准的步骤会等待，其余步骤直接清理", DROP],
  ["Ask for the lock", DROP],
  ["Latest database: drop", DROP],
  ["In the data directory", DROP],
  ["清理出现过异常的数据", DROP],
  ["授权后清理", DROP],
  ["清理保留 7 天后的备份", DROP],
  ["对从库清理", DROP],
  ["Wait for the replicas, then drop the database", DROP],
  ["Clear the cache of the next node", DROP],
  ["Options of the drop", DROP],
  ["Drop the test database only once", DROP],
  ["Restore the latest daily dump", DROP],
];
for (const [title, command] of RUNS)
  test(`stays runnable: ${title}`, async () => {
    const block = (await blocksOf(step(title, command)))[1]!;
    assert.equal(block.state, "recognised", `${block.rule} ${block.candidates.map((one) => one.evidence).join(" | ")}`);
  });

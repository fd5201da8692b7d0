// What a manual says is not, not yet or no longer to be done is never taken as runnable.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { fence, statesOf } from "./kit/blocks.ts";
import { treeOf } from "./kit/tree.ts";

const HELD: readonly (readonly [why: string, text: string])[] = [
  ["an obsolete way", `## Old way (obsolete, do not use)\n\n${fence("dropdb app")}`],
  ["a deprecated way", `## Cleaning up (deprecated)\n\n${fence("rm -rf /srv/app/cache")}`],
  ["a plan", `## (planned) Switch to the new host\n\n${fence("sudo systemctl stop gateway")}`],
  ["an abandoned way in Chinese", `## 8. 已废弃的做法\n\n${fence("rm -rf /srv/app/cache")}`],
  ["a counter-example in Chinese", `## 反面例子\n\n${fence("systemctl stop gateway")}`],
  ["a remark that forbids", fence("# DON'T DO THIS", "rm -rf /srv/app/cache")],
  ["a remark that calls it wrong", fence("# Wrong:", "systemctl stop gateway")],
  ["a remark that calls it wrong in Chinese", fence("# 错误示例", "rm -rf /srv/app/cache")],
  ["a condition", `If the restart fails:\n\n${fence("sudo systemctl reboot")}`],
  ["a rare condition", `Only if the disk is full\n\n${fence("rm -rf /srv/app/cache")}`],
  ["another machine", `On the old primary:\n\n${fence("sudo systemctl stop postgresql")}`],
  ["an old version", `Before 3.0 you had to:\n\n${fence("sudo systemctl stop gateway")}`],
  ["one of two ways", `Either this:\n\n${fence("sudo systemctl restart gateway")}`],
  ["a condition in Chinese", `如果重启失败：\n\n${fence("sudo systemctl reboot")}`],
];
for (const [why, text] of HELD)
  test(`${why} is ambiguous, never runnable [C-046]`, async () => {
    assert.deepEqual(await statesOf(text), ["ambiguous"]);
  });

const RUNS: readonly (readonly [what: string, text: string])[] = [
  ["a plain procedure", `## Restart\n\nRestart the gateway:\n\n${fence("sudo systemctl restart gateway")}`],
  ["a reading command under a condition", `If users complain:\n\n${fence("systemctl status gateway")}`],
  ["a remark that says what it does", fence("# restart the gateway", "sudo systemctl restart gateway")],
  ["a heading that plans nothing", `## Planning capacity\n\n${fence("df -h")}`],
];
for (const [what, text] of RUNS)
  test(`${what} stays recognised`, async () => {
    assert.deepEqual(await statesOf(text), ["recognised"]);
  });

test("limits that fall where use is bad when it rises are a slip, not another meaning", async () => {
  const table = (warn: string, critical: string): string =>
    `| Metric | Warning | Critical |\n|---|---|---|\n| Memory usage | ${warn} | ${critical} |`;
  const compiled = async (text: string) => (await compileFiles(treeOf({ "README.md": `# M\n\n${text}\n` }))).book;
  const slip = await compiled(table("90%", "80%"));
  assert.deepEqual(slip.thresholds, []);
  assert.ok(slip.findings.some(({ code }) => code === "WB229"));
  assert.deepEqual(
    (await compiled(table("80%", "90%"))).thresholds.map(({ bad, state }) => [bad, state]),
    [["above", "recognised"]],
  );
});

test("a cheat sheet is never one run [S-089]", async () => {
  const { book } = await compileFiles(
    treeOf({
      "README.md": `# M\n\n## Command cheat sheet\n\n${fence("sudo systemctl start app", "sudo systemctl stop app", "sudo systemctl restart app")}\n`,
    }),
  );
  assert.equal(book.blocks[0]!.kind, "cheatsheet");
  assert.deepEqual(book.runbooks, []);
});

// `inspect` at a terminal: a person is asked for what no machine can judge, at once or afterwards.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { begin, cli } from "../kit/cli.ts";
import { folder } from "../kit/folder.ts";
import { CTRL_C, CTRL_D, terminal } from "../kit/terminal.ts";
import { until } from "../kit/wb.ts";
import { needs } from "../live/needs.ts";

function book(t: TestContext, title: string, heading: string, items: readonly string[]): string {
  const root = folder(t);
  const lines = [`# ${title}`, "", `## ${heading}`, "", ...items.map((item) => `- [ ] ${item}`), ""];
  writeFileSync(join(root, "ops.md"), lines.join("\n"));
  return root;
}
const ITEMS = ["The fan sounds healthy", "The door is locked", "The log book is signed", "The lamp is lit"];
const english = (t: TestContext): string => book(t, "Beacon", "Daily inspection", ITEMS);
const report = (root: string): { file: string; text: string; runs: readonly { items: readonly Item[] }[] } => {
  const file = readdirSync(root, { recursive: true, encoding: "utf8" }).find((path) => /inspection.*\.md$/.test(path));
  assert.ok(file !== undefined, "no report");
  const text = readFileSync(join(root, file), "utf8");
  const { runs } = JSON.parse(readFileSync(join(root, file.replace(/md$/, "json")), "utf8"));
  return { file, text, runs };
};
interface Item {
  readonly outcome: string;
  readonly tick?: { readonly by: string; readonly outcome: string; readonly note?: string };
}
const ticks = (items: readonly Item[] | undefined) =>
  items?.map(({ outcome, tick }) => [outcome, tick?.outcome, tick?.note]);

test("inspect asks for each item: in order, not in order with what was seen, skipped, left open [S-018]", async (t) => {
  if (!needs(t, "script")) return;
  const root = english(t);
  const at = terminal(t, root, "inspect", "--by", "wang");
  await at.sees(/4 items need a person[^]*1\/4 The fan sounds healthy \(ops\.md:5\) \[y\/n\/s\/Enter\] $/);
  at.enter("perhaps");
  await at.sees(/Please answer y, n, s or press Enter\. $/);
  at.enter("Y");
  await at.sees(/What did you see\?.* $/);
  at.enter();
  await at.sees(/2\/4 The door is locked.* $/);
  at.enter("n");
  await at.sees(/What did you see\?.* $/);
  at.enter("it stood open");
  await at.sees(/3\/4 .* $/);
  at.enter("s");
  await at.sees(/What did you see\?.* $/);
  at.enter("no key");
  await at.sees(/4\/4 .* $/);
  at.enter();
  assert.equal(await at.code, 3, at.screen());
  assert.deepEqual(ticks(report(root).runs[0]?.items), [
    ["pass", "pass", undefined],
    ["fail", "fail", "it stood open"],
    ["open", "skipped", "no key"],
    ["open", undefined, undefined],
  ]);
  assert.match(report(root).text, /wang, .*: it stood open/);
});

test("answers typed ahead, before their questions stand there, answer them in their order", async (t) => {
  if (!needs(t, "script")) return;
  const root = english(t);
  const at = terminal(t, root, "inspect", "--by", "wang");
  at.keys("y\rquiet\rn\r");
  // All of them may come while the first question stands there: then the terminal has shown them once already.
  await at.sees(/1\/4 .* y\n[^]*What did you see\?.* quiet\n[^]*2\/4 .* n\n.*What did you see\?.* $/);
  at.keys("it stood open\rs\r\r\r");
  assert.equal(await at.code, 3, at.screen());
  assert.deepEqual(ticks(report(root).runs[0]?.items), [
    ["pass", "pass", "quiet"],
    ["fail", "fail", "it stood open"],
    ["open", "skipped", undefined],
    ["open", undefined, undefined],
  ]);
});

test("Ctrl-C at a question ends the run with 130: what was answered is on record, the rest is open, the duty is due", async (t) => {
  if (!needs(t, "script")) return;
  const root = english(t);
  const at = terminal(t, root, "inspect", "--lang", "en");
  await at.sees(/1\/4 .* $/);
  at.enter("y");
  await at.sees(/What did you see\?.* $/);
  at.enter();
  await at.sees(/2\/4 .* $/);
  at.keys(CTRL_C);
  assert.equal(await at.code, 130, at.screen());
  assert.doesNotMatch(at.screen(), /\bat .*:\d+:\d+/);
  const items = report(root).runs[0]?.items;
  assert.deepEqual(
    items?.map(({ outcome }) => outcome),
    ["pass", "open", "open", "open"],
  );
  assert.match((await cli(t, ["status"], root)).out, /is due now/);
});

test("the end of input (Ctrl-D) leaves the remaining items open", async (t) => {
  if (!needs(t, "script")) return;
  const root = english(t);
  const at = terminal(t, root, "inspect");
  await at.sees(/1\/4 .* $/);
  at.keys(CTRL_D);
  assert.equal(await at.code, 5, at.screen());
  assert.doesNotMatch(at.screen(), /\bat .*:\d+:\d+/);
});

test("inspect --open asks only for what was left open, and records nothing when it is left in the middle", async (t) => {
  if (!needs(t, "script")) return;
  const root = english(t);
  await cli(t, ["inspect", "--no-ask"], root);
  await cli(t, ["inspect", "--answer", "fan=pass", "--answer", "log book=pass"], root);
  const before = report(root).runs.length;
  const gone = terminal(t, root, "inspect", "daily", "--open");
  await gone.sees(/2 items need a person[^]*1\/2 The door is locked.* $/);
  gone.enter("y");
  await gone.sees(/What did you see\?.* $/);
  gone.keys(CTRL_C);
  assert.equal(await gone.code, 130, gone.screen());
  assert.equal(report(root).runs.length, before);

  const none = terminal(t, root, "inspect", "daily", "--open");
  for (const _ of [1, 2]) {
    await none.sees(/\/2 .* $/);
    none.enter();
  }
  assert.equal(await none.code, 5, none.screen());
  assert.match(none.screen(), /Nothing was answered, nothing was recorded/);
  assert.equal(report(root).runs.length, before);

  const at = terminal(t, root, "inspect", "daily", "--open");
  for (const _ of [1, 2]) {
    await at.sees(/\/2 .* $/);
    at.enter("y");
    await at.sees(/What did you see\?.* $/);
    at.enter("looked");
  }
  assert.equal(await at.code, 0, at.screen());
  assert.equal(report(root).runs.length, before + 1);
  assert.ok(
    report(root)
      .runs.at(-1)
      ?.items.every(({ outcome }) => outcome === "pass"),
  );
});

test("asked in Chinese, answered in Chinese, through a daemon that owns the data", async (t) => {
  if (!needs(t, "script")) return;
  const root = book(t, "灯塔手册", "每日检查", ["听听风扇有没有异响", "看看门有没有锁好"]);
  const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0"], root);
  t.after(async () => {
    daemon.child.kill("SIGTERM");
    await daemon.ended;
  });
  await until("an address", 30, () => daemon.said.err.includes("http://"));
  const at = terminal(t, root, "inspect", "--by", "王芳");
  await at.sees(/有 2 项需要人来判断[^]*1\/2 听听风扇有没有异响（ops\.md:5）.* $/);
  at.enter("大概吧");
  await at.sees(/请输入 y、n、s，或直接回车。$/);
  at.enter("y");
  await at.sees(/看到了什么.*$/);
  at.enter("风声均匀");
  await at.sees(/2\/2 看看门有没有锁好.* $/);
  at.enter();
  assert.equal(await at.code, 5, at.screen());
  const open = terminal(t, root, "inspect", "--open", "--by", "李雷");
  await open.sees(/有 1 项需要人来判断[^]*1\/1 看看门有没有锁好.* $/);
  open.enter("n");
  await open.sees(/看到了什么.*$/);
  open.enter("门没有锁");
  assert.equal(await open.code, 3, open.screen());
  assert.ok(existsSync(join(root, ".watchbook")));
  const evidence = /证据：(\S+)/.exec(open.screen())?.[1];
  const page = readFileSync(join(evidence!, "result.md"), "utf8");
  assert.match(page, /李雷.*门没有锁/);
  assert.match(page, /王芳.*风声均匀/);
});

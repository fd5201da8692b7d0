import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as after } from "node:timers/promises";
import { folder } from "../kit/folder.ts";
import { begin, cli } from "../kit/cli.ts";

const limits = (memory: string, disk: string): string =>
  [
    "## 指标",
    "",
    "| 指标 | 正常 | 警告 | 严重 |",
    "| --- | --- | --- | --- |",
    `| 内存使用率 | ${memory} |`,
    `| 磁盘使用率 | ${disk} |`,
    "",
  ].join("\n");

const manual = (items: readonly string[], memory = "< 97% | 98% | 99%", disk = "< 97% | 98% | 99%"): string =>
  ["# 小站手册", "", "## 每日检查", "", ...items.map((item) => `- [ ] ${item}`), "", limits(memory, disk)].join("\n");

const book = (t: Parameters<typeof folder>[0], text: string, yaml?: string): string => {
  const root = folder(t);
  writeFileSync(join(root, "手册.md"), text);
  if (yaml !== undefined) writeFileSync(join(root, "watchbook.yaml"), yaml);
  return root;
};

test("a manual alone is inspected: what the machine knows is measured, everything else says what it needs", async (t) => {
  const root = book(t, manual(["检查内存和磁盘", "检查连接数", "问问邻居"]));
  const { code, out } = await cli(t, ["inspect", "--json"], root);
  const said = JSON.parse(out);
  assert.equal(code, 5);
  assert.equal(said.verdict, "inconclusive");
  const disk = said.items.find((item: { check: string }) => item.check === "disk");
  const { blocks, bfree, bavail } = await statfs("/");
  const used = (100 * (blocks - bfree)) / (blocks - bfree + bavail);
  assert.ok(Math.abs(disk.value - used) <= 1, `${disk.value} is ${used}`);
  assert.equal(disk.band, "normal");
  const [connections, neighbour] = said.items.filter((item: { check: string | null }) => item.check === null);
  assert.equal(connections.needs.args.kind, "connections");
  assert.deepEqual(connections.needs.proposals, [{ kind: "connections", params: {}, required: ["port"] }]);
  assert.equal(neighbour.needs.code, "tick");
  const report = readFileSync(said.report, "utf8");
  assert.match(report, /kind: connections\n {4}params: \{ port: <port> \}\n {4}items: \["检查连接数"\]/);
  assert.match(report, /由当班人员确认/);
});

test("the lines that a report proposes, filled in, let the machine judge the item", async (t) => {
  const root = book(t, manual(["检查内存和磁盘", "检查连接数"]));
  const first = JSON.parse((await cli(t, ["inspect", "--json"], root)).out);
  const [, yaml] = /~~~~yaml\n([\s\S]*?)~~~~/.exec(readFileSync(first.report, "utf8"))!;
  writeFileSync(join(root, "watchbook.yaml"), yaml!.replace("<port>", "9"));
  const { out } = await cli(t, ["inspect", "--json"], root);
  const item = JSON.parse(out).items.find((one: { text: string }) => one.text === "检查连接数");
  assert.equal(item.check, "connections");
  assert.notEqual(item.outcome, "open");
});

test("a passed inspection exits 0, its evidence verifies, and one flipped byte is refused", async (t) => {
  const root = book(t, manual(["检查内存和磁盘"]));
  const { code, out } = await cli(t, ["inspect", "--json"], root);
  const said = JSON.parse(out);
  assert.deepEqual([code, said.verdict], [0, "pass"]);
  assert.equal((await cli(t, ["evidence", "verify", said.evidence], root)).code, 0);
  const events = join(said.evidence, "events.jsonl");
  const bytes = readFileSync(events);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(events, bytes);
  assert.equal((await cli(t, ["evidence", "verify", said.evidence], root)).code, 2);
});

test("an item over its limit fails the inspection: exit 3, and the report leads to the limit's line", async (t) => {
  const root = book(t, manual(["检查内存和磁盘"], "< 97% | 98% | 99%", "< 0.0001% | 0.0002% | 0.0003%"));
  const { code, out } = await cli(t, ["inspect"], root);
  assert.equal(code, 3);
  assert.match(out, /✗ 不合格/);
  assert.match(out, /阈值出自 手册\.md:12/);
});

test("what the machine cannot judge blocks the verdict: exit 4, never 0", async (t) => {
  const yaml =
    'checks:\n  - id: gone\n    kind: command\n    params: { argv: [no-such-program-here] }\n    items: ["问问邻居"]\n';
  const root = book(t, manual(["检查内存和磁盘", "问问邻居"]), yaml);
  const { code, out } = await cli(t, ["inspect", "--json"], root);
  const said = JSON.parse(out);
  assert.deepEqual([code, said.verdict], [4, "inconclusive"]);
  const item = said.items.find((one: { check: string }) => one.check === "gone");
  assert.deepEqual([item.outcome, item.reason], ["unknown", "command-missing"]);
});

test("a second run on the same day is a second section of the same report [M-026]", async (t) => {
  const root = book(t, manual(["检查内存和磁盘"]));
  const one = JSON.parse((await cli(t, ["inspect", "--json"], root)).out);
  const two = JSON.parse((await cli(t, ["inspect", "--json", "--by", "王"], root)).out);
  assert.equal(two.report, one.report);
  assert.equal(readFileSync(two.report, "utf8").match(/^## 第 \d 次/gm)?.length, 2);
});

test("a wrong name is said with the names there are, exit 2, and nothing is made on the disk", async (t) => {
  const root = book(t, manual(["检查内存和磁盘"]));
  const { code, err } = await cli(t, ["inspect", "nightly"], root);
  assert.equal(code, 2);
  assert.match(err, /nightly/);
  assert.equal(existsSync(join(root, ".watchbook")), false);
});

/** Waits for something that a process does; it must not end first. */
async function until(done: () => boolean, ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.finally(() => (over = true));
  while (!done()) {
    assert.ok(!over, "the process ended before");
    await after(20);
  }
}
const appears = (path: string, ended: Promise<unknown>): Promise<void> => until(() => existsSync(path), ended);

const slow =
  'checks:\n  - id: slow\n    kind: command\n    params: { argv: [sh, -c, "touch started; sleep 60"] }\n    timeout: 60s\n    items: ["问问邻居"]\n';

test("Ctrl-C ends a run as interrupted: exit 130, and what it had seen is on record", async (t) => {
  const root = book(t, manual(["检查内存和磁盘", "问问邻居"]), slow);
  const { child, ended } = begin(t, ["inspect", "--json"], root);
  await appears(join(root, "started"), ended);
  child.kill("SIGINT");
  const { code, out } = await ended;
  const said = JSON.parse(out);
  assert.deepEqual([code, said.interrupted, said.verdict], [130, true, "inconclusive"]);
  assert.match(readFileSync(said.report, "utf8"), /中断/);
});

test("kill -9 in the middle of a run leaves nothing half done: the next run closes it and does the duty", async (t) => {
  const root = book(t, manual(["检查内存和磁盘", "问问邻居"]), slow);
  const { child, ended } = begin(t, ["inspect"], root);
  await appears(join(root, "started"), ended);
  child.kill("SIGKILL");
  await ended;
  writeFileSync(join(root, "watchbook.yaml"), "title: 小站\n");
  const { code, out } = await cli(t, ["inspect", "--json"], root);
  const said = JSON.parse(out);
  assert.equal(code, 5);
  const twin = JSON.parse(readFileSync(said.report.replace(/md$/, "json"), "utf8"));
  assert.deepEqual(
    twin.runs.map((run: { interrupted?: boolean; verdict: string }) => [run.interrupted ?? false, run.verdict]),
    [
      [true, "inconclusive"],
      [false, "inconclusive"],
    ],
  );
  const recorded = readdirSync(join(root, ".watchbook/evidence"), { recursive: true, encoding: "utf8" });
  assert.equal(recorded.filter((path) => path.endsWith("result.env")).length, 2);
});

test("where a daemon owns the data, it does the duty; the record is the same one", async (t) => {
  const root = book(t, manual(["检查内存和磁盘"]));
  const alone = JSON.parse((await cli(t, ["inspect", "--json"], root)).out);
  const daemon = begin(t, ["serve", "--listen", "127.0.0.1:0"], root);
  t.after(async () => {
    daemon.child.kill("SIGTERM");
    await daemon.ended;
  });
  await until(() => daemon.said.err.includes("http://"), daemon.ended);
  const { code, out, err } = await cli(t, ["inspect", "--json", "--by", "王"], root);
  const said = JSON.parse(out);
  assert.deepEqual([code, said.verdict, said.by], [0, "pass", "王"]);
  assert.ok(err.includes(String(daemon.child.pid)));
  assert.equal(said.report, alone.report);
  const unknown = await cli(t, ["inspect", "nightly"], root);
  assert.equal(unknown.code, 2);
});

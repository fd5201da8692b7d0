// The verbs `incident` and `problem` as people type them, without a daemon: what is said, kept, refused, and written.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run } from "../src/cli/dispatch.ts";
import type { Handover } from "../src/model/handover.ts";
import { bookFolder, shiftedClock } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";
import { sshKey } from "./kit/ssh-keys.ts";
import { worldIn } from "./kit/world.ts";
import { needs } from "./live/needs.ts";

const DAY = 86_400_000;
const MONDAY = Date.parse("2026-11-16T10:00:00+08:00");

const MANUAL = `# 论坛运维

## 故障排查

| 现象 | 排查位置 | 原因 | 处理 |
| --- | --- | --- | --- |
| 502 错误 | nginx error log | 后端未启动 | 重启容器 |
| 上传失败 | nginx 配置 | 请求体过大 | 调大上限 |
`;

const CONFIG = (people: string): string => `title: 论坛
lang: zh
zone: Asia/Shanghai
${people}severities:
  P0: { respond: 15m, resolve: 2h }
  P1: { respond: 30m, resolve: 4h }
incidents:
  pauses: { waiting-for-customer: {} }
  recurring: { count: 2 }
`;

const PLAIN = "title: Forum\nlang: en\nzone: Asia/Shanghai\n";

/** The command line in this process at a moment of the test's own; every answer is JSON. */
function desk(t: TestContext, people = "", config = CONFIG(people)) {
  const root = bookFolder(t, { "ops.md": MANUAL, "watchbook.yaml": config });
  const clock = shiftedClock(MONDAY);
  const say = async (...args: readonly string[]) => {
    const world = worldIn(root);
    const env = { PATH: process.env["PATH"] };
    const status = await run(args, { ...world, clock, env });
    return { status, out: world.said.stdout, err: world.said.stderr };
  };
  const call = async (...args: readonly string[]) => {
    const { status, out, err } = await say(...args, "--json");
    const json = JSON.parse(out);
    return { status, err, json, code: json.error?.code };
  };
  return { root, clock, say, call };
}

test("a night by hand: declared from a symptom, told, paused, curated, reviewed, its actions tracked to the end [H-107 S-093]", async (t) => {
  const { clock, say, call } = desk(t);
  assert.equal((await call("incident", "open", "--priority", "P0")).code, "INCIDENT-TITLE");
  assert.equal((await call("incident", "open", "页面打不开")).code, "INCIDENT-PRIORITY-NEEDED");
  assert.equal((await call("incident", "open", "--symptom", "失", "--priority", "P7")).code, "INCIDENT-PRIORITY");
  const many = await call("incident", "open", "--symptom", "e", "--priority", "P0");
  assert.equal(many.code, "INCIDENT-SYMPTOM");
  const { json } = await call("incident", "open", "--symptom", "502", "--priority", "P0", "--since", "09:50");
  assert.equal(json.id, "inc-20261116-01");
  assert.equal(json.title, "502 错误");
  assert.equal(json.since, MONDAY - 600_000);
  const shown = await say("incident", "show", "01");
  assert.match(shown.out, /响应：计时中，15 分钟已用 10 分钟，到期 10:05/);
  assert.match(shown.out, /502 错误 → nginx error log \(ops\.md:7\)/);
  clock.set(MONDAY + 240_000);
  assert.equal((await call("incident", "ack", "01", "--by", "wei")).status, 0);
  assert.equal((await call("incident", "ack", "01")).code, "INCIDENT-TAKEN");
  await call("incident", "note", "01", "容器 OOM", "--by", "wei");
  await call("incident", "pause", "01", "waiting-for-customer", "--note", "等客户确认");
  const edited = await call("incident", "edit", "01", "t3", "容器 OOM 两次", "--by", "li");
  assert.equal(edited.json.timeline[2].edits[0].before, "容器 OOM");
  assert.equal((await say("incident", "list")).status, 3);
  const status = await call("status");
  assert.equal(status.status, 3);
  assert.match(status.json.troubles[0].say, /inc-20261116-01（P0）进行中：502 错误/);
  const handover = JSON.parse((await say("handover", "--json")).out) as Handover;
  const items = (id: string) => handover.sections.find((one) => one.id === id)!.items.map((one) => one.say);
  assert.match(items("incidents")[0]!, /inc-20261116-01（P0）确认中：502 错误 · 响应：达标/);

  const unmeasured = await call("incident", "resolve", "01", "--reason", "重启容器");
  assert.equal(unmeasured.code, "INCIDENT-PATH-UNKNOWN");
  assert.equal(unmeasured.status, 4);
  assert.equal((await call("incident", "review", "01", "--held", "--reason", "x")).code, "INCIDENT-NOT-OVER");
  const page = (await call("incident", "review", "01")).json.path as string;
  writeFileSync(page, readFileSync(page, "utf8").replace("## 原因\n", "## 原因\n\n内存上限太小。\n"));
  await call("incident", "publish", "01", "investigating", "部分用户打不开页面");
  assert.equal((await call("incident", "retract", "01", "0", "--reason", "说错了")).code, "INCIDENT-USAGE");
  const back = await call("incident", "retract", "01", "1", "--reason", "说错了", "--by", "wei");
  assert.equal(back.json.published[0].retracted.by, "wei");
  const action = await call("incident", "action", "01", "上限调到 2G", "--owner", "li", "--due", "2026-11-20");
  assert.equal(action.json.actions[0].id, "a1");
  await call("incident", "review", "01");
  const text = readFileSync(page, "utf8");
  assert.match(text, /内存上限太小。/);
  assert.match(text, /\| a1 \| 上限调到 2G \| li \| 2026-11-20 \| 未完成 \|/);
  assert.match(text, /\| 响应时限 \| 15 分钟，已用 14 分钟：达标 \|/);
  writeFileSync(page, "# mine\n");
  assert.equal((await call("incident", "review", "01")).code, "INCIDENT-REVIEW-FOREIGN");
  assert.equal(readFileSync(page, "utf8"), "# mine\n");
  assert.equal((await call("incident", "done", "01", "a2", "--reason", "x")).code, "INCIDENT-ACTION");
  assert.equal((await call("incident", "show", "07")).code, "INCIDENT-UNKNOWN");
  assert.equal((await call("incident", "sing", "01")).code, "INCIDENT-USAGE");
});

test("a book that states no priorities has incidents too: without limits, and it says so", async (t) => {
  const { say, call } = desk(t, "", PLAIN);
  const { json } = await call("incident", "open", "Nobody can log in");
  assert.deepEqual([json.priority, json.clocks], ["unranked", []]);
  assert.match((await say("incident", "show", "01")).out, /no limits: the book states no priorities/);
  assert.equal((await call("incident", "open", "--symptom", "502", "--service", "x")).code, "INCIDENT-SERVICE");
  assert.equal((await call("incident", "open", "--symptom", "502", "--priority", "P1")).code, "INCIDENT-PRIORITY");
});

test("without a daemon nobody watches: the list of alerts says so, however empty it is", async (t) => {
  const { say, call } = desk(t, "", PLAIN);
  const { status, out } = await say("alerts");
  assert.equal(status, 0);
  assert.match(out, /^No daemon runs: nothing is watched now.*\nNo alert is open\.\n$/);
  assert.equal((await call("alerts", "list")).json.watched, false);
});

test("where nothing measures the path a person signs for it; the review, late actions and the problem follow [H-108]", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const keys = { wei: sshKey(folder(t), "wei"), li: sshKey(folder(t), "li") };
  const line = (id: "wei" | "li") => `  ${id}: { key: ${JSON.stringify(keys[id].line)} }\n`;
  const { root, clock, call, say } = desk(t, `people:\n${line("wei")}${line("li")}  zhao: {}\n`);
  await call("incident", "open", "--symptom", "502", "--priority", "P0");
  const word = (as: string, key: string, ...more: readonly string[]) =>
    call("incident", "word", "01", "green", "--reason", "发帖成功", "--as", as, "--key", key, ...more);
  assert.equal((await word("zhao", keys.wei.file)).code, "INCIDENT-WORD-NO-KEY");
  assert.equal((await word("nobody", keys.wei.file)).code, "INCIDENT-WORD-WHO");
  assert.equal((await word("wei", keys.li.file)).code, "INCIDENT-WORD-OTHER-KEY");
  assert.equal((await call("incident", "word", "01", "green", "--as", "wei")).code, "INCIDENT-TEXT");
  const signed = await word("wei", keys.wei.file);
  assert.equal(signed.status, 0, signed.err);
  assert.equal(signed.json.path.state, "green");
  const over = await call("incident", "resolve", "01", "--reason", "重启容器", "--owner", "wei", "--due", "2026-11-18");
  assert.equal(over.json.state, "resolved", over.err);
  await call("incident", "action", "01", "调大内存", "--owner", "li", "--due", "2026-11-20");
  clock.set(MONDAY + 5 * DAY);
  const late = (await call("status")).json.troubles.map(({ kind }: { readonly kind: string }) => kind);
  assert.ok(late.includes("review-late"), String(late));
  assert.ok(late.includes("action-late"), String(late));
  assert.equal((await call("incident", "review", "01", "--held", "--reason", "全员参加")).json.state, "closed");
  assert.ok(
    !(await call("status")).json.troubles.some(({ kind }: { readonly kind: string }) => kind === "review-late"),
  );
  await call("incident", "done", "inc-20261116-01", "a1", "--reason", "已调整");

  await call("incident", "open", "--symptom", "502", "--priority", "P1");
  const [problem] = (await call("problem", "list")).json.problems;
  assert.equal(problem.symptom, "502 错误");
  assert.equal((await call("problem", "propose", "01")).code, "PROBLEM-NOTHING");
  await call("problem", "cause", "01", "worker 每次上传泄漏 5 MB");
  await call("problem", "workaround", "01", "重启 worker");
  const handover = JSON.parse((await say("handover", "--json")).out) as Handover;
  assert.match(handover.sections.find(({ id }) => id === "problems")!.items[0]!.say, /重启 worker/);
  const patch = join(root, "known.patch");
  const before = readFileSync(join(root, "ops.md"), "utf8");
  assert.equal((await say("problem", "propose", "01", "--output-file", patch)).status, 0);
  assert.equal(readFileSync(join(root, "ops.md"), "utf8"), before, "the manual is never edited");
  execFileSync("git", ["apply", patch], { cwd: root });
  assert.match(
    readFileSync(join(root, "ops.md"), "utf8"),
    /\| 502 错误 \| 重启 worker \| worker 每次上传泄漏 5 MB \| – \|\n$/,
  );
  assert.equal((await call("problem", "close", "01", "--reason", "2.4.1")).code, "PROBLEM-UNPROVEN");
  assert.equal((await call("problem", "close", "01", "--reason", "2.4.1", "--proof", "r8f3c")).json.state, "closed");
});

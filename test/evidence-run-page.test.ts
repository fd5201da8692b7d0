// result.md of a run, in both languages, as golden pages; approvals inside evidence.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { runEvidence } from "../src/engine/run/evidence/input.ts";
import type { RunFacts } from "../src/engine/run/evidence/facts.ts";
import { approvalEntry, questionsOf, textFor } from "../src/engine/run/evidence/approval.ts";
import { allowedSigners } from "../src/evidence/approval/recipe.ts";
import { recordEvidence } from "../src/evidence/record.ts";
import type { RunJudged } from "../src/evidence/run/judge.ts";
import { WatchbookError } from "../src/model/error.ts";
import type { Lang } from "../src/model/lang.ts";
import { runPage } from "../src/report/run/page.ts";
import { codes, recorder, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { gateOf } from "./kit/plan.ts";
import { bound, factsOf, goodRun } from "./kit/run-evidence.ts";
import { play, type Play } from "./kit/run-play.ts";
import { sshKey, sshSign } from "./kit/ssh-keys.ts";
import { needs } from "./live/needs.ts";

const GOLDEN = join(import.meta.dirname, "books", "reports");
const START = Date.UTC(2026, 10, 20, 8, 33);

const pageOf = (facts: RunFacts, lang: Lang): string =>
  runEvidence(facts, (run) => runPage(run, { lang, zone: "Asia/Shanghai" })).markdown;

/** The same journal, begun at `START`. */
const dated = (run: Play, more: Partial<RunFacts> = {}): RunFacts => {
  const facts = factsOf(run, more);
  const shift = START - facts.journal[0]!.at;
  return { ...facts, journal: facts.journal.map((one) => ({ ...one, at: one.at + shift })) };
};

/** A roll-out whose second host fails, is asked about, skipped by a person, and whose fault was removed. */
function troubled(): Play {
  const plan = bound({
    runbook: "SOP-06",
    title: "发布 | rollout `v2`",
    environment: "生产",
    steps: [
      {
        id: "fault_injection",
        title: "停掉备用",
        kind: "fault",
        until: "switch",
        undo: "heal",
        command: "systemctl stop standby",
      },
      {
        id: "switch",
        title: "切换 switch",
        command: 'set -eu\nswitch --to "$VERSION"\n~~~\n',
        risk: "destructive",
        onFail: "ask",
      },
      { id: "announce", title: "通知 <b>all</b>", kind: "manual", scope: "run", risk: "read", command: "电话通知" },
    ],
    others: [{ id: "heal" }],
    targets: ["host-1", "host-2"],
    parameters: [
      { name: "VERSION", value: "2.4.1", secret: false, type: "text" },
      { name: "TOKEN", value: "env:DEPLOY_TOKEN", secret: true, type: "secret" },
    ],
    files: [{ path: "scripts/switch.sh", sha256: "ab".repeat(32) }],
  });
  const run = play(plan);
  run.go();
  for (const host of ["host-1", "host-2"]) {
    run.now += 1_200;
    run.end(`fault_injection@${host}`, { seconds: 1.2 });
  }
  run.now += 2_500;
  run.end("switch@host-1", { seconds: 2.5 });
  run.now += 500;
  run.end("switch@host-2", { ending: "failed", code: 3, reason: "exit-code", args: { code: 3 }, seconds: 0.5 });
  run.now += 60_000;
  run.say({
    type: "answer",
    step: "switch",
    target: "host-2",
    choice: "skip",
    by: "wang",
    note: "主机明天更换 | replaced",
  });
  for (const host of ["host-1", "host-2"]) run.end(`fault_injection@${host}`);
  run.say({ type: "tick", step: "announce", target: "-", by: "li", done: true, note: "called\nall" });
  run.go();
  assert.equal(run.view.state, "done");
  return run;
}

const CASES = [
  ["run-skipped-zh.md", "zh", () => dated(troubled(), { kind: "deploy" })],
  [
    "run-passed-en.md",
    "en",
    () =>
      dated(goodRun(bound({ steps: ["look", { id: "restart", verify: "up" }], others: [{ id: "up", risk: "read" }] }))),
  ],
] as const;

for (const [name, lang, facts] of CASES)
  test(`the page of a run is ${name}`, () => {
    if (process.env["WATCHBOOK_GOLDEN"] === "write") writeFileSync(join(GOLDEN, name), pageOf(facts(), lang));
    assert.equal(pageOf(facts(), lang), readFileSync(join(GOLDEN, name), "utf8"));
  });

test("hostile names, reasons and commands stay text on the page", () => {
  const plan = bound({
    title: "a\n# b | <script>",
    steps: [{ id: "x", command: "~~~~~\n# not a heading" }],
    environment: "p`rod",
  });
  const run = play(plan);
  run.go();
  run.end("x@a", { ending: "failed", reason: "other", args: { detail: "</td> | **bold** \u001b[31m" } });
  const page = pageOf(dated(run, { record: { id: "r", by: "requester", reason: "![x](http://y) `z`" } }), "en");
  assert.ok(!/<script>|<b>|<\/td>|\u001b/.test(page));
  const headings = page.split("\n").filter((line) => line.startsWith("# "));
  assert.equal(headings.length, 4, headings.join("\n"));
  assert.ok(page.includes("\n~~~~~~text\n~~~~~\n# not a heading\n~~~~~~\n"));
});

/** A run that waits for two people's yes before its change. */
function asking(t: TestContext) {
  const place = folder(t);
  const keys = Object.fromEntries(["wang", "sun", "zhao", "requester"].map((id) => [id, sshKey(place, id)]));
  const people = Object.entries(keys).map(([id, { line }]) => ({
    id,
    name: id,
    roles: id === "zhao" ? ["dev"] : ["lead"],
    key: line,
  }));
  const plan = bound({
    steps: ["look", { id: "drop", risk: "destructive" }],
    gate: gateOf({ roles: ["lead"], quorum: 2 }),
  });
  const run = play(plan);
  run.go();
  run.end("look@a");
  const yes = (by: string): void => {
    const [question] = questionsOf({
      record: { id: "r20261120-083300-1f3a", by: "requester" },
      plan,
      view: run.view,
    } as never);
    const text = textFor(question!, by);
    run.say(approvalEntry(question!, people, { gate: "plan", by, text, signature: sshSign(keys[by]!, text) }, run.now));
  };
  return { plan, run, people, keys, yes };
}

test("a run with approvals names them in its evidence; without one of them it could not have begun", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { run, people, yes } = asking(t);
  assert.throws(
    () => yes("zhao"),
    (error) => error instanceof WatchbookError && error.code === "APPROVAL-ROLE",
  );
  assert.throws(
    () => yes("requester"),
    (error) => error instanceof WatchbookError && error.code === "APPROVAL-REQUESTER",
  );
  yes("wang");
  assert.throws(
    () => yes("wang"),
    (error) => error instanceof WatchbookError && error.code === "APPROVAL-TWICE",
  );
  assert.equal(run.view.state, "waiting");
  yes("sun");
  run.end("drop@a");
  const to = recorder(folder(t));
  const input = runEvidence(factsOf(run, { people }), (judged: RunJudged) =>
    runPage(judged, { lang: "en", zone: "UTC" }),
  );
  assert.equal(new Map(input.env).get("APPROVED_BY"), "wang,sun");
  assert.match(input.markdown, /\*\*sun\*\* approved plan with the key SHA256:/);
  const place = await recordEvidence(to, input);
  assert.deepEqual([verify(to, place).verdict, codes(verify(to, place))], ["pass", ["approvers-own"]]);
  assert.deepEqual(codes(verify(to, place, { people })), []);
  const asked = (more: (one: (typeof people)[number]) => Partial<(typeof people)[number]>) =>
    verify(to, place, { people: people.map((one) => ({ ...one, ...more(one) })) });
  const other = asked((one) => (one.id === "sun" ? { key: people[2]!.key } : {}));
  assert.deepEqual([other.verdict, codes(other)], ["inconclusive", ["approver-key"]]);
  assert.deepEqual(codes(asked((one) => (one.id === "sun" ? { id: "sunny" } : {}))), ["approver-unknown"]);
  assert.deepEqual(codes(asked((one) => (one.id === "sun" ? { roles: ["dev"] } : {}))), ["approver-role"]);
});

test("evidence whose approvals were taken out, changed, or given by one key for two is refused", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { run, people, keys, yes } = asking(t);
  yes("wang");
  yes("sun");
  run.end("drop@a");
  const { recompute } = await import("../src/evidence/recompute.ts");
  const { Refusal } = await import("../src/evidence/refusal.ts");
  const events = runEvidence(factsOf(run, { people }), () => "").events;
  const outcome = (change: (data: Record<string, any>[]) => void): string => {
    const copy = structuredClone(events) as unknown as Record<string, any>[];
    change(copy.filter(({ type }) => type === "approval.given").map(({ data }) => data));
    try {
      return recompute("run", copy as never, "execute").verdict;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.reason.code;
    }
  };
  const text = (person: string, more = "") =>
    `watchbook approval 1\nrun r20261120-083300-1f3a\ngate plan\nplan ${run.plan.digest}\nperson ${person}\n${more}`;
  assert.equal(
    outcome(() => undefined),
    "pass",
  );
  assert.equal(
    outcome(([first]) => (first!["by"] = "sun")),
    "approval-other",
  );
  assert.equal(
    outcome(([first, second]) => Object.assign(first!, { ...second!, journal: first!["journal"] })),
    "approval-missing",
  );
  assert.equal(
    outcome(([first]) => (first!["signature"] = "")),
    "approval-forged",
  );
  assert.equal(
    outcome(([first]) => (first!["text"] = text("wang", "x\n"))),
    "approval-other",
  );
  const twice = { by: "sun", text: text("sun"), signature: sshSign(keys["wang"]!, text("sun")) };
  assert.equal(
    outcome(([, second]) => Object.assign(second!, twice)),
    "approval-same-key",
  );
});

test("the documented recipe verifies the approvals of a run with ssh-keygen alone", async (t) => {
  if (!needs(t, "ssh-keygen", "jq")) return;
  const docs = ["approval.md", "approval.zh-CN.md"].map((name) =>
    readFileSync(join(import.meta.dirname, "..", "docs", "formats", name), "utf8"),
  );
  const [recipe, other] = docs.map((text) => /<!-- recipe -->\n```sh\n([^]*?)\n```\n/.exec(text)?.[1]);
  assert.ok(recipe);
  assert.equal(recipe, other);
  const { run, people, yes } = asking(t);
  yes("wang");
  yes("sun");
  run.end("drop@a");
  const to = recorder(folder(t));
  const { directory } = await recordEvidence(
    to,
    runEvidence(factsOf(run, { people }), () => "# run\n"),
  );
  const place = folder(t);
  writeFileSync(join(place, "approvals.sh"), recipe);
  const check = (signers: string) => {
    writeFileSync(join(place, "signers"), signers);
    return spawnSync("sh", [join(place, "approvals.sh"), directory, join(place, "signers")], { encoding: "utf8" });
  };
  const good = check(allowedSigners(people));
  assert.equal(good.status, 0, good.stderr);
  assert.equal(good.stdout.match(/Good "watchbook-approval" signature/g)?.length, 2);
  assert.notEqual(check(allowedSigners(people.filter(({ id }) => id !== "sun"))).status, 0);
  const events = join(directory, "events.jsonl");
  const sound = readFileSync(events, "utf8");
  writeFileSync(events, sound.replaceAll("r20261120-083300-1f3a", "r20261120-083300-1f3b"));
  assert.notEqual(check(allowedSigners(people)).status, 0);
});

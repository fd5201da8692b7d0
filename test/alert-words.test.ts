// Silences as they are asked for, matchers, and what a notice says in both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signalFrom, silenceOf, whyOf } from "../src/desk/alert/index.ts";
import { listText, whyText } from "../src/cli/alerts/text.ts";
import { plainInbound } from "../src/model/inbound.ts";
import { compileFiles } from "../src/book/compile/compile.ts";
import { namedFiles } from "../src/book/read/named.ts";
import type { WatchbookError } from "../src/model/error.ts";
import { matcherOf, matchesAll, matchesEverything } from "../src/model/silence.ts";
import { noticeOf } from "../src/report/notice/notice.ts";
import { bookFolder } from "./kit/daemon.ts";
import { DeskWorld, signal, silence, T0 } from "./kit/alert-desk.ts";

const HOUR = 3_600_000;
const ask = (match: readonly string[], more = {}) =>
  silenceOf({ match, forMs: HOUR, by: "li", reason: "works", everything: false, ...more }, T0);
const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as WatchbookError).code;
  }
  return "none";
};

test("a silence has an author, a reason and an end; one that hides everything is asked for twice and is short [H-058]", () => {
  const { by, reason, starts, ends } = ask(["service=shop"]);
  assert.deepEqual([by, reason, starts, ends], ["li", "works", T0, T0 + HOUR]);
  assert.equal(
    code(() => ask(["service=shop"], { reason: " " })),
    "SILENCE-NEEDS",
  );
  assert.equal(
    code(() => ask(["service=shop"], { forMs: 31 * 24 * HOUR })),
    "SILENCE-NEEDS",
  );
  assert.equal(
    code(() => ask(["shop"])),
    "SILENCE-MATCHER",
  );
  assert.equal(
    code(() => ask(["service=~("])),
    "SILENCE-MATCHER",
  );
  for (const all of [[], ["service=~.*"], ["target!=nobody"], ["service=~.*", "severity!~x{9}"]])
    assert.equal(
      code(() => ask(all)),
      "SILENCE-ALL",
      all.join(" "),
    );
  assert.equal(
    code(() => ask([], { everything: true })),
    "none",
  );
  assert.equal(
    code(() => ask([], { everything: true, forMs: 9 * HOUR })),
    "SILENCE-ALL",
  );
});

test("matchers see whole values of labels; what is absent is empty", () => {
  const labels = { service: "shop", severity: "P1" };
  const holds = (text: string): boolean => matchesAll([matcherOf(text)!], labels);
  assert.deepEqual(
    [
      "service=shop",
      "service=sho",
      "service=~sho",
      "service=~sho.",
      "severity!=P1",
      "severity!~P[23]",
      "metric=",
      "a=b=c",
    ].map(holds),
    [true, false, false, true, false, true, true, false],
  );
  assert.equal(matchesEverything([matcherOf("service=~|.+")!]), true);
  assert.equal(matchesEverything([matcherOf("service=~shop|.*")!, matcherOf("severity=P1")!]), false);
});

test("twenty alerts of one group are one message that lists all of them [H-059]", async (t) => {
  const { book } = await compileFiles(await namedFiles([bookFolder(t)]));
  const world = new DeskWorld();
  world.signals(...Array.from({ length: 20 }, (_, n) => signal(`errors-${n}`)));
  assert.equal(world.heard.length, 1);
  const { title, body } = noticeOf({ book }, world.heard[0]!, undefined);
  assert.equal(title, "[P1] shop: 20 alerts");
  assert.equal(body.split("\n").length, 20);
  for (let n = 0; n < 20; n += 1) assert.match(body, new RegExp(`errors-${n} · web-1`));
});

test("a notice that tells an end beside what goes on is about what goes on, and counts that", async (t) => {
  const { book } = await compileFiles(await namedFiles([bookFolder(t)]));
  const world = new DeskWorld();
  world.signals(signal("errors"), signal("timeouts"));
  world.signals(signal("errors", { firing: false }));
  world.do({ kind: "acknowledge", alerts: [world.alert("timeouts@web-1")!.id], by: "wang" });
  const { title, body } = noticeOf({ book }, world.heard.at(-1)!, undefined);
  assert.equal(title, "[P1] wang has it: timeouts · web-1");
  assert.match(body, /^timeouts · web-1.*\nover at .*: errors · web-1/);
});

test("a notice says what, where, since when, for whom and why, in the book's language", async (t) => {
  const { book } = await compileFiles(await namedFiles([bookFolder(t)]));
  const world = new DeskWorld();
  const cpu = {
    title: "CPU 使用率",
    value: 93.4,
    unit: "%",
    runbook: "restart",
    source: { file: "ops.md", line: 61 },
  } as const;
  world.signals(signal("cpu", cpu));
  const said = (lang: "en" | "zh") => noticeOf({ book: { ...book, lang } }, world.heard[0]!, "https://w.example.org/x");
  assert.equal(said("zh").title, "[P1] CPU 使用率 · web-1");
  assert.equal(said("zh").body, "CPU 使用率 · web-1：93.4 %，始于 2026-11-20 20:00:00 +08:00");
  assert.deepEqual(said("zh").links, [{ text: "认领", url: "https://w.example.org/x" }]);
  const { id } = world.alert("cpu@web-1")!;
  assert.deepEqual(
    said("en").facts.map(({ name, value }) => `${name}: ${value}`),
    [
      "severity: P1",
      "service: shop",
      `alert: ${id}`,
      "manual: ops.md:61",
      "runbook: watchbook run restart",
      "why you: step 1 of P1",
      `answer: watchbook alerts ack ${id}`,
    ],
  );
  world.signals(signal("cpu", { ...cpu, firing: false }));
  const over = noticeOf({ book }, world.heard[1]!, "https://w.example.org/x");
  assert.equal(over.title, "[P1] Over: CPU 使用率 · web-1");
  assert.deepEqual(over.links, []);
  const why = (one: typeof over) => one.facts.find(({ name }) => name === "为何通知你" || name === "why you")?.value;
  assert.equal(why(noticeOf({ book: { ...book, lang: "en" } }, world.heard[1]!, undefined)), "told of it before");
});

test("the list and `why` say below an alert what its check said, who has it though it is silenced, and who tells of it", () => {
  const world = new DeskWorld();
  const seen = { reason: "http-status", args: { url: "http://shop", status: 502, wanted: "200" } };
  world.signals(signal("errors", { seen }));
  const { id } = world.alert("errors@web-1")!;
  world.do({ kind: "acknowledge", alerts: [id], by: "wang", note: "looking" });
  world.do({ kind: "silence", silence: silence("s", [matcherOf("service=shop")!]) });
  const speaker = { lang: "en", zone: "UTC", now: T0 } as const;
  const list = (open: DeskWorld) => listText([...open.desk.open.values()], [...open.desk.groups.values()], speaker);
  assert.match(list(world), /http:\/\/shop answers with status 502, expected 200\.\n/);
  assert.match(list(world), /wang has it until 13:00 · kept quiet: silence s by li: works/);
  const notices = world.records.flatMap((one) => one.notices);
  const text = whyText(
    whyOf(world.alert("errors@web-1")!, [...world.desk.groups.values()], notices, world.policy),
    speaker,
  );
  assert.match(text, /answers with status 502/);
  assert.match(text, /wang has it: looking/);
  assert.match(text, /somebody has it → pager: delivered \(told of it before\)/);
  const other = new DeskWorld();
  const told = { labels: { alertname: "Down" }, annotations: { description: "timeout" }, firing: true };
  other.signals(signalFrom(plainInbound("kuma", "uptime-kuma"), told, other.policy, T0));
  assert.match(list(other), /told by kuma\n\s+timeout\n/);
});

// Items that a person answers afterwards: a run of its own, nothing measured again, the old evidence untouched.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { answer, inspect, openRun, recover, type GivenAnswer } from "../src/engine/inspect.ts";
import type { House } from "../src/engine/house.ts";
import { openStatement, readFiles } from "../src/evidence/directory.ts";
import { publicKeyFile, publicKeyFromPem } from "../src/evidence/key.ts";
import { verifyDirectory } from "../src/evidence/verify.ts";
import { verifyReport } from "../src/evidence/verify-report.ts";
import { frameOf } from "../src/report/inspection/frame.ts";
import { WatchbookError } from "../src/model/error.ts";
import { openStore } from "../src/store/sqlite.ts";
import { folder } from "./kit/folder.ts";
import { book, check, duty, given, house, item, TestClock } from "./kit/inspection.ts";

const bands = { bad: "above", warn: 70, critical: 90 } as const;
const items = [item("Look at CPU", ["cpu"]), item("The fan sounds healthy"), item("The door is locked")];
const HOUR = 3_600_000;

async function place(t: TestContext) {
  const root = folder(t);
  const data = join(root, ".watchbook");
  const store = await openStore(join(data, "state.db"));
  t.after(() => store[Symbol.asyncDispose]());
  const clock = new TestClock("2026-11-20T08:33:00Z");
  const home: House = house(data, store, clock, [given]);
  const manual = book({ checks: [check("cpu", { value: 40 }, { bands })], duties: [duty(items)] });
  const open = { book: manual, root, dirty: false };
  const demands = (maxAge?: number) => ({
    trust: { signers: [{ name: "host", key: publicKeyFromPem(readFileSync(publicKeyFile(join(data, "keys")))) }] },
    limits: {},
    pins: { now: clock.wall(), ...(maxAge !== undefined && { maxAge }) },
    roots: [join(data, "evidence")],
  });
  const look = () => inspect(home, open, "daily", { by: "watchbook", signal: new AbortController().signal });
  const say = (...answers: readonly GivenAnswer[]) => answer(home, open, "daily", { by: "lin", answers });
  return { root, data, store, clock, home, open, demands, look, say };
}

const refused = (code: string) => (error: unknown) => error instanceof WatchbookError && error.code === code;

test("answers close what a run left open: one more run of the record, with evidence that verifies by itself", async (t) => {
  const { store, clock, demands, look, say } = await place(t);
  const first = await look();
  assert.equal(first.record.state, "open");
  const untouched = readFileSync(join(first.evidence!.directory, "result.json"));
  clock.pass(HOUR);
  const some = await say({ item: "fan", outcome: "pass", note: "quiet" });
  assert.deepEqual([some.record.state, some.inspection.verdict], ["open", "inconclusive"]);
  clock.pass(HOUR);
  const all = await say({ item: "the-door-is-locked", outcome: "pass" });
  assert.deepEqual([all.record.state, all.inspection.verdict, all.problems], ["done", "pass", []]);
  assert.deepEqual(all.record.runs, [first.inspection.id, some.inspection.id, all.inspection.id]);
  assert.deepEqual(
    all.inspection.items.map(({ outcome, tick }) => [outcome, tick?.by, tick?.note]),
    [
      ["pass", undefined, undefined],
      ["pass", "lin", "quiet"],
      ["pass", "lin", undefined],
    ],
  );
  assert.equal(verifyDirectory(all.evidence!.directory, demands()).verdict, "pass");
  assert.equal(verifyDirectory(first.evidence!.directory, demands()).verdict, "inconclusive");
  assert.deepEqual(readFileSync(join(first.evidence!.directory, "result.json")), untouched);
  const [newest] = await store.inspections({ duty: "daily", limit: 1 });
  assert.equal(newest?.id, all.inspection.id);
  const kinds = (await store.events({ after: 0, limit: 100 })).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-3), ["duty.done", "inspection.answered", "inspection.published"]);
});

test("the report gains a section per answer and stands verified, each section by its own evidence", async (t) => {
  const { demands, look, say, clock } = await place(t);
  const first = await look();
  clock.pass(HOUR);
  const done = await say({ item: "fan", outcome: "pass" }, { item: "door", outcome: "fail", note: "it stood open" });
  assert.equal(done.report, first.report);
  assert.equal(done.inspection.verdict, "fail");
  const text = readFileSync(done.report!, "utf8");
  assert.match(text, /^\*\*Verdict: failed\*\*/m);
  assert.match(text, /^## Answers 2: 2026-11-20 09:33:00 \+00:00, by lin$/m);
  assert.match(text, /it stood open/);
  assert.match(text, new RegExp(`Nothing was measured again: readings are those of run \`${first.inspection.id}\``));
  const { whole, named } = verifyReport(done.report!, demands(), frameOf);
  assert.deepEqual([whole.verdict, named.length], ["fail", 2]);
});

test("answering makes no reading fresh, and the statement names the evidence that was answered", async (t) => {
  const { clock, demands, look, say } = await place(t);
  const first = await look();
  clock.pass(6 * HOUR);
  const done = await say({ item: "fan", outcome: "pass" }, { item: "door", outcome: "pass" });
  assert.equal(verifyDirectory(done.evidence!.directory, demands(7 * HOUR)).verdict, "pass");
  const stale = verifyDirectory(done.evidence!.directory, demands(HOUR));
  assert.equal(stale.verdict, "inconclusive");
  assert.ok(stale.reasons.some(({ code }) => code === "stale"));
  assert.ok(stale.reasons.some(({ code, args }) => code === "restated" && args["run"] === first.inspection.id));
  const { directory } = done.evidence!;
  const { statement } = openStatement(readFiles(directory), directory, demands().trust.signers);
  const bytes = readFileSync(join(first.evidence!.directory, "statement.dsse.json"));
  const digest = createHash("sha256").update(bytes).digest("hex");
  assert.equal(statement.subject.find(({ name }) => name === "answered run")?.digest.sha256, digest);
});

test("what was measured is not measured again, and its value is kept once", async (t) => {
  const { store, clock, look, say } = await place(t);
  const first = await look();
  clock.pass(HOUR);
  const done = await say({ item: "fan", outcome: "skipped" });
  assert.deepEqual(done.inspection.items[0]!.readings, first.inspection.items[0]!.readings);
  assert.equal(done.inspection.items[1]!.outcome, "open");
  assert.equal((await store.samples({ check: "cpu", target: "local", since: 0 })).length, 1);
});

test("two who answer at once do not lose each other's answer", async (t) => {
  const { look, say, home, open } = await place(t);
  await look();
  await Promise.all([say({ item: "fan", outcome: "pass" }), say({ item: "door", outcome: "pass" })]);
  await assert.rejects(openRun(home, open, "daily", undefined), refused("ANSWER-NONE-OPEN"));
});

test("an answer that does not fit is refused with what is open, and none of its call is taken", async (t) => {
  const { look, say, home, open, clock, store } = await place(t);
  await assert.rejects(say({ item: "fan", outcome: "pass" }), refused("ANSWER-NO-RUN"));
  await look();
  const fan = { item: "fan", outcome: "pass" } as const;
  await assert.rejects(say(fan, { item: "cpu", outcome: "pass" }), refused("ANSWER-ITEM-UNKNOWN"));
  await assert.rejects(say({ item: "Look at CPU", outcome: "pass" }), refused("ANSWER-NOT-OPEN"));
  await assert.rejects(say({ item: "the ", outcome: "pass" }), refused("ANSWER-ITEM-AMBIGUOUS"));
  await assert.rejects(say({ item: " ", outcome: "pass" }), refused("ANSWER-ITEM-UNKNOWN"));
  await assert.rejects(say(fan, { item: "The fan sounds healthy", outcome: "fail" }), refused("ANSWER-TWICE"));
  assert.equal((await store.inspections({ duty: "daily" })).length, 1);
  clock.pass(24 * HOUR);
  await assert.rejects(openRun(home, open, "daily", undefined), refused("ANSWER-NO-RUN"));
});

test("answers whose evidence could not be written are published by the next start", async (t) => {
  const { look, home, open, demands } = await place(t);
  await look();
  const full = {
    ...home,
    record: () => Promise.reject(new WatchbookError("EVIDENCE-FULL", { path: "x", detail: "" })),
  };
  const request = { by: "lin", answers: items.slice(1).map(({ id }) => ({ item: id, outcome: "pass" as const })) };
  const done = await answer(full, open, undefined, request);
  assert.deepEqual([done.evidence, done.problems.map(({ code }) => code)], [undefined, ["EVIDENCE-FULL"]]);
  assert.deepEqual(await recover(home, open), []);
  assert.equal(verifyReport(done.report!, demands(), frameOf).whole.verdict, "inconclusive");
  assert.match(readFileSync(done.report!, "utf8"), /^## Answers 2/m);
});

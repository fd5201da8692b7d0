// Holding a check green for a time: what passes, what fails at once, and what could not be measured.
import assert from "node:assert/strict";
import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { patient } from "./kit/patient.ts";
import { done, place, said, sentence } from "./suites/step-context.ts";

const LIMITS = { bad: "above", critical: 20 };
/** A minute, a look every ten seconds: seven looks. */
const MINUTE = { for: "1m", every: "10s" };

/** A gate on a number in a file; before each look but the first the file says what `next` gives, `-` for nothing. */
async function held(t: TestContext, next: (look: number) => number | "-", params: object = {}) {
  const here = await place(t);
  const path = join(here.root, "errors");
  const put = (look: number): void => {
    const value = next(look);
    if (value === "-") rmSync(path, { force: true });
    else writeFileSync(path, String(value));
  };
  put(1);
  const clock = patient((count) => put(count + 1));
  const check = {
    check: "command",
    with: { argv: ["cat", path], value: { regex: "(\\d+)", unit: "count" }, unknown: [1] },
  };
  const end = await done("gate", { ...check, bands: LIMITS, ...MINUTE, ...params }, here.context({ clock }));
  const lines = here.printed().trimEnd().split("\n");
  return { end, looks: lines.length - 1, sum: JSON.parse(lines.at(-1)!) as Record<string, number>, lines };
}

test("green for the whole time passes, and the record has each look, the first, the worst and the last value", async (t) => {
  const values = [3, 9, 1, 4, 4, 2, 5];
  const { end, looks, sum, lines } = await held(t, (look) => values[look - 1]!, { least: 7 });
  assert.equal(said(end), "ok");
  assert.deepEqual(end.outputs, { VALUE: "5", FIRST: "3", WORST: "9", LOOKS: "7" });
  assert.equal(looks, 7);
  const { seconds, ...rest } = sum;
  assert.deepEqual(rest, { looks: 7, measured: 7, unknown: 0, first: 3, worst: 9, last: 5 });
  assert.ok(seconds! >= 60, String(seconds));
  assert.deepEqual(
    lines.slice(0, -1).map((line) => (JSON.parse(line) as { value: number }).value),
    values,
  );
});

test("the first look over the limit ends it at once", async (t) => {
  const { end, looks } = await held(t, (look) => (look === 3 ? 20 : 1));
  assert.equal(said(end), "failed gate-over");
  assert.equal(looks, 3);
  assert.match(sentence(end, "en"), /Over its limit at look 3: command gave 20 \(limit ≥ 20\); first 1, worst 20/);
});

test("one blind look in between is borne and does not count; too few, too many blind ones, or the last blind do not pass", async (t) => {
  const one = await held(t, (look) => (look === 4 ? "-" : 1), { least: 6 });
  assert.deepEqual([said(one.end), one.sum["measured"], one.sum["unknown"]], ["ok", 6, 1]);
  const few = await held(t, (look) => (look === 4 ? "-" : 1), { least: 7 });
  assert.equal(said(few.end), "failed gate-unmeasured");
  assert.match(
    sentence(few.end, "en"),
    /Could not be measured, so it does not pass: 6 of 7 looks at command saw something; needed are 7/,
  );
  const many = await held(t, (look) => (look <= 4 ? "-" : 1));
  assert.deepEqual([said(many.end), many.sum["measured"]], ["failed gate-unmeasured", 3]);
  const last = await held(t, (look) => (look === 7 ? "-" : 1));
  assert.deepEqual([said(last.end), last.sum["measured"]], ["failed gate-unmeasured", 6]);
});

test("nothing measured, no limits, no such check: never ok", async (t) => {
  const blind = await held(t, () => "-", { for: 0 });
  assert.equal(said(blind.end), "failed gate-unmeasured");
  const free = await held(t, () => 1, { bands: undefined });
  assert.deepEqual([said(free.end), free.looks], ["failed gate-unmeasured", 7]);
  const here = await place(t);
  const red = await done("gate", { check: "file", with: { path: join(here.root, "none") } }, here.context());
  assert.equal(said(red), "failed gate-red");
  assert.match(sentence(red, "en"), /Not green at look 1: the check file is fail \(file-absent;/);
  assert.equal(said(await done("gate", { check: "nothing" }, here.context())), "failed check-unknown");
  assert.equal(said(await done("gate", { check: "file", with: { pth: "/" } }, here.context())), "failed check-params");
});

test("a warning ends it unless it is green enough; low values may be the worst", async (t) => {
  const warn = { bands: { bad: "above", warn: 5, critical: 20 } };
  assert.equal(said((await held(t, () => 6, warn)).end), "failed gate-over");
  assert.equal(said((await held(t, () => 6, { ...warn, warn: true })).end), "ok");
  const low = await held(t, (look) => 10 - look, { bands: { bad: "below", critical: 2 } });
  assert.deepEqual([said(low.end), low.end.outputs?.["WORST"]], ["ok", "3"]);
});

test("a rate of log lines: the first look is what the others are compared with, old errors do not count", async (t) => {
  const here = await place(t);
  const log = join(here.root, "app.log");
  const old = "ERROR of yesterday\n".repeat(5_000);
  const rate = {
    check: "log-errors",
    with: { files: log, judge: "bands", window: "1m" },
    bands: { bad: "above", critical: 10 },
    ...MINUTE,
    baseline: true,
  };
  writeFileSync(log, old);
  const quiet = patient(() => appendFileSync(log, "INFO well\n"));
  const good = await done("gate", rate, here.context({ clock: quiet }));
  assert.equal(said(good), "ok", sentence(good, "en"));
  assert.equal(good.outputs?.["LOOKS"], "6");
  writeFileSync(log, old);
  const noisy = patient((count) => appendFileSync(log, count === 2 ? "ERROR again\n".repeat(30) : "INFO well\n"));
  const bad = await done("gate", rate, here.context({ clock: noisy }));
  assert.equal(said(bad), "failed gate-over");
  assert.match(sentence(bad, "en"), /Over its limit at look 2: log-errors gave 30/);
});

test("a cancel ends it between two looks", async (t) => {
  const here = await place(t);
  const stop = new AbortController();
  const clock = patient((count) => {
    if (count === 2) stop.abort();
  });
  const params = { check: "file", with: { path: here.root }, ...MINUTE };
  const end = await done("gate", params, here.context({ clock, signal: stop.signal }));
  assert.equal(end.ending, "cancelled");
});

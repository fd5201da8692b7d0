import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { inspect, published, recover } from "../src/engine/inspect.ts";
import type { InspectOptions } from "../src/engine/inspect.ts";
import type { House, OpenBook } from "../src/engine/house.ts";
import { itemOutcome } from "../src/model/inspection.ts";
import type { Outcome } from "../src/model/states.ts";
import { openStore } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { folder } from "./kit/folder.ts";
import { check, duty, given, house, item, opened, TestClock } from "./kit/inspection.ts";

const bands = { bad: "above", normal: 50, warn: 70, critical: 90 } as const;

interface Place {
  readonly root: string;
  readonly data: string;
  readonly store: Store;
  readonly clock: TestClock;
  readonly house: House;
}

async function place(t: TestContext, start = "2026-11-20T08:33:00Z"): Promise<Place> {
  const root = folder(t);
  const data = join(root, ".watchbook");
  const store = await openStore(join(data, "state.db"));
  t.after(() => store[Symbol.asyncDispose]());
  const clock = new TestClock(start);
  return { root, data, store, clock, house: house(data, store, clock) };
}

const options = (more: Partial<InspectOptions> = {}): InspectOptions => ({
  by: "lin",
  signal: new AbortController().signal,
  ...more,
});

const simple = (root: string): OpenBook =>
  opened(root, {
    checks: [check("cpu", { value: 40 }, { bands })],
    duties: [duty([item("Look at CPU", ["cpu"])])],
  });

test("a run gives a record that is done, a report with its JSON twin, evidence, samples and events", async (t) => {
  const at = await place(t);
  const open = simple(at.root);
  const result = await inspect(at.house, open, "daily", options());
  assert.equal(result.inspection.verdict, "pass");
  assert.deepEqual(result.problems, []);
  assert.deepEqual(await at.store.duty("daily", "2026-11-20"), result.record);
  assert.equal(result.record.state, "done");
  assert.equal(result.report, join(at.data, "reports/inspections/daily-20261120.md"));
  const twin = JSON.parse(readFileSync(result.report.replace(/md$/, "json"), "utf8"));
  assert.equal(twin.runs[0].id, result.inspection.id);
  assert.equal(twin.runs[0].evidence.directory, result.evidence?.directory);
  assert.deepEqual(readdirSync(result.evidence!.directory).includes("result.env"), true);
  const samples = await at.store.samples({ check: "cpu", target: "local", since: 0 });
  assert.deepEqual(
    samples.map((one) => one.value),
    [40],
  );
  const events = await at.store.events({ after: 0 });
  assert.deepEqual(
    events.map((one) => one.kind),
    ["duty.started", "duty.done", "inspection.done", "inspection.published"],
  );
});

const judgedAs = async (at: Place, value: number): Promise<string> => {
  const open = opened(at.root, {
    checks: [check("cpu", { value }, { bands })],
    duties: [duty([item("CPU", ["cpu"])])],
  });
  const { inspection } = await inspect(at.house, open, "daily", options());
  const [reading] = inspection.items[0]!.readings;
  return `${reading!.outcome}${reading!.elevated ? " elevated" : ""}`;
};

test("a value on a limit has reached it; between normal and warning it passes and is marked [S-019]", async (t) => {
  const at = await place(t);
  assert.deepEqual(
    [
      await judgedAs(at, 49),
      await judgedAs(at, 50),
      await judgedAs(at, 69.9),
      await judgedAs(at, 70),
      await judgedAs(at, 90),
    ],
    ["pass", "pass elevated", "pass elevated", "warn", "fail"],
  );
});

test("limits are those of the manual, inclusive, in steps smaller than a per cent [S-020]", async (t) => {
  const at = await place(t);
  const limits = { bad: "above", normal: 70, warn: 80, critical: 95 } as const;
  const values = [69.9, 70, 79.9, 80, 94.9, 95];
  const open = opened(at.root, {
    checks: values.map((value) => check(`at-${value}`, { value }, { bands: limits })),
    duties: [duty(values.map((value) => item(`At ${value}`, [`at-${value}`])))],
  });
  const { inspection } = await inspect(at.house, open, "daily", options());
  assert.deepEqual(
    inspection.items.map(({ outcome, readings }) => (readings[0]!.elevated ? "elevated" : outcome)),
    ["pass", "elevated", "elevated", "warn", "warn", "fail"],
  );
});

test("what cannot be judged is unknown with its reason, and never green", async (t) => {
  const at = await place(t);
  const checks = [
    check("params", { value: "much" }),
    check("kind", {}, { kind: "no-such-probe" }),
    check("throws", { throws: "boom" }),
    check("bands", { value: 1 }),
    check("nan", { value: 1 }, { bands, unit: "seconds" }),
    check("target", { value: 1 }, { bands, target: "elsewhere" }),
  ];
  const open = opened(at.root, { checks, duties: [duty([...checks, { id: "gone" }].map(({ id }) => item(id, [id])))] });
  const { inspection } = await inspect(at.house, open, "daily", options());
  const seen = inspection.items.map((one) => [one.text, one.outcome, one.readings[0]!.reason]);
  assert.deepEqual(seen, [
    ["params", "unknown", "bad-params"],
    ["kind", "unknown", "no-probe"],
    ["throws", "unknown", "internal"],
    ["bands", "unknown", "no-bands"],
    ["nan", "unknown", "bad-params"],
    ["target", "unknown", "unreachable"],
    ["gone", "unknown", "no-probe"],
  ]);
  assert.equal(inspection.verdict, "inconclusive");
});

test("an item is as bad as its worst reading; what no machine looks at is open, and a tick cannot paint it green", () => {
  const cases: readonly (readonly [readonly Outcome[], boolean, "pass" | "fail" | "skipped" | undefined, string])[] = [
    [["pass", "warn"], false, undefined, "warn"],
    [["warn", "unknown"], false, undefined, "unknown"],
    [["unknown", "fail"], false, "pass", "fail"],
    [["unknown"], true, "pass", "unknown"],
    [["pass"], true, undefined, "open"],
    [["pass"], true, "pass", "pass"],
    [["warn"], true, "pass", "warn"],
    [["pass"], true, "fail", "fail"],
    [[], true, undefined, "open"],
    [[], true, "skipped", "open"],
    [[], true, "pass", "pass"],
    [[], true, "fail", "fail"],
  ];
  for (const [readings, needs, tick, outcome] of cases)
    assert.equal(itemOutcome(readings, tick, needs), outcome, JSON.stringify([readings, needs, tick]));
});

test("a person is asked for what no check serves, and each tick has who, when and what [S-018]", async (t) => {
  const at = await place(t);
  const open = opened(at.root, {
    checks: [check("cpu", { value: 10 }, { bands })],
    duties: [
      duty([item("CPU", ["cpu"]), item("Read the logs"), item("Feel the wind"), item("Smell")], { owner: "ops" }),
    ],
  });
  const asked: string[] = [];
  const { inspection, record } = await inspect(
    at.house,
    open,
    "daily",
    options({
      ask: async ({ text }) => {
        asked.push(text);
        if (text === "Smell") return undefined;
        return text === "Feel the wind" ? { outcome: "skipped", note: "indoors" } : { outcome: "pass", note: "quiet" };
      },
    }),
  );
  assert.deepEqual(asked, ["Read the logs", "Feel the wind", "Smell"]);
  const [, logs, wind, smell] = inspection.items;
  assert.deepEqual(logs!.tick, { by: "lin", at: at.clock.wall(), outcome: "pass", note: "quiet" });
  assert.equal(logs!.outcome, "pass");
  assert.equal(wind!.outcome, "open");
  assert.equal(smell!.outcome, "open");
  assert.equal(smell!.owner, "ops");
  assert.equal(inspection.verdict, "inconclusive");
  assert.equal(record.state, "open");
});

test("two runs on one date make one report with two sections [M-026]", async (t) => {
  const at = await place(t);
  const open = simple(at.root);
  const first = await inspect(at.house, open, "daily", options());
  at.clock.pass(3_600_000);
  const second = await inspect(at.house, open, "daily", options({ by: "wang" }));
  assert.equal(second.report, first.report);
  assert.deepEqual(second.record.runs, [first.inspection.id, second.inspection.id]);
  const text = readFileSync(second.report!, "utf8");
  assert.deepEqual(text.match(/^## Run \d/gm), ["## Run 1", "## Run 2"]);
  assert.equal(readdirSync(join(at.data, "reports/inspections")).length, 2);
});

test("two operators at the same moment: one record, both runs, one report with both sections [M-026]", async (t) => {
  const at = await place(t);
  const open = simple(at.root);
  const both = await Promise.all(
    ["lin", "wang", "zhao"].map((by) => inspect(at.house, open, "daily", options({ by }))),
  );
  const record = await at.store.duty("daily", "2026-11-20");
  assert.deepEqual(record!.runs.toSorted(), both.map(({ inspection }) => inspection.id).toSorted());
  assert.equal(record!.state, "done");
  const text = readFileSync(both[0]!.report!, "utf8");
  assert.equal(text.match(/^## Run \d/gm)?.length, 3);
  assert.equal(new Set(both.map(({ evidence }) => evidence!.directory)).size, 3);
});

test("a run that begins at 23:59 and ends after midnight belongs to the day it began in", async (t) => {
  const at = await place(t, "2026-11-20T23:59:30Z");
  const slow = {
    ...given,
    kind: "slow",
    run: async () => (at.clock.pass(90_000), { kind: "value", value: 1, unit: "%" } as const),
  };
  const home = house(at.data, at.store, at.clock, [slow]);
  const open = opened(at.root, {
    checks: [check("cpu", {}, { kind: "slow", bands, timeoutMs: 600_000 })],
    duties: [duty([item("CPU", ["cpu"])])],
  });
  const { inspection, record, report } = await inspect(home, open, "daily", options());
  assert.ok(inspection.ended > Date.parse("2026-11-21T00:00:00Z"));
  assert.equal(record.period, "2026-11-20");
  assert.match(report!, /daily-20261120\.md$/);
  assert.equal(await at.store.duty("daily", "2026-11-21"), undefined);
});

test("a clock set back is refused with a sentence, unless the person confirms the period", async (t) => {
  const at = await place(t);
  const open = simple(at.root);
  await inspect(at.house, open, "daily", options());
  at.clock.set("2026-11-18T08:00:00Z");
  await assert.rejects(inspect(at.house, open, "daily", options()), { code: "CLOCK-BEHIND" });
  assert.equal((await at.store.duties({})).length, 1);
  const said = await inspect(at.house, open, "daily", options({ period: "2026-11-18" }));
  assert.equal(said.record.period, "2026-11-18");
  at.clock.set("2026-11-20T07:00:00Z");
  const again = await inspect(at.house, open, "daily", options());
  assert.equal(again.record.runs.length, 2);
});

test("another period than the present one cannot be inspected; an event is named or gets its moment", async (t) => {
  const at = await place(t);
  const open = opened(at.root, {
    duties: [duty([item("Look")]), duty([item("Read the notes")], { id: "upgrade", every: "pre-upgrade" })],
  });
  await assert.rejects(inspect(at.house, open, "daily", options({ period: "2026-11-19" })), { code: "PERIOD-NOT-NOW" });
  await assert.rejects(inspect(at.house, open, "upgrade", options({ period: "../x" })), { code: "PERIOD-NAME" });
  await assert.rejects(inspect(at.house, open, "monthly", options()), { code: "DUTY-UNKNOWN" });
  const named = await inspect(at.house, open, "upgrade", options({ period: "v2.1" }));
  assert.equal(named.record.period, "v2.1");
  const moment = await inspect(at.house, open, "upgrade", options());
  assert.equal(moment.record.period, "20261120T083300Z");
});

test("a probe that hangs is unknown after its limit and holds nothing up", async (t) => {
  const at = await place(t);
  const open = opened(at.root, {
    checks: [check("hangs", { hangs: true }, { bands, timeoutMs: 5_000 }), check("cpu", { value: 1 }, { bands })],
    duties: [duty([item("Hang", ["hangs"]), item("CPU", ["cpu"])])],
  });
  const running = inspect(
    at.house,
    open,
    "daily",
    options({ onProgress: ({ done }) => void (done === 1 && at.clock.pass(5_000)) }),
  );
  const { inspection } = await running;
  assert.deepEqual(
    inspection.items.map((one) => [one.outcome, one.readings[0]!.reason]),
    [
      ["unknown", "timeout"],
      ["pass", "value"],
    ],
  );
});

test("at most as many probes run at a time as allowed, and every one runs", async (t) => {
  const at = await place(t);
  let now = 0;
  let most = 0;
  const counting = {
    ...given,
    kind: "counting",
    run: async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return { kind: "value", value: 1, unit: "%" } as const;
    },
  };
  const ids = Array.from({ length: 40 }, (_, index) => `check-${index}`);
  const open = opened(at.root, {
    checks: ids.map((id) => check(id, {}, { kind: "counting", bands })),
    duties: [duty([item("All", ids)])],
  });
  const { inspection } = await inspect(
    house(at.data, at.store, at.clock, [counting]),
    open,
    "daily",
    options({ inFlight: 3 }),
  );
  assert.equal(most, 3);
  assert.equal(inspection.items[0]!.readings.length, 40);
});

test("the limit of the whole run cuts it off: interrupted, never a pass, and the duty is due again", async (t) => {
  const at = await place(t);
  const open = opened(at.root, {
    checks: [check("cpu", { value: 1 }, { bands }), check("hangs", { hangs: true }, { bands, timeoutMs: 900_000 })],
    duties: [duty([item("CPU", ["cpu"]), item("Hang", ["hangs"])])],
  });
  const onProgress: InspectOptions["onProgress"] = ({ done }) => void (done === 1 && at.clock.pass(600_000));
  const { inspection, record, report } = await inspect(at.house, open, "daily", options({ onProgress }));
  assert.equal(inspection.interrupted, true);
  assert.equal(inspection.verdict, "inconclusive");
  assert.equal(record.state, "due");
  assert.match(readFileSync(report!, "utf8"), /broke off/);
});

test("Ctrl-C ends the run as interrupted with what it has seen; its attempt is on record", async (t) => {
  const at = await place(t);
  const open = opened(at.root, {
    checks: [check("disk", { value: 95 }, { bands }), check("hangs", { hangs: true }, { bands })],
    duties: [duty([item("Disk", ["disk"]), item("Hang", ["hangs"]), item("Read")])],
  });
  const stop = new AbortController();
  const { inspection, evidence } = await inspect(
    at.house,
    open,
    "daily",
    options({
      signal: stop.signal,
      onProgress: ({ done }) => void (done === 1 && stop.abort()),
      ask: async () => ({ outcome: "pass" }),
    }),
  );
  assert.deepEqual(
    inspection.items.map((one) => one.outcome),
    ["fail", "unknown", "open"],
  );
  assert.equal(inspection.verdict, "fail");
  assert.equal(inspection.interrupted, true);
  assert.ok(evidence);
});

test("a report that cannot be written is said; the result is kept and the next start writes it", async (t) => {
  const at = await place(t);
  const open = simple(at.root);
  const { WatchbookError } = await import("../src/model/error.ts");
  const refusing: House = {
    ...at.house,
    report: () => Promise.reject(new WatchbookError("REPORT-NOT-WRITTEN", { path: "x", detail: "ENOSPC" })),
  };
  const result = await inspect(refusing, open, "daily", options());
  assert.deepEqual(
    result.problems.map((one) => one.code),
    ["REPORT-NOT-WRITTEN"],
  );
  assert.equal(result.report, undefined);
  assert.equal((await at.store.duty("daily", "2026-11-20"))?.state, "done");
  assert.deepEqual(await recover(at.house, open), []);
  const after = await published(at.store, result.inspection.id);
  assert.equal(after.report, join(at.data, "reports/inspections/daily-20261120.md"));
  assert.equal(after.evidence?.directory, result.evidence?.directory);
});

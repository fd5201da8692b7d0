import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { CalendarEvery } from "../src/model/every.ts";
import { CALENDAR_EVERY } from "../src/model/every.ts";
import type { DutyRecord } from "../src/model/duty.ts";
import {
  eventPeriod,
  everyOf,
  missedPeriods,
  nextDuty,
  periodAfter,
  periodBounds,
  periodOf,
} from "../src/desk/duty/index.ts";
import type { DutyEvent } from "../src/desk/duty/index.ts";

const HOUR = 3_600_000;
const wall = (text: string): number => Date.parse(text);
const ZONES = [
  "UTC",
  "Asia/Shanghai",
  "Europe/Berlin",
  "America/Sao_Paulo",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Africa/Casablanca",
] as const;

const moments = fc.integer({ min: wall("1985-01-01T00:00:00Z"), max: wall("2060-01-01T00:00:00Z") });

test("a period is named in the book's zone, not in the machine's", () => {
  const at = wall("2026-11-20T16:30:00Z");
  assert.equal(periodOf("daily", at, "UTC"), "2026-11-20");
  assert.equal(periodOf("daily", at, "Asia/Shanghai"), "2026-11-21");
  assert.equal(periodOf("hourly", at, "Asia/Shanghai"), "2026-11-21T00");
  assert.equal(periodOf("weekly", at, "Asia/Shanghai"), "2026-W47");
  assert.equal(periodOf("monthly", at, "Asia/Shanghai"), "2026-11");
  assert.equal(periodOf("quarterly", at, "Asia/Shanghai"), "2026-Q4");
  assert.equal(periodOf("yearly", at, "Asia/Shanghai"), "2026");
});

test("a week belongs to the ISO year: January 1st may lie in the last week of the year before", () => {
  assert.equal(periodOf("weekly", wall("2027-01-01T12:00:00Z"), "UTC"), "2026-W53");
  assert.equal(periodOf("weekly", wall("2024-12-30T12:00:00Z"), "UTC"), "2025-W01");
  assert.deepEqual(periodBounds("2026-W53", "UTC"), {
    start: wall("2026-12-28T00:00:00Z"),
    end: wall("2027-01-04T00:00:00Z"),
  });
});

test("days of 23, 24 and 25 hours, months of 28 to 31 days, a day that a zone skipped", () => {
  const hours = (period: string, zone: string): number => {
    const { start, end } = periodBounds(period, zone);
    return (end - start) / HOUR;
  };
  assert.equal(hours("2026-03-29", "Europe/Berlin"), 23);
  assert.equal(hours("2026-10-25", "Europe/Berlin"), 25);
  assert.equal(hours("2018-11-04", "America/Sao_Paulo"), 23);
  assert.deepEqual(
    ["2026-02", "2028-02", "2026-04", "2026-12"].map((month) => hours(month, "UTC") / 24),
    [28, 29, 30, 31],
  );
  assert.equal(periodAfter("2011-12-29", "Pacific/Apia"), "2011-12-31");
  assert.equal(periodAfter("2026-12", "UTC"), "2027-01");
  assert.equal(periodAfter("2026-Q4", "UTC"), "2027-Q1");
});

test("the hour that a zone repeats is one period of two hours; the one it jumps over is none", () => {
  const twice = periodBounds("2026-10-25T02", "Europe/Berlin");
  assert.equal((twice.end - twice.start) / HOUR, 2);
  assert.equal(periodOf("hourly", wall("2026-10-25T00:30:00Z"), "Europe/Berlin"), "2026-10-25T02");
  assert.equal(periodOf("hourly", wall("2026-10-25T01:30:00Z"), "Europe/Berlin"), "2026-10-25T02");
  assert.equal(periodAfter("2026-03-29T01", "Europe/Berlin"), "2026-03-29T03");
});

test("names that are no period are refused with their name", () => {
  for (const period of ["2026-02-30", "2025-W53", "2026-13", "2026-Q5", "2026-11-20T24", "yesterday", ""])
    assert.throws(() => periodBounds(period, "UTC"), { code: "PERIOD-UNKNOWN", args: { period } });
  assert.throws(() => periodOf("daily", 0, "Mars/Olympus"), { code: "ZONE-UNKNOWN", args: { zone: "Mars/Olympus" } });
});

test("every moment lies inside the bounds of its period, and periods join without hole or overlap", () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...CALENDAR_EVERY), fc.constantFrom(...ZONES), (at, every, zone) => {
      const period = periodOf(every, at, zone);
      const { start, end } = periodBounds(period, zone);
      assert.ok(start <= at && at < end, `${every} ${zone} ${at}: ${period} is ${start} to ${end}`);
      assert.equal(everyOf(period), every);
      const next = periodAfter(period, zone);
      assert.notEqual(next, period);
      assert.equal(periodBounds(next, zone).start, end);
    }),
    { seed: 20261120, numRuns: 600 },
  );
});

test("work that an event makes due has the moment as its period", () => {
  assert.equal(eventPeriod(wall("2026-11-20T08:33:00.500Z")), "20261120T083300Z");
  assert.equal(everyOf("20261120T083300Z"), undefined);
});

const run = (...events: readonly DutyEvent[]): DutyRecord | undefined => {
  let record: DutyRecord | undefined;
  for (const event of events) record = nextDuty(record, event, 1000).record;
  return record;
};
const day = { duty: "daily", period: "2026-11-20" } as const;
const begin = (id: string, by = "lin"): DutyEvent => ({ kind: "start", ...day, run: id, by });
const closed = (id: string, open = false): DutyEvent => ({ kind: "close", run: id, verdict: "pass", open, by: "lin" });
const end = (id: string, open = false): DutyEvent => ({ kind: "finish", run: id, verdict: "pass", open, by: "lin" });

test("two runs in one period are two runs of one record, whoever ends first", () => {
  const record = run({ kind: "due", ...day }, begin("a"), begin("b", "wang"), end("b"), end("a"));
  assert.deepEqual(record?.runs, ["a", "b"]);
  assert.equal(record?.state, "done");
  assert.equal(record?.revision, 5);
});

test("open items leave the record open until a person closes it, or a later run leaves none open", () => {
  assert.equal(run(begin("a"), end("a", true))?.state, "open");
  assert.equal(run(begin("a"), end("a", true), closed("c"))?.state, "done");
  assert.equal(run(begin("a"), end("a", true), begin("b"), end("b"))?.state, "done");
  assert.equal(run(begin("a"), end("a"), begin("b"), end("b", true))?.state, "done");
});

test("answers are one more run of the record: some leave it open, the last one closes it, and done stays done", () => {
  const some = run(begin("a"), end("a", true), closed("b", true));
  assert.deepEqual([some?.state, some?.runs], ["open", ["a", "b"]]);
  assert.equal(run(begin("a"), end("a", true), closed("b", true), closed("c"))?.state, "done");
  const done = run(begin("a"), end("a"), closed("b", true));
  assert.deepEqual([done?.state, done?.runs], ["done", ["a", "b"]]);
  assert.deepEqual(run({ kind: "due", ...day }, closed("a")), run({ kind: "due", ...day }));
});

test("a run that broke off gives the duty back while the period lasts, and misses it afterwards", () => {
  const broke = (over: boolean): DutyEvent => ({ kind: "abandon", run: "a", live: false, over });
  assert.equal(run(begin("a"), broke(false))?.state, "due");
  assert.equal(run(begin("a"), broke(true))?.state, "missed");
  assert.equal(run(begin("a"), begin("b"), { kind: "abandon", run: "a", live: true, over: false })?.state, "running");
  assert.equal(run(begin("a"), broke(false), begin("b"), end("b"))?.state, "done");
});

test("a period that ends is missed only when nobody did or began its duty", () => {
  const over: DutyEvent = { kind: "expire", ...day };
  assert.equal(run(over)?.state, "missed");
  assert.equal(run({ kind: "due", ...day }, over)?.state, "missed");
  assert.equal(run(begin("a"), over)?.state, "running");
  assert.equal(run(begin("a"), end("a"), over)?.state, "done");
  assert.equal(run(begin("a"), end("a", true), over)?.state, "open");
});

const anyEvent: fc.Arbitrary<DutyEvent> = fc.oneof(
  fc.constant<DutyEvent>({ kind: "due", ...day }),
  fc.constant<DutyEvent>({ kind: "expire", ...day }),
  fc.record({
    kind: fc.constant("start" as const),
    duty: fc.constant(day.duty),
    period: fc.constant(day.period),
    run: fc.constantFrom("a", "b", "c", "d"),
    by: fc.constantFrom("lin", "wang"),
  }),
  fc.record({
    kind: fc.constant("finish" as const),
    run: fc.constantFrom("a", "b", "c", "d"),
    verdict: fc.constantFrom("pass" as const, "fail" as const, "inconclusive" as const),
    open: fc.boolean(),
    by: fc.constantFrom("lin", "wang"),
  }),
  fc.record({
    kind: fc.constant("abandon" as const),
    run: fc.constantFrom("a", "b", "c", "d"),
    live: fc.boolean(),
    over: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("close" as const),
    run: fc.constantFrom("a", "b", "c", "d"),
    verdict: fc.constantFrom("pass" as const, "inconclusive" as const),
    open: fc.boolean(),
    by: fc.constant("lin"),
  }),
);

test("whatever happens in whatever order, with any clock: done stays done, runs only grow, revisions have no hole", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyEvent, fc.integer({ min: -1e6, max: 1e6 })), { maxLength: 30 }), (events) => {
      let record: DutyRecord | undefined;
      for (const [event, now] of events) {
        const started = record?.runs ?? [];
        if (event.kind === "finish" && !started.includes(event.run)) continue;
        if (!record && event.kind !== "due" && event.kind !== "start" && event.kind !== "expire") continue;
        const { record: next, effects } = nextDuty(record, event, now);
        assert.ok(next);
        if (record?.state === "done") assert.equal(next.state, "done");
        if (record) {
          assert.ok(next.updated >= record.updated);
          assert.deepEqual(next.runs.slice(0, record.runs.length), record.runs);
          assert.equal(next.revision, next === record ? record.revision : record.revision + 1);
          if (record.state === "running" && event.kind === "expire") assert.equal(next.state, "running");
        } else assert.equal(next.revision, 1);
        assert.equal(new Set(next.runs).size, next.runs.length);
        if (effects.some((effect) => effect.kind === "duty.missed")) assert.equal(next.state, "missed");
        record = next;
      }
    }),
    { seed: 20261120, numRuns: 500 },
  );
});

test("five days without a daemon are five missed records; done days and the present one are not among them", () => {
  const since = wall("2026-11-14T10:00:00Z");
  const now = wall("2026-11-20T00:00:01Z");
  const known = new Map([["2026-11-14", "other"] as const]);
  assert.deepEqual(missedPeriods("daily", since, now, "UTC", known), {
    periods: ["2026-11-15", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"],
    older: 0,
  });
  assert.deepEqual(missedPeriods("daily", now, since, "UTC", known), { periods: [], older: 0 });
  assert.deepEqual(missedPeriods("daily", now - 1000, now, "UTC", new Map([["2026-11-20", "due"]])).periods, []);
});

test("a clock that stood at 1970 gives a bounded list and says how many more there are", () => {
  const missed = missedPeriods("hourly", 0, wall("1970-03-01T00:30:00Z"), "UTC", new Map());
  assert.equal(missed.periods.length, 750);
  assert.equal(missed.older, 59 * 24 - 750);
  assert.equal(missed.periods.at(-1), "1970-02-28T23");
});

test("missed periods and the present one tile the time since, in every zone", () => {
  const span = fc.integer({ min: 0, max: 400 * 24 * HOUR });
  const every = fc.constantFrom<CalendarEvery>("daily", "weekly", "monthly", "quarterly");
  fc.assert(
    fc.property(moments, span, every, fc.constantFrom(...ZONES), (since, length, every, zone) => {
      const now = since + length;
      const { periods } = missedPeriods(every, since, now, zone, new Map());
      let at = periodBounds(periodOf(every, since, zone), zone).start;
      for (const period of periods) {
        const bounds = periodBounds(period, zone);
        assert.equal(bounds.start, at);
        at = bounds.end;
      }
      assert.equal(at, periodBounds(periodOf(every, now, zone), zone).start);
    }),
    { seed: 20261120, numRuns: 60 },
  );
});

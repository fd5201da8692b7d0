import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { periodBounds, periodOf } from "../src/desk/duty/index.ts";
import { asked } from "../src/engine/duties.ts";
import { dueIn, dueRule, patterns, timetable } from "../src/engine/schedule.ts";
import { WatchbookError } from "../src/model/error.ts";
import type { Duty, DutyRecord } from "../src/model/duty.ts";
import type { CalendarEvery } from "../src/model/every.ts";

const source = { file: "ops.md", line: 3 };
const duty = (every: Duty["every"], at?: string): Duty => ({
  id: "d",
  title: "D",
  kind: "inspection",
  items: [],
  source,
  ...(every === undefined ? {} : { every }),
  ...(at === undefined ? {} : { at }),
});
const times = (
  every: CalendarEvery,
  at: string | undefined,
  zone: string,
  from: string,
  count: number,
): readonly string[] =>
  timetable(duty(every, at), zone)!
    .next(Date.parse(from), count)
    .map((time) => new Date(time).toISOString().replace(":00.000Z", "Z"));

test("a duty without a time is due at 09:00 in the book's zone on the first day of its period", () => {
  const next = (every: CalendarEvery) => times(every, undefined, "Asia/Shanghai", "2026-11-20T02:00:00Z", 2);
  assert.deepEqual(next("hourly"), ["2026-11-20T03:00Z", "2026-11-20T04:00Z"]);
  assert.deepEqual(next("daily"), ["2026-11-21T01:00Z", "2026-11-22T01:00Z"]);
  assert.deepEqual(next("weekly"), ["2026-11-23T01:00Z", "2026-11-30T01:00Z"]);
  assert.deepEqual(next("monthly"), ["2026-12-01T01:00Z", "2027-01-01T01:00Z"]);
  assert.deepEqual(next("quarterly"), ["2027-01-01T01:00Z", "2027-04-01T01:00Z"]);
  assert.deepEqual(next("yearly"), ["2027-01-01T01:00Z", "2028-01-01T01:00Z"]);
});

test("a due time may name its day: of the week, of the month, or the last one", () => {
  assert.deepEqual(times("weekly", "fri 18:30", "UTC", "2026-11-20T18:30:00Z", 1), ["2026-11-27T18:30Z"]);
  assert.deepEqual(times("weekly", "Sunday 08:00", "UTC", "2026-11-20T00:00:00Z", 1), ["2026-11-22T08:00Z"]);
  assert.deepEqual(times("monthly", "15 09:00", "UTC", "2026-11-20T00:00:00Z", 1), ["2026-12-15T09:00Z"]);
  assert.deepEqual(times("quarterly", "last 09:00", "UTC", "2026-11-20T00:00:00Z", 2), [
    "2027-01-31T09:00Z",
    "2027-04-30T09:00Z",
  ]);
  assert.deepEqual(times("hourly", "00:45", "UTC", "2026-11-20T00:00:00Z", 2), [
    "2026-11-20T00:45Z",
    "2026-11-20T01:45Z",
  ]);
});

test("days 29 to 31 fall on the last day of a shorter month, and once in every month", () => {
  const february = (at: string, year: number) => times("monthly", at, "UTC", `${year}-02-01T00:00:00Z`, 1)[0];
  assert.equal(february("31 09:00", 2026), "2026-02-28T09:00Z");
  assert.equal(february("30 09:00", 2028), "2028-02-29T09:00Z");
  assert.equal(february("29 09:00", 2026), "2026-02-28T09:00Z");
  assert.equal(february("29 09:00", 2028), "2028-02-29T09:00Z");
  for (let day = 1; day <= 31; day += 1) {
    const due = times("monthly", `${day} 09:00`, "UTC", "2026-01-01T00:00:00Z", 36);
    assert.equal(new Set(due.map((time) => time.slice(0, 7))).size, 36, `day ${day}`);
  }
});

test("a time that a zone skips is due when the clock has jumped; one that it repeats is due once", () => {
  assert.deepEqual(times("daily", "02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", 2), [
    "2026-03-29T01:00Z",
    "2026-03-30T00:30Z",
  ]);
  assert.deepEqual(times("daily", "02:30", "Europe/Berlin", "2026-10-24T12:00:00Z", 2), [
    "2026-10-25T00:30Z",
    "2026-10-26T01:30Z",
  ]);
  assert.deepEqual(times("daily", "00:00", "America/Havana", "2026-03-07T12:00:00Z", 1), ["2026-03-08T05:00Z"]);
});

test("every calendar duty is due exactly once in each of its periods, in any zone", () => {
  const zones = [
    "UTC",
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/Havana",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/St_Johns",
  ];
  const everies: readonly CalendarEvery[] = ["daily", "weekly", "monthly", "quarterly", "yearly"];
  const two = (value: number): string => String(value).padStart(2, "0");
  const when = fc.constantFrom(...everies).chain((every) => {
    const months = ["1 ", "28 ", "29 ", "30 ", "31 ", "last "];
    const days = {
      hourly: [],
      daily: [],
      weekly: ["mon ", "thu ", "sun "],
      monthly: months,
      quarterly: months,
      yearly: months,
    }[every];
    return fc
      .tuple(fc.constantFrom("", ...days), fc.nat(23), fc.nat(59))
      .map(([day, hour, minute]) => ({ every, at: `${day}${two(hour)}:${two(minute)}` }));
  });
  fc.assert(
    fc.property(fc.constantFrom(...zones), when, fc.integer({ min: 0, max: 3650 }), (zone, { every, at }, days) => {
      const table = timetable(duty(every, at), zone)!;
      const from = Date.UTC(2020, 0, 1) + days * 86_400_000;
      const { start, end } = periodBounds(periodOf(every, from, zone), zone);
      const [first, second] = table.next(start - 1, 2);
      assert.ok(first! >= start && first! < end, `${zone} ${every} ${at}: ${first} not in ${start}…${end}`);
      assert.ok(second! >= end, `${zone} ${every} ${at}: twice in one period`);
      assert.equal(dueIn(table, start), first);
    }),
    { seed: 9, numRuns: 300 },
  );
});

test("duties without a calendar have no timetable", () => {
  assert.equal(timetable(duty(undefined), "UTC"), undefined);
  assert.equal(timetable(duty("pre-upgrade"), "UTC"), undefined);
});

test("a due time that is none is refused with its duty and its line", () => {
  for (const at of ["25:00", "9", "noon", "32 09:00", "0 09:00", "xyz 09:00", "09:60", ""])
    assert.throws(
      () => dueRule(duty("daily", at)),
      (error) => error instanceof WatchbookError && error.code === "DUTY-AT" && error.source === source,
      at,
    );
  for (const [every, at] of [
    ["daily", "fri 09:00"],
    ["weekly", "31 09:00"],
    ["monthly", "fri 09:00"],
    ["hourly", "1 00:30"],
  ] as const)
    assert.throws(() => dueRule(duty(every, at)), WatchbookError, `${every} ${at}`);
  assert.deepEqual(patterns("daily", dueRule(duty("daily", "7:05"))), ["0 5 7 * * *"]);
});

test("the calendar asks for a duty once its time has come, and never twice in a period", () => {
  const table = timetable(duty("daily"), "Asia/Shanghai")!;
  const record = (state: DutyRecord["state"], period = "2026-11-20"): DutyRecord => ({
    duty: "d",
    period,
    state,
    runs: [],
    revision: 1,
    updated: 0,
  });
  const early = Date.parse("2026-11-20T00:59:59Z");
  const late = Date.parse("2026-11-20T01:00:00Z");
  const end = Date.parse("2026-11-20T16:00:00Z");
  const ask = (now: number, known?: DutyRecord) => asked(table, "Asia/Shanghai", now, known);
  assert.deepEqual(ask(early), { kind: "wait", until: late });
  assert.deepEqual(ask(late), { kind: "do", period: "2026-11-20" });
  assert.deepEqual(ask(end - 1), { kind: "do", period: "2026-11-20" });
  assert.deepEqual(ask(late, record("due")), { kind: "do", period: "2026-11-20" });
  assert.deepEqual(ask(late, record("done")), { kind: "wait", until: end });
  assert.deepEqual(ask(late, record("open")), { kind: "wait", until: end });
  assert.deepEqual(ask(late, record("running")), { kind: "running" });
  assert.deepEqual(ask(end, record("done")), { kind: "wait", until: end + 9 * 3_600_000 });
});

test("a backup with hours is begun inside of them only: late in the same night, never by day, and then it was missed", () => {
  const nightly: Duty = { ...duty("daily"), at: "02:30", window: { from: "01:00", to: "05:00" } };
  const table = timetable(nightly, "Asia/Shanghai")!;
  const ask = (now: string) => asked(table, "Asia/Shanghai", Date.parse(now), undefined);
  assert.deepEqual(ask("2026-11-20T02:00+08:00"), { kind: "wait", until: Date.parse("2026-11-20T02:30+08:00") });
  assert.deepEqual(ask("2026-11-20T04:59+08:00"), { kind: "do", period: "2026-11-20" });
  // The day's hours are over: the period ends before they come again.
  assert.deepEqual(ask("2026-11-20T05:00+08:00"), { kind: "wait", until: Date.parse("2026-11-21T00:00+08:00") });
  const weekly = timetable({ ...nightly, every: "weekly", at: "mon 02:30" }, "Asia/Shanghai")!;
  assert.deepEqual(asked(weekly, "Asia/Shanghai", Date.parse("2026-11-17T12:00+08:00"), undefined), {
    ...{ kind: "wait", until: Date.parse("2026-11-18T01:00+08:00") },
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { clockNow, clocksNow, movedClocks, usedMs, type IncidentEvent } from "../src/desk/incident/index.ts";
import type { HolidayCalendar } from "../src/model/calendar.ts";
import type { IncidentClocks } from "../src/model/incident.ts";
import { afterWork, workedMs, type Schedule } from "../src/model/schedule.ts";
import { IncidentWorld, incidentPolicy, MINUTE, T0 } from "./kit/incident-desk.ts";

const HOUR = 60 * MINUTE;
const calendar: HolidayCalendar = {
  id: "cn",
  holidays: ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"],
  workdays: ["2026-10-10"],
  weekend: ["sat", "sun"],
  knownUntil: "2026-12-31",
};
const office: Schedule = { zone: "Asia/Shanghai", days: "workdays", hours: { from: "09:00", to: "18:00" }, calendar };
const at = (text: string): number => Date.parse(`${text}+08:00`);

test("a make-up Saturday counts as worked, the holidays before it do not [S-060 S-059]", () => {
  const begun = at("2026-09-30T17:00:00");
  assert.equal(workedMs(office, begun, at("2026-10-08T10:00:00")), 2 * HOUR);
  assert.equal(afterWork(office, begun, HOUR + 1), at("2026-10-08T09:00:00") + 1);
  // Thursday, Friday, the Saturday: 1 + 9 + 9 + 9 hours.
  assert.equal(workedMs(office, begun, at("2026-10-11T12:00:00")), 28 * HOUR);
  assert.equal(afterWork(office, at("2026-10-09T18:00:00"), 9 * HOUR), at("2026-10-10T18:00:00"));
});

test("of days after the calendar's end the clock runs: a limit is never kept by what nobody knows", () => {
  const clocks: IncidentClocks = {
    ...{ since: at("2026-12-31T17:00:00"), schedule: office, pauses: [] },
    limits: { respond: { ms: 2 * HOUR } },
  };
  const found = clockNow(clocks, "respond", at("2026-12-31T17:30:00"));
  assert.equal(found?.due, at("2027-01-01T10:00:00"));
  assert.equal(found?.guessed, true);
});

test("hours that a zone skips or repeats are as long as they are", () => {
  const berlin: Schedule = { zone: "Europe/Berlin", hours: { from: "00:00", to: "06:00" } };
  const day = (date: string): number =>
    workedMs(berlin, Date.parse(`${date}T00:00:00Z`) - 3 * HOUR, Date.parse(`${date}T12:00:00Z`));
  assert.equal(day("2026-03-28"), 6 * HOUR);
  assert.equal(day("2026-03-29"), 5 * HOUR);
  assert.equal(day("2026-10-25"), 7 * HOUR);
  const always: Schedule = { zone: "Europe/Berlin" };
  assert.equal(workedMs(always, Date.parse("2026-03-29T00:00:00Z"), Date.parse("2026-03-29T04:00:00Z")), 4 * HOUR);
});

test("a limit that no day ever reaches has no end, and none of this is a loop", () => {
  const never: Schedule = { zone: "UTC", days: ["mon"], hours: { from: "09:00", to: "09:01" } };
  assert.equal(afterWork(never, T0, 1_000 * HOUR), undefined);
});

const schedules: fc.Arbitrary<Schedule> = fc.constantFrom<Schedule>(
  { zone: "UTC" },
  office,
  { zone: "Europe/Berlin", hours: { from: "22:00", to: "06:00" } },
  { zone: "America/New_York", days: ["mon", "tue", "wed", "thu", "fri"] },
);
const moments = fc.integer({ min: Date.parse("2026-02-01T00:00:00Z"), max: Date.parse("2026-12-20T00:00:00Z") });

test("work adds up, and the moment after some work is where it is used up", () => {
  fc.assert(
    fc.property(schedules, moments, fc.nat(20 * 24 * HOUR), fc.nat(40 * HOUR), (schedule, from, span, ms) => {
      const middle = from + Math.floor(span / 3);
      const whole = workedMs(schedule, from, from + span);
      assert.equal(workedMs(schedule, from, middle) + workedMs(schedule, middle, from + span), whole);
      assert.ok(whole >= 0 && whole <= span);
      const end = afterWork(schedule, from, ms)!;
      assert.equal(workedMs(schedule, from, end), ms);
    }),
    { numRuns: 60 },
  );
});

type Act =
  | { readonly do: "wait"; readonly minutes: number }
  | { readonly do: "event"; readonly event: IncidentEvent }
  | { readonly do: "clock"; readonly hours: number };
const events = fc.constantFrom<IncidentEvent>(
  { kind: "acknowledge", by: "li" },
  { kind: "pause", by: "li", pause: "customer" },
  { kind: "pause", by: "li", pause: "night" },
  { kind: "resume", by: "li" },
  { kind: "note", by: "li", text: "x" },
  { kind: "priority", by: "li", priority: "P2", reason: "less" },
  { kind: "assign", by: "li", role: "scribe", person: "wei" },
  { kind: "reopen", by: "li", reason: "x" },
  { kind: "resolve", by: "li", text: "x" },
);
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(0.5, 3, 9, 50, 200) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("event" as const), event: events }) },
  fc.record({ do: fc.constant("clock" as const), hours: fc.constantFrom(-1, 1) }),
);

/** Plays them; what does not fit is refused and changes nothing. `how` is done after each. */
function play(list: readonly Act[], how: (world: IncidentWorld) => void, clock: boolean): IncidentWorld {
  const world = new IncidentWorld({ policy: incidentPolicy() });
  world.green();
  for (const act of list) {
    if (act.do === "wait") world.wait(act.minutes);
    else if (act.do === "clock" && clock) {
      world.now += act.hours * HOUR;
      world.do({ kind: "clock", by: act.hours * HOUR });
    } else if (act.do === "event") {
      try {
        if (act.event.kind === "resolve") world.green();
        world.do(act.event);
      } catch (error) {
        if ((error as { code?: string }).code?.startsWith("INCIDENT-") !== true) throw error;
      }
    }
    how(world);
  }
  return world;
}

test("a restart at any point changes nothing; no limit is told twice; notices are unlike each other", () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 25 }), (list) => {
      const plain = play(list, () => undefined, true);
      const restarted = play(list, (world) => world.restart(), true);
      assert.deepEqual(restarted.incident, JSON.parse(JSON.stringify(plain.incident)));
      assert.deepEqual(restarted.notices, plain.notices);
      assert.equal(new Set(plain.notices.map(({ id }) => id)).size, plain.notices.length);
      const changes = plain.kinds().filter((kind) => kind === "priority").length;
      for (const kind of ["warned", "broken"])
        assert.ok(plain.kinds().filter((one) => one === kind).length <= 2 * (changes + 1), kind);
    }),
    { numRuns: 80 },
  );
});

test("a clock that is set forward or back neither breaks a limit nor gives time away", () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 25 }), (list) => {
      const used: number[][] = [[], []];
      for (const [index, clock] of [true, false].entries())
        play(
          list,
          (world) => used[index]!.push(...clocksNow(world.incident, world.now).map((one) => one.usedMs)),
          clock,
        );
      // A clock that is set in between is another step of the list, which changes nothing.
      assert.deepEqual(used[0], used[1]);
    }),
    { numRuns: 80 },
  );
});

test("pauses are counted once, and moving all moments moves nothing", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { maxLength: 6 }),
      fc.integer({ min: -1e9, max: 1e9 }),
      (gaps, by) => {
        let now = T0;
        const pauses = gaps.map(([run, stand]) => {
          const from = now + run * MINUTE;
          now = from + stand * MINUTE;
          return { id: "customer", clocks: ["resolve"] as const, from, to: now };
        });
        const clocks: IncidentClocks = { since: T0, schedule: { zone: "UTC" }, limits: {}, pauses };
        const run = gaps.reduce((sum, [minutes]) => sum + minutes, 0) * MINUTE;
        assert.equal(usedMs(clocks, "resolve", now), run);
        assert.equal(usedMs(clocks, "respond", now), now - T0);
        assert.equal(usedMs(movedClocks(clocks, by), "resolve", now + by), run);
      },
    ),
    { numRuns: 60 },
  );
});

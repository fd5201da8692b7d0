// Who is on call: every moment has one answer, shifts tile the time, and clocks that are changed lose no hour.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { HolidayCalendar } from "../src/model/calendar.ts";
import { answerAt, nextOnCall, onCall, overlaps, shifts } from "../src/model/rota/on-call.ts";
import type { Answer, Rota, RotaLayer, Shift } from "../src/model/rota.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string): number => Date.parse(text);
const layer = (over: Partial<RotaLayer>): RotaLayer => ({
  ...{ name: "main", people: ["wei", "li", "chen"], zone: "Asia/Shanghai", at: "09:00" },
  ...over,
});
const rota = (layers: readonly RotaLayer[], over: Partial<Rota> = {}): Rota => ({
  ...{ id: "main", title: "main", zone: "Asia/Shanghai", layers, overrides: [], swaps: [] },
  source: { file: "watchbook.yaml", line: 1 },
  ...over,
});
const who = (answer: Answer): string => (answer.state === "on" ? answer.person : answer.state);
const span = ({ from, until, answer }: Shift): string =>
  `${new Date(from).toISOString()} ${(until - from) / HOUR} ${who(answer)}`;
const weekly = { unit: "days", length: 7 } as const;

test("a fixed person has it always, and a week of a rotation ends at its hand-over", () => {
  const fixed = rota([layer({})]);
  assert.deepEqual(onCall(fixed, at("2026-11-20T03:00:00Z")), {
    state: "on",
    person: "wei",
    because: { kind: "layer", layer: "main" },
  });
  const turns = rota([layer({ turn: weekly, from: "2026-11-16" })]);
  const now = onCall(turns, at("2026-11-20T03:00:00Z"));
  assert.equal(now.until, at("2026-11-23T01:00:00Z"));
  assert.equal(who(now), "wei");
  assert.deepEqual(nextOnCall(turns, now), {
    state: "on",
    person: "li",
    because: { kind: "layer", layer: "main" },
    from: at("2026-11-23T01:00:00Z"),
    until: at("2026-11-30T01:00:00Z"),
  });
  assert.equal(who(onCall(turns, at("2026-11-16T00:59:59Z"))), "gap", "before the first hand-over there is nobody");
});

test("a night shift lasts nine hours when clocks go back and seven when they go forward", () => {
  const night = layer({
    people: ["wei", "li"],
    zone: "Europe/Berlin",
    hours: { from: "22:00", to: "06:00" },
    at: "22:00",
  });
  const day = layer({ name: "day", people: ["chen"], zone: "Europe/Berlin" });
  const both = rota([{ ...night, turn: { unit: "days", length: 1 }, from: "2026-03-27" }, day], {
    zone: "Europe/Berlin",
  });
  assert.deepEqual(shifts(both, at("2026-03-28T12:00:00Z"), at("2026-03-29T20:00:00Z")).map(span), [
    "2026-03-28T12:00:00.000Z 9 chen",
    "2026-03-28T21:00:00.000Z 7 li",
    "2026-03-29T04:00:00.000Z 16 chen",
  ]);
  assert.deepEqual(shifts(both, at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")).map(span), [
    "2026-10-24T12:00:00.000Z 8 chen",
    "2026-10-24T20:00:00.000Z 9 li",
    "2026-10-25T05:00:00.000Z 7 chen",
  ]);
});

test("layers of two zones follow the sun, each by its own clocks", () => {
  const shanghai = layer({ name: "asia", people: ["wei"], hours: { from: "09:00", to: "21:00" } });
  const newYork = layer({
    name: "us",
    people: ["ann"],
    zone: "America/New_York",
    hours: { from: "08:00", to: "20:00" },
  });
  const sun = rota([shanghai, newYork], { zone: "UTC" });
  assert.equal(who(onCall(sun, at("2026-11-20T05:00:00Z"))), "wei");
  assert.equal(who(onCall(sun, at("2026-11-20T20:00:00Z"))), "ann");
  // In summer New York's clocks read 08:00 an hour earlier, and both have the hour: the first layer counts.
  assert.equal(who(onCall(sun, at("2026-07-20T12:30:00Z"))), "wei");
  const [both] = overlaps(sun, at("2026-07-20T00:00:00Z"), at("2026-07-21T00:00:00Z"));
  assert.deepEqual([both?.between, both?.from], [["asia", "us"], at("2026-07-20T12:00:00Z")]);
  assert.deepEqual(overlaps(sun, at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z")), []);
});

test("make-up days are worked, holidays are not, and after the calendar's last day nobody knows", () => {
  const calendar: HolidayCalendar = {
    id: "cn",
    weekend: ["sat", "sun"],
    knownUntil: "2026-12-31",
    holidays: ["2026-10-01"],
    workdays: ["2026-10-10"],
  };
  const work = layer({ people: ["wei"], days: "workdays", calendar, at: "00:00" });
  const rest = layer({ name: "rest", people: ["li"], days: "holidays", calendar, at: "00:00" });
  const both = rota([work, rest]);
  const noon = (date: string): string => who(onCall(both, at(`${date}T12:00:00+08:00`)));
  assert.deepEqual(["2026-09-30", "2026-10-01", "2026-10-10", "2026-10-11"].map(noon), ["wei", "li", "wei", "li"]);
  assert.deepEqual(answerAt(both, at("2027-01-01T12:00:00+08:00")), {
    state: "unknown",
    candidates: ["wei", "li"],
    because: { kind: "calendar", calendar: "cn", knownUntil: "2026-12-31" },
  });
  // Whoever it is, it is Wei: that needs no calendar.
  assert.equal(who(answerAt(rota([work, layer({ people: ["wei"] })]), at("2027-01-01T04:00:00Z"))), "wei");
});

test("overrides win over swaps, swaps over turns, and each says whose place it took", () => {
  const turns = layer({ turn: weekly, from: "2026-11-16" });
  const swap = {
    id: "s1",
    persons: ["wei", "li"],
    begins: at("2026-11-16T01:00:00Z"),
    ends: at("2026-11-30T01:00:00Z"),
  } as const;
  const over = { id: "o1", person: "chen", begins: at("2026-11-18T10:00:00Z"), ends: at("2026-11-18T12:00:00Z") };
  const changed = rota([turns], {
    swaps: [{ ...swap, reason: "wedding" }],
    overrides: [{ ...over, reason: "dentist", by: "li" }],
  });
  const found = shifts(changed, at("2026-11-16T01:00:00Z"), at("2026-11-30T01:00:00Z"));
  assert.deepEqual(found.map(span), [
    "2026-11-16T01:00:00.000Z 57 li",
    "2026-11-18T10:00:00.000Z 2 chen",
    "2026-11-18T12:00:00.000Z 109 li",
    "2026-11-23T01:00:00.000Z 168 wei",
  ]);
  assert.deepEqual(found[1]!.answer, {
    state: "on",
    person: "chen",
    because: { kind: "override", id: "o1", reason: "dentist", by: "li", instead: "li" },
  });
  const twice = rota([turns], {
    overrides: [
      { ...over, reason: "" },
      { ...over, id: "o2", person: "wei", reason: "" },
    ],
  });
  assert.deepEqual(overlaps(twice, 0, at("2027-01-01"))[0]?.persons, ["chen", "wei"]);
});

const hour = fc.integer({ min: 0, max: 23 }).map((one) => `${String(one).padStart(2, "0")}:00`);
const zones = fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC");
const someLayer = fc.record(
  {
    name: fc.constant("x"),
    people: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 }),
    zone: zones,
    at: hour,
    turn: fc.oneof(
      fc.record({ unit: fc.constant("days" as const), length: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ unit: fc.constant("hours" as const), length: fc.constantFrom(1, 6, 8, 12) }),
    ),
    days: fc.uniqueArray(fc.constantFrom("mon" as const, "sat" as const, "sun" as const), { minLength: 1 }),
    hours: fc.record({ from: hour, to: hour }),
    from: fc.constantFrom("2026-03-26", "2026-10-23"),
  },
  { requiredKeys: ["name", "people", "zone", "at"] },
) as fc.Arbitrary<RotaLayer>;
/** Around the days on which clocks change. */
const begin = fc.constantFrom("2026-03-27T00:30:00Z", "2026-10-23T17:00:00Z", "2026-04-03T13:00:00Z").map(at);

test("shifts tile the time whatever the layers are, and every moment of a shift has its answer", () => {
  fc.assert(
    fc.property(fc.array(someLayer, { minLength: 1, maxLength: 3 }), begin, (layers, from) => {
      const one = rota(layers);
      const to = from + 4 * DAY;
      const found = shifts(one, from, to);
      assert.deepEqual([found[0]!.from, found.at(-1)!.until], [from, to]);
      for (const [index, shift] of found.entries()) {
        assert.ok(shift.from < shift.until);
        if (index > 0) assert.equal(shift.from, found[index - 1]!.until);
      }
      // Moments between two boundaries are asked by themselves.
      for (let moment = from; moment < to; moment += 1.5 * HOUR) {
        const shift = found.find((each) => each.from <= moment && moment < each.until);
        assert.deepEqual(answerAt(one, moment), shift?.answer);
      }
      if (layers.some(({ days, hours, from: first }) => !days && !hours && !first))
        assert.ok(found.every(({ answer }) => answer.state === "on"));
    }),
    { numRuns: 40 },
  );
});

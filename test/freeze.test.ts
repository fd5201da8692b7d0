// Freezes by the calendar of their zone: days and moments, the ends of both, and what never ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { frozenAt, spanOf, type Freeze } from "../src/model/freeze.ts";

const freeze = (from: string, to?: string, more: Partial<Freeze> = {}): Freeze => ({
  ...{ id: "gala", from, reason: "sale", zone: "Asia/Shanghai" },
  ...(to !== undefined && { to }),
  ...more,
});

const holds = (one: Freeze, at: string): boolean => frozenAt([one], Date.parse(at)) !== undefined;

test("a freeze of days holds from the first midnight to the last one of its zone", () => {
  const days = freeze("2026-12-20", "2026-12-21");
  assert.deepEqual(
    ["2026-12-19T15:59:59Z", "2026-12-19T16:00:00Z", "2026-12-21T15:59:59Z", "2026-12-21T16:00:00Z"].map((at) =>
      holds(days, at),
    ),
    [false, true, true, false],
  );
});

test("a freeze of moments ends at its moment; one without an end, an open incident, does not", () => {
  const hours = freeze("2026-12-20 18:00", "2026-12-20 20:00");
  assert.deepEqual(
    ["2026-12-20T09:59:59Z", "2026-12-20T10:00:00Z", "2026-12-20T11:59:59Z", "2026-12-20T12:00:00Z"].map((at) =>
      holds(hours, at),
    ),
    [false, true, true, false],
  );
  const open = freeze("2026-12-20 18:00", undefined, { incident: "INC-7" });
  assert.ok(holds(open, "2036-01-01T00:00:00Z"));
  assert.ok(!holds(open, "2026-12-20T09:00:00Z"));
});

test("a day of a change of clocks is as long as its zone makes it", () => {
  const { begins, ends } = spanOf(freeze("2026-03-29", "2026-03-29", { zone: "Europe/Berlin" }));
  assert.equal(ends - begins, 23 * 3_600_000);
});

test("of several freezes the one that ends last is named, and none holds outside of all of them", () => {
  const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, "0")}`);
  const some = fc.array(
    fc.record({ from: days, long: fc.boolean() }).map(({ from, long }) => freeze(from, long ? "2026-12-05" : from)),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(some, fc.integer({ min: Date.parse("2026-10-30Z"), max: Date.parse("2026-12-10Z") }), (all, now) => {
      const inside = all.filter((one) => spanOf(one).begins <= now && now < spanOf(one).ends);
      const found = frozenAt(all, now);
      assert.equal(found === undefined, inside.length === 0);
      if (found) assert.equal(spanOf(found).ends, Math.max(...inside.map((one) => spanOf(one).ends)));
    }),
  );
});

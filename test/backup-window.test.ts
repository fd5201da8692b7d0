// Hours in which backups begin: across midnight, and on the nights on which clocks jump.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { backupWindowStep } from "../src/kinds/steps/backup-window.ts";
import { holds, windowAt } from "../src/model/window.ts";
import { place, sentence } from "./suites/step-context.ts";

const NIGHT = { from: "01:00", to: "05:00" };
const LATE = { from: "23:00", to: "05:00" };
const UTC = "UTC";
const at = (text: string): number => Date.parse(text);
const HOUR = 3_600_000;

test("its first minute is in it, its last is not; it opens next tonight or tomorrow", () => {
  assert.deepEqual(windowAt(NIGHT, at("2026-11-20T01:00Z"), UTC), { open: true, closes: at("2026-11-20T05:00Z") });
  assert.deepEqual(windowAt(NIGHT, at("2026-11-20T04:59:59Z"), UTC), { open: true, closes: at("2026-11-20T05:00Z") });
  assert.deepEqual(windowAt(NIGHT, at("2026-11-20T05:00Z"), UTC), { open: false, opens: at("2026-11-21T01:00Z") });
  assert.deepEqual(windowAt(NIGHT, at("2026-11-20T00:59Z"), UTC), { open: false, opens: at("2026-11-20T01:00Z") });
});

test("across midnight it is one window, by the clocks of the book's zone", () => {
  const closes = at("2026-11-20T05:00+08:00");
  for (const now of ["2026-11-19T23:00+08:00", "2026-11-20T00:00+08:00", "2026-11-20T04:59+08:00"])
    assert.deepEqual(windowAt(LATE, at(now), "Asia/Shanghai"), { open: true, closes });
  assert.deepEqual(windowAt(LATE, at("2026-11-20T05:00+08:00"), "Asia/Shanghai"), {
    ...{ open: false, opens: at("2026-11-20T23:00+08:00") },
  });
});

test("a night with a jump: a window that clocks jump over opens at the jump, one that comes twice is longer", () => {
  const berlin = "Europe/Berlin";
  // 2027-03-28: 02:00 is followed by 03:00. 2026-10-25: 03:00 is followed by 02:00.
  const gone = { from: "02:00", to: "03:00" };
  const jump = at("2027-03-28T01:00Z");
  assert.deepEqual(windowAt(gone, jump, berlin), { open: true, closes: jump + HOUR });
  assert.deepEqual(windowAt(gone, jump - 1, berlin), { open: false, opens: jump });
  assert.deepEqual(windowAt(NIGHT, jump, berlin), { open: true, closes: at("2027-03-28T03:00Z") });
  const twice = windowAt(gone, at("2026-10-25T00:30Z"), berlin);
  assert.deepEqual(twice, { open: true, closes: at("2026-10-25T02:00Z") });
  assert.deepEqual(windowAt(gone, at("2026-10-25T01:30Z"), berlin), twice);
});

test("whatever the window and the moment: open until it closes, shut until it opens, and the clock agrees without jumps", () => {
  const clock = fc
    .integer({ min: 0, max: 1_439 })
    .map((all) => `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`);
  const moment = fc.integer({ min: at("2026-01-01T00:00Z"), max: at("2027-12-31T00:00Z") });
  const zone = fc.constantFrom("UTC", "Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe");
  fc.assert(
    fc.property(clock, clock, moment, zone, (from, to, now, where) => {
      const window = { from, to };
      const found = windowAt(window, now, where);
      if (found.open) {
        assert.ok(found.closes > now && found.closes - now <= 26 * HOUR);
        assert.ok(windowAt(window, found.closes - 1, where).open);
      } else {
        assert.ok(found.opens > now && found.opens - now <= 26 * HOUR);
        assert.ok(!windowAt(window, found.opens - 1, where).open);
        assert.ok(windowAt(window, found.opens, where).open);
      }
      if (where === "UTC") assert.equal(found.open, holds(window, new Date(now).toISOString().slice(11, 16)));
    }),
  );
});

test("a run that is still going when its hours are over says so, and one that was begun outside of them", async (t) => {
  const here = await place(t);
  const end = async (run: string, wall: string) => {
    const given = { set: "shop", into: "/sets", sudo: false, ...NIGHT, zone: "Asia/Shanghai" };
    const context = here.context({}, { run, step: "window" });
    return backupWindowStep.perform(given, { ...context, clock: { ...context.clock, wall: () => at(wall) } });
  };
  const began = "r20261119-183000-1f3a5b7c"; // 02:30 in Shanghai
  assert.equal((await end(began, "2026-11-20T04:59+08:00")).reason, undefined);
  const late = await end(began, "2026-11-20T05:10+08:00");
  assert.equal(late.ending, "ok");
  assert.match(sentence(late, "en"), /still at work 10 minutes after its hours \(01:00-05:00 Asia\/Shanghai\)/);
  assert.equal((await end("r20261120-040000-1f3a5b7c", "2026-11-20T12:30+08:00")).reason, "backup-window-outside");
});

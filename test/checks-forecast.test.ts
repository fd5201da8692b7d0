import assert from "node:assert/strict";
import { test } from "node:test";
import { forecast, type Forecast } from "../src/kinds/checks/forecast/line.ts";
import { fallsOf, type Used } from "../src/kinds/checks/forecast/teeth.ts";
import { clockAt, contextOf, here, measure, said } from "./suites/check-context.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WANTED = { windowMs: 6 * HOUR, aheadMs: DAY };

/** A share every ten minutes from 0 to `hours`. */
const series = (hours: number, share: (hour: number) => number): readonly Used[] =>
  Array.from({ length: hours * 6 + 1 }, (_, n) => ({ at: n * 10 * MINUTE, value: share(n / 6) }));

const at = (hours: number, share: (hour: number) => number): Forecast =>
  forecast(series(hours, share), hours * HOUR, WANTED);

const fullIn = (found: Forecast): number | undefined =>
  found.kind === "line" && found.fullInMs !== undefined ? found.fullInMs / HOUR : undefined;

/** Noise of a tenth of a point that is the same in every run. */
const noise = (hour: number): number => Math.sin(hour * 97) / 10;

test("a steady fill that ends within a day is told with its hour, a slower one is not", () => {
  const hour = fullIn(at(12, (hour) => 60 + 2 * hour + noise(hour)));
  assert.ok(hour !== undefined && Math.abs(hour - 8) < 0.3, String(hour));
  assert.equal(fullIn(at(12, (hour) => 60 + 0.5 * hour + noise(hour))), undefined);
  assert.equal(fullIn(at(12, () => 99)), undefined);
  assert.equal(fullIn(at(12, (hour) => 90 - hour)), undefined);
});

test("logs that are rotated every day, hour or quarter never count as full, however steep a tooth is", () => {
  for (const [period, low, high] of [
    [24, 62, 88],
    [6, 65, 90],
    [1, 70, 95],
    [24, 61, 97],
  ] as const)
    for (let hours = period * 3; hours <= period * 3 + Math.max(24, period); hours += 0.5) {
      const tooth = (hour: number): number => low + ((hour % period) / period) * (high - low) + noise(hour);
      assert.equal(fullIn(at(hours, tooth)), undefined, `every ${period} h, at ${hours}`);
    }
});

test("a rotation that does not come, teeth that grow, and a flood between two of them are told all the same", () => {
  // It came every six hours, and has stayed away for twelve.
  const missed = (hour: number): number => (hour < 48 ? 70 + (hour % 6) * 3 : 70 + (hour - 48) * 2.2);
  assert.ok(fullIn(at(60, missed))! < 3);
  // Every tooth ends two points higher than the one before it.
  const growing = (hour: number): number => 60 + Math.floor(hour / 6) * 2.5 + (hour % 6) * 2;
  assert.ok(fullIn(at(59, growing))! < 16);
  // Teeth of six hours, and now it is full before the next one.
  const flood = (hour: number): number => (hour < 48 ? 70 + (hour % 6) * 2 : 70 + (hour - 48) * 7);
  assert.ok(fullIn(at(51, flood))! < 2);
});

test("one clean-up is no rotation: the line begins after it", () => {
  const cleaned = (hour: number): number => (hour < 20 ? 60 + hour * 1.8 : 50 + (hour - 20) * 4);
  assert.ok(Math.abs(fullIn(at(26, cleaned))! - 6.5) < 0.3);
});

test("a short history is not known, a wave of noise is no fall", () => {
  assert.deepEqual(
    at(2, (hour) => 60 + 10 * hour),
    { kind: "short", spanMs: 2 * HOUR },
  );
  assert.deepEqual(fallsOf(series(48, (hour) => 80 + Math.sin(hour) / 5)), []);
  assert.equal(fallsOf(series(48, (hour) => 60 + (hour % 12) * 2)).length, 4);
});

test("forecast: unknown at first, then judged with its guard, on the real disk", async (t) => {
  const now = Date.UTC(2026, 10, 21, 3);
  const over = { clock: clockAt(now) };
  const reach = await here(t);
  const first = await measure("forecast", {}, contextOf(reach, over));
  assert.equal(said(first), "unknown no-baseline");
  const percent = first.kind === "unknown" ? first.sample! : -1;
  const history = (perHour: number) =>
    Array.from({ length: 36 }, (_, n) => {
      const hours = (36 - n) / 6;
      return { check: "c", target: "here", at: now - hours * HOUR, value: percent - perHour * hours };
    });
  const rises = { ...over, history: history((100 - percent) / 10) };
  assert.equal(said(await measure("forecast", { guard: 0 }, contextOf(reach, rises))), "fail forecast-full");
  assert.equal(said(await measure("forecast", { guard: 100 }, contextOf(reach, rises))), "pass forecast-guarded");
  const rests = { ...over, history: history(0) };
  assert.equal(said(await measure("forecast", { guard: 0 }, contextOf(reach, rests))), "pass forecast-room");
});

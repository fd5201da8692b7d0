// When a backup that ends well every night is worth nothing all the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SetSeen } from "../src/model/backup.ts";
import { alarmFor, alarmsOf, type Alarm } from "../src/model/backup-alarm.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 20, 12);

interface Given {
  /** Hours before now. */
  readonly ago: number;
  readonly bytes?: number;
  readonly sums?: string;
  readonly torn?: number;
  readonly base?: string;
}

const setOf = ({ ago, bytes = 1_000, sums = `s${ago}`, torn = 0, base }: Given): SetSeen => ({
  id: `r20261120-${String(100_000 - ago)}-00000000`,
  holds: [],
  manifest: {
    ...{ format: "watchbook-backup/1", set: "shop", id: "r", run: "r", target: "here", book: "" },
    from: new Date(NOW - ago * HOUR).toISOString(),
    until: new Date(NOW - ago * HOUR).toISOString(),
    parts: [{ id: "db", kind: "files", bytes, files: 1, sums, facts: base === undefined ? {} : { BASE: base } }],
    agreed: [{ rows: "db", files: "db", looked: 1, torn, first: [] }],
  },
});
const codes = (sets: readonly Given[], wanted: Alarm): readonly string[] =>
  alarmsOf(sets.map(setOf), wanted, NOW).map(({ code }) => code);
const nights = (...bytes: readonly number[]): readonly Given[] =>
  bytes.map((size, index) => ({ ago: (bytes.length - index) * 24, bytes: size }));

test("smaller than half the median of the last five is told; one outlier among them hides and makes nothing", () => {
  const half = { shrink: 0.5 };
  assert.deepEqual(codes(nights(1_000, 1_000, 1_000, 1_000, 1_000, 500), half), []);
  assert.deepEqual(codes(nights(1_000, 1_000, 1_000, 1_000, 1_000, 499), half), ["backup-shrank"]);
  assert.deepEqual(codes(nights(1_000, 1_000, 9_000, 1_000, 1_000, 600), half), []);
  assert.deepEqual(codes(nights(1_000, 1_000, 1, 1_000, 1_000, 400), half), ["backup-shrank"]);
  // Older ones than five are no measure: it shrank long ago, and somebody has seen it.
  assert.deepEqual(codes(nights(9_000, 9_000, 9_000, 100, 100, 100, 100, 100, 100), half), []);
  assert.deepEqual(codes(nights(100, 100, 100, 40), { shrink: 0.7 }), []);
  const [said] = alarmsOf(nights(1_000, 1_000, 1_000, 10).map(setOf), half, NOW);
  assert.deepEqual(said!.args, { part: "db", bytes: 10, usual: 1_000, sets: 3 });
});

test("the first sets have nothing to be compared with, and say so; what is not looked at says nothing", () => {
  for (const count of [1, 2, 3])
    assert.deepEqual(codes(nights(...Array.from({ length: count }, () => 5)), { shrink: 0.5 }), ["backup-no-baseline"]);
  assert.deepEqual(codes(nights(5, 5, 5, 5), { shrink: 0.5 }), []);
  assert.deepEqual(codes(nights(1_000), {}), []);
  assert.deepEqual(codes([], { shrink: 0.5, ageMs: 1 }), []);
});

test("an increment is compared with increments only", () => {
  const full = nights(1_000, 1_000, 1_000, 1_000);
  assert.deepEqual(codes([...full, { ago: 1, bytes: 10, base: "r" }], { shrink: 0.5 }), []);
  const many = [5, 4, 3].map((ago) => ({ ago, bytes: 100, base: "r" }));
  assert.deepEqual(codes([...full, ...many, { ago: 1, bytes: 10, base: "r" }], { shrink: 0.5 }), ["backup-shrank"]);
});

test("the newest whole set is too old; a torn or unreadable one makes it no younger", () => {
  const day = { ageMs: 36 * HOUR };
  assert.deepEqual(codes([{ ago: 36 }], day), []);
  assert.deepEqual(codes([{ ago: 37 }], day), ["backup-old"]);
  assert.deepEqual(codes([{ ago: 37 }, { ago: 1, torn: 2 }], day), ["backup-old"]);
  const unread: SetSeen = { id: "r20261120-199999-00000000", holds: [], problem: "manifest.json" };
  assert.equal(alarmsOf([setOf({ ago: 37 }), unread], day, NOW)[0]!.code, "backup-old");
});

test("a set that a wrong clock dated in the future makes the newest no younger", () => {
  const day = { ageMs: 36 * HOUR };
  assert.deepEqual(codes([{ ago: 37 }, { ago: -40_000 }], day), ["backup-old"]);
  // Two clocks differ a little.
  assert.deepEqual(codes([{ ago: 37 }, { ago: -0.5 }], day), []);
  const [said] = alarmsOf([{ ago: 48 }, { ago: -2 }].map(setOf), day, NOW);
  assert.deepEqual(said!.args, { hours: 48, most: 36 });
  // It is compared with the others all the same: it may be the one that was just taken.
  assert.deepEqual(codes([...nights(1_000, 1_000, 1_000), { ago: -2, bytes: 10 }], { shrink: 0.5 }), ["backup-shrank"]);
});

test("byte for byte the same for too long is told, and only where it is to change", () => {
  const same = [96, 72, 48, 24].map((ago) => ({ ago, sums: "same" }));
  assert.deepEqual(codes(same, { unchangedMs: 72 * HOUR }), []);
  assert.deepEqual(codes(same, { unchangedMs: 71 * HOUR }), ["backup-unchanged"]);
  assert.deepEqual(codes(same, {}), []);
  assert.deepEqual(codes([...same, { ago: 1, sums: "other" }], { unchangedMs: HOUR }), []);
  const [said] = alarmsOf(same.map(setOf), { unchangedMs: HOUR }, NOW);
  assert.deepEqual(said!.args, { part: "db", since: new Date(NOW - 96 * HOUR).toISOString(), sets: 4 });
});

test("without a word a nightly set is old after a day and a half and shrank at half; false is silence", () => {
  assert.deepEqual(alarmFor({ every: "daily" }), { ageMs: 36 * HOUR, shrink: 0.5 });
  assert.deepEqual(alarmFor({}), { shrink: 0.5 });
  assert.deepEqual(alarmFor({ every: "daily", alarm: { ageMs: HOUR } }), { ageMs: HOUR, shrink: 0.5 });
  assert.deepEqual(alarmFor({ every: "daily", alarm: false }), {});
});

// A point that nobody chose: inside of the window of the sets, the same for the same seed.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { setsIn } from "../src/kinds/backups/repository/list.ts";
import { randomPoint, randomSet, seedIn } from "../src/kinds/steps/restore/random.ts";

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64");
const NAMES = ["a", "b", "c", "d", "e", "f"] as const;

/** Sets that were whole at these times; torn ones too. */
const setsAt = (times: readonly { readonly at: number; readonly torn: boolean }[]) =>
  setsIn(
    times
      .map(({ at, torn }, index) => {
        const id = `r20261120-080000-${NAMES[index]!.repeat(8)}`;
        const until = new Date(at).toISOString();
        const manifest = { format: "watchbook-backup/1", id, parts: [], until, agreed: [{ torn: torn ? 1 : 0 }] };
        return `set ${id}\nmanifest ${base64(manifest)}\n`;
      })
      .join(""),
  );

const DAY = Date.parse("2026-11-20T00:00:00Z");

test("a random point lies in the window of the whole sets, before its end, and a seed draws it again", () => {
  const some = fc.array(fc.record({ at: fc.integer({ min: DAY, max: DAY + 86_400_000 }), torn: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(some, fc.stringMatching(/^\w{1,16}$/), (times, seed) => {
      const whole = times.filter(({ torn }) => !torn).map(({ at }) => at);
      const drawn = randomPoint(setsAt(times), seed);
      assert.deepEqual(
        randomPoint(setsAt(times.toReversed()), seed)?.at,
        drawn?.at,
        "in whatever order they lie there",
      );
      if (!drawn) return assert.equal(whole.length, 0);
      const [first, last] = [Math.min(...whole), Math.max(...whole)];
      assert.deepEqual(
        [drawn.from, drawn.until],
        [first, last].map((at) => new Date(at).toISOString()),
      );
      if (drawn.at === "set") return assert.ok(last - first <= whole.length * 1_000);
      const at = Date.parse(drawn.at);
      assert.ok(first + 1_000 <= at && at < last);
      // A set is dated to the second: one that was not surely whole by then is not restored from.
      assert.ok(whole.every((time) => time > at || time + 1_000 <= at));
    }),
  );
});

test("seeds reach all of the window", () => {
  const sets = setsAt([
    { at: DAY, torn: false },
    { at: DAY + 1_000_000, torn: false },
  ]);
  const shares = Array.from({ length: 200 }, (_, seed) => Date.parse(randomPoint(sets, String(seed))!.at) - DAY);
  assert.ok(Math.min(...shares) < 50_000 && Math.max(...shares) > 950_000);
  assert.equal(new Set(shares).size, 200);
});

test("where no time can be restored to, a whole set is drawn: each of them, and the same for the same seed", () => {
  const times = [0, 100_000, 200_000, 300_000].map((at, index) => ({ at: DAY + at, torn: index === 1 }));
  const sets = setsAt(times);
  const drawn = Array.from({ length: 100 }, (_, seed) => randomSet(sets, String(seed))!);
  assert.deepEqual(
    new Set(drawn.map(({ set }) => set)),
    new Set([sets[0], sets[2], sets[3]].map((one) => one!.id)),
    "never a torn one",
  );
  assert.deepEqual(
    drawn.map(({ set }) => set),
    drawn.map((_, seed) => randomSet(sets.toReversed(), String(seed))!.set),
  );
  const [first, last] = [DAY, DAY + 300_000].map((at) => new Date(at).toISOString());
  assert.deepEqual(drawn[0], { at: "set", seed: "0", from: first, until: last, set: drawn[0]!.set });
  assert.equal(randomSet([], "a"), undefined);
});

test("random is drawn anew each time, random:SEED is not, and anything else is no such point", () => {
  assert.notEqual(seedIn("random"), seedIn("random"));
  assert.equal(seedIn("random:2026-q4"), "2026-q4");
  for (const none of ["", "latest", "random:", "randomly", "random:a b", "2026-11-20T08:33:00Z"])
    assert.equal(seedIn(none), undefined, none);
});

test("a log that leads on behind the newest set is a part of the window; one that ends before it is not", () => {
  const sets = setsAt([
    { at: DAY, torn: false },
    { at: DAY + 100_000, torn: false },
  ]);
  const until = (reach?: number) => randomPoint(sets, "a", reach)!.until;
  assert.equal(until(), new Date(DAY + 100_000).toISOString());
  assert.equal(until(DAY + 50_000), until());
  assert.equal(until(DAY + 900_000), new Date(DAY + 900_000).toISOString());
  const drawn = Array.from({ length: 200 }, (_, seed) => randomPoint(sets, String(seed), DAY + 900_000)!.at);
  const last = drawn.map((at) => Date.parse(at) - DAY).toSorted((a, b) => a - b);
  assert.ok(last.at(-1)! > 850_000 && last.at(-1)! < 900_000 && last[0]! < 100_000);
});

// The ledger of a drill's load: what was lost is a difference of numbers, and good again is good without an error behind it.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { ackedBefore, countedIn, ledgerIn, missingOf, recoveredAt } from "../src/kinds/load/ledger.ts";
import { includes, rangesIn, rangesText, sizeOf } from "../src/model/ranges.ts";

const MS = 1_000_000n;
const at = (ms: number): string => String(BigInt(ms) * MS);

/** `count` rows from `id` on, one each `every` ms from `from` on, each confirmed 1 ms later on branch `mark`. */
const rows = (id: number, count: number, from: number, every: number, mark = "1"): string =>
  Array.from(
    { length: count },
    (_, n) => `s ${id + n} ${at(from + n * every)}\na ${id + n} ${at(from + n * every + 1)} ${mark}\n`,
  ).join("");

test("ranges say every number once, and read back as what they were", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 })), (numbers) => {
      const ranges = rangesIn(rangesText(numbers))!;
      assert.equal(sizeOf(ranges), numbers.length);
      for (let number = 0; number <= 501; number += 1) assert.equal(includes(ranges, number), numbers.includes(number));
    }),
  );
  for (const bad of ["1-", "a", "3-1", "1,,2", "-4"]) assert.equal(rangesIn(bad), undefined, bad);
});

test("lost is what was confirmed and is not there, by its number: not a difference of counts or of the highest", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 80 }), { minLength: 1 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 80 })),
      (sent, there) => {
        const acked = sent.filter((id) => id % 3 !== 0);
        const text =
          sent.map((id) => `s ${id} ${at(id)}\n`).join("") + acked.map((id) => `a ${id} ${at(id + 1)} 1\n`).join("");
        const counted = countedIn(ledgerIn(text), rangesIn(rangesText(there))!);
        assert.deepEqual(
          counted.lost.map(({ id }) => id).toSorted((a, b) => a - b),
          acked.filter((id) => !there.includes(id)).toSorted((a, b) => a - b),
        );
        assert.deepEqual(
          counted.doubt.toSorted((a, b) => a - b),
          sent.filter((id) => id % 3 === 0).toSorted((a, b) => a - b),
        );
        assert.equal(counted.doubtThere.length, sent.filter((id) => id % 3 === 0 && there.includes(id)).length);
        assert.equal(counted.extra, there.filter((id) => !sent.includes(id)).length);
      },
    ),
  );
});

test("rows confirmed by the old primary after the fault are lost when they are missing", () => {
  const ledger = ledgerIn(rows(1, 10, 0, 10) + rows(11, 5, 200, 10));
  assert.deepEqual(
    missingOf(ledger, [[1, 10]]).map(({ id }) => id),
    [11, 12, 13, 14, 15],
  );
  assert.equal(missingOf(ledger, [[1, 8]], 150n * MS).length, 2);
  assert.equal(ackedBefore(ledger, 150n * MS), 10);
});

test("good again is the first row of the new branch behind the last error, with 20 over 2 s; a relapse moves it", () => {
  const before = rows(1, 50, 0, 10);
  const doubt = `s 51 ${at(500)}\nd 51 ${at(600)} gone\n`;
  const after = rows(60, 30, 1_000, 100, "2");
  const good = ledgerIn(before + doubt + after);
  assert.equal(recoveredAt(good, "2"), 1_001n * MS);
  // Too few, too short, another branch.
  assert.equal(recoveredAt(ledgerIn(before + doubt + rows(60, 19, 1_000, 200, "2")), "2"), undefined);
  assert.equal(recoveredAt(ledgerIn(before + doubt + rows(60, 60, 1_000, 10, "2")), "2"), undefined);
  assert.equal(recoveredAt(ledgerIn(before + doubt + rows(60, 30, 1_000, 100, "1")), "2"), undefined);
  const relapsed = before + doubt + after + `e ${at(3_950)} refused\n`;
  assert.equal(recoveredAt(ledgerIn(relapsed), "2"), undefined);
  assert.equal(recoveredAt(ledgerIn(relapsed + rows(100, 30, 5_000, 100, "2")), "2"), 5_001n * MS);
});

test("a line that was being written when somebody looked counts as nothing", () => {
  const whole = rows(1, 3, 0, 10);
  for (let cut = whole.length - 1; cut > 0; cut -= 1) {
    const { rows: seen } = ledgerIn(whole.slice(0, cut));
    assert.ok(seen.size <= 3);
    for (const row of seen.values()) assert.ok(row.acked === undefined || row.acked === row.sent + MS);
  }
  assert.equal(ledgerIn(`${whole}z ${at(40)}\n`).whole, true);
});

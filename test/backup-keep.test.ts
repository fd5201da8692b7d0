// Which sets a repository keeps no longer: whatever a rule says, the last proven one stays.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { expired } from "../src/kinds/backups/repository/keep.ts";
import { stateOf, type Keep, type SetSeen } from "../src/model/backup.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-20T08:00:00Z");

interface Given {
  readonly daysOld: number;
  readonly restored?: boolean;
  readonly torn?: boolean;
  readonly held?: boolean;
  readonly unread?: boolean;
}

function setOf({ daysOld, restored, torn, held, unread }: Given, index: number): SetSeen {
  const until = new Date(NOW - daysOld * DAY).toISOString();
  const id = `r20261120-${String(100_000 + index)}-00000000`;
  const agreed = [{ rows: "db", files: "files", looked: 3, torn: torn ? 1 : 0, first: [] }];
  return {
    id,
    holds: held ? ["r20261120-999999-00000000"] : [],
    ...(unread
      ? { problem: "manifest.json" }
      : {
          manifest: {
            ...({
              format: "watchbook-backup/1",
              set: "shop",
              id,
              run: id,
              target: "here",
              from: until,
              until,
            } as const),
            ...{ parts: [], agreed, book: "sha256:0" },
          },
        }),
    ...(restored && { restored: { run: "r", at: until, probes: 1 } }),
  };
}

const kept = (sets: readonly SetSeen[], keep: Keep): readonly number[] => {
  const gone = expired(sets, keep, NOW);
  return sets.flatMap((set, index) => (gone.includes(set.id) ? [] : [index]));
};

test("ten versions are ten versions, seven days seven days, and no rule keeps all", () => {
  const sets = Array.from({ length: 14 }, (_, index) => setOf({ daysOld: index }, index));
  assert.deepEqual(kept(sets, { copies: 10 }), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(kept(sets, { days: 7 }), [0, 1, 2, 3, 4, 5, 6]);
  assert.equal(kept(sets, {}).length, 14);
});

test("the newest of each day, week and month stays: grandfather, father, son", () => {
  // Four a day for seventy days.
  const sets = Array.from({ length: 280 }, (_, index) => setOf({ daysOld: index / 4 }, index));
  const ages = (keep: Keep) => kept(sets, keep).map((index) => index / 4);
  // 08:00 is the newest of today; of the days before it is the last before midnight.
  assert.deepEqual(ages({ daily: 3 }), [0, 0.5, 1.5]);
  // 20 November 2026 is a Friday.
  assert.deepEqual(ages({ weekly: 3 }), [0, 4.5, 11.5]);
  assert.deepEqual(ages({ monthly: 3 }), [0, 19.5, 50.5]);
});

test("the last restored set, one in use, the newest whole one and one that cannot be read always stay", () => {
  const sets = [
    setOf({ daysOld: 1, torn: true }, 0),
    setOf({ daysOld: 2 }, 1),
    setOf({ daysOld: 30 }, 2),
    setOf({ daysOld: 40, restored: true }, 3),
    setOf({ daysOld: 50, restored: true }, 4),
    setOf({ daysOld: 60, held: true }, 5),
    setOf({ daysOld: 70, unread: true }, 6),
  ];
  assert.deepEqual(kept(sets, { copies: 1 }), [0, 1, 3, 5, 6]);
});

test("what an increment stands on stays with it, and what is kept forever stays [S-052]", () => {
  const withFacts = (index: number, facts: Record<string, string>) => {
    const set = setOf({ daysOld: index }, index);
    return {
      ...set,
      manifest: { ...set.manifest!, parts: [{ ...{ id: "db", kind: "k", bytes: 1, files: 1, sums: "" }, facts }] },
    };
  };
  const id = (index: number) => setOf({ daysOld: 0 }, index).id;
  const chain = [
    withFacts(0, { BASE: id(1) }),
    withFacts(1, { BASE: id(2) }),
    withFacts(2, {}),
    withFacts(3, { BASE: id(4) }),
    withFacts(4, {}),
  ];
  assert.deepEqual(kept(chain, { copies: 1 }), [0, 1, 2]);
  assert.deepEqual(
    kept([withFacts(0, {}), withFacts(1, {}), withFacts(2, { KEEP: "forever" })], { copies: 1 }),
    [0, 2],
  );
});

test("a set from the future counts for nothing and stays, and the one that was just taken stays [S-052]", () => {
  const ahead = setOf({ daysOld: -1500 }, 0);
  const sets = [ahead, setOf({ daysOld: 0 }, 1), setOf({ daysOld: 1 }, 2), setOf({ daysOld: 2 }, 3)];
  assert.deepEqual(kept(sets, { copies: 1 }), [0, 1]);
  // A clock that was set back: what was taken now is called older than what was there.
  const own = setOf({ daysOld: 9 }, 4);
  const gone = expired([...sets, own], { copies: 1 }, NOW, own.id);
  assert.ok(!gone.includes(own.id) && gone.length === 2, gone.join());
});

const given = fc.record({
  daysOld: fc.integer({ min: 0, max: 400 }),
  restored: fc.boolean(),
  torn: fc.boolean(),
  held: fc.boolean(),
  unread: fc.boolean(),
});
const count = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });
const rule = fc.record({ copies: count, days: count, daily: count, weekly: count, monthly: count });

test("no rule whatever takes the last proof, what is in use or the only set", () => {
  fc.assert(
    fc.property(fc.array(given, { maxLength: 40 }), rule, (all, keep) => {
      const sets = all.map(setOf);
      const rest = Object.fromEntries(Object.entries(keep).filter(([, value]) => value !== undefined)) as Keep;
      const gone = new Set(expired(sets, rest, NOW));
      const stay = sets.filter(({ id }) => !gone.has(id));
      if (sets.length > 0) assert.ok(stay.length > 0);
      for (const set of sets) if (!set.manifest || set.holds.length > 0) assert.ok(!gone.has(set.id));
      const proven = sets.filter((set) => stateOf(set) === "good");
      if (proven.length > 0) {
        const newest = Math.max(...proven.map(({ manifest }) => Date.parse(manifest!.until)));
        assert.ok(stay.some((set) => stateOf(set) === "good" && Date.parse(set.manifest!.until) === newest));
      }
      // A second look takes nothing more.
      assert.deepEqual(expired(stay, rest, NOW), []);
    }),
  );
});

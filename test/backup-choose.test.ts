// Which set a restore takes, and which points there are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenSet, pointOf } from "../src/kinds/backups/repository/choose.ts";
import { setsIn } from "../src/kinds/backups/repository/list.ts";

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64");
const line = (id: string, hour: number, torn = 0): string =>
  `set ${id}\nmanifest ${base64({
    ...{ format: "watchbook-backup/1", id, parts: [], until: `2026-11-20T${String(hour).padStart(2, "0")}:00:00Z` },
    agreed: [{ torn }],
  })}\n`;
const [A, B, C, D] = ["a", "b", "c", "d"].map((sign) => `r20261120-080000-${sign.repeat(8)}`) as [
  string,
  string,
  string,
  string,
];
const SETS = setsIn(`${line(A, 1)}${line(B, 5)}${line(C, 9, 2)}set ${D}\nmanifest ${base64({ format: "other" })}\n`);
const NOW = Date.parse("2026-11-20T12:00:00Z");
const latest = { kind: "latest", value: "" } as const;
const id = (found: ReturnType<typeof chosenSet>): string => ("why" in found ? found.why : found.id);

test("a time needs its zone; what is no point is none", () => {
  assert.deepEqual(pointOf("2026-11-20T16:33:00+08:00"), { kind: "time", value: "2026-11-20T08:33:00.000Z" });
  // A point between two transactions of one millisecond is a point.
  for (const [said, meant] of [
    ["2026-11-20T16:33:00.123456+08:00", "08:33:00.123456"],
    ["2026-11-20 16:33:00.1234+0800", "08:33:00.1234"],
    ["2026-11-20T16:33:00.12+08:00", "08:33:00.120"],
  ] as const)
    assert.equal(pointOf(said)?.value, `2026-11-20T${meant}Z`);
  assert.deepEqual(pointOf("name:before-upgrade"), { kind: "name", value: "before-upgrade" });
  assert.deepEqual(pointOf("xid:4711"), { kind: "xid", value: "4711" });
  for (const none of [
    "",
    "yesterday",
    "2026-11-20",
    "2026-11-20T08:33:00",
    "2026-13-20T08:33:00Z",
    "name:",
    "name:a'b",
    "xid:-1",
  ])
    assert.equal(pointOf(none), undefined, none);
});

test("the newest whole set is taken, never a torn one unless it is named, never one after the point [S-056]", () => {
  const first = () => 0;
  assert.equal(id(chosenSet(SETS, "latest", latest, first, NOW)), B);
  assert.equal(id(chosenSet(SETS, "latest", { kind: "time", value: "2026-11-20T04:59:00Z" }, first, NOW)), A);
  assert.equal(
    id(chosenSet(SETS, "latest", { kind: "time", value: "2026-11-20T00:59:00Z" }, first, NOW)),
    "backup-too-young",
  );
  assert.equal(id(chosenSet(SETS, C, latest, first, NOW)), C);
  assert.equal(id(chosenSet(SETS, D, latest, first, NOW)), "backup-set-damaged");
  assert.equal(id(chosenSet(SETS, "r20200101-000000-00000000", latest, first, NOW)), "backup-no-set");
  assert.equal(id(chosenSet([], "latest", latest, first, NOW)), "backup-no-sets");
  const seen = new Set([0, 1].map((roll) => id(chosenSet(SETS, "random", latest, () => roll, NOW))));
  assert.deepEqual(seen, new Set([A, B]));
});

test("the latest set is none that a wrong clock dated in the future, where there is another [S-056]", () => {
  const at = Date.parse("2026-11-20T02:00:00Z");
  assert.equal(id(chosenSet(SETS, "latest", latest, () => 0, at)), A);
  assert.equal(id(chosenSet(SETS, B, latest, () => 0, at)), B);
  const ahead = SETS.filter((set) => set.id === B);
  assert.equal(id(chosenSet(ahead, "latest", latest, () => 0, at)), B);
});

test("a folder that another program fills is read as far as it can be", () => {
  const sets = setsIn(`junk\nset ${A}\nset ${B}\nmanifest !!!\nrestored ${base64({ at: 3 })}\nhold r1\n`);
  assert.deepEqual(
    sets.map(({ id: name, problem, restored, holds }) => ({ name, problem, restored, holds })),
    [
      { name: A, problem: "manifest.json", restored: undefined, holds: [] },
      { name: B, problem: "manifest.json", restored: undefined, holds: ["r1"] },
    ],
  );
});

// Golden pairs for every construct, in both languages, good and bad: a cell of the table without its pair fails.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CELLS, CONSTRUCTS, LANGS } from "./books/constructs/constructs.ts";
import { modelOf } from "./books/constructs/model.ts";
import type { Golden } from "./books/constructs/model.ts";

const folder = join(import.meta.dirname, "books/constructs");
const golden = (name: string): Golden => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Golden;

test("every cell of the table has its manual and its model, and every file its cell", () => {
  const files = new Set(readdirSync(folder).filter((file) => /\.(?:md|json)$/.test(file)));
  const wanted = CELLS.flatMap((cell) => [`${cell}.md`, `${cell}.json`]);
  assert.deepEqual(
    wanted.filter((file) => !files.has(file)),
    [],
    "missing",
  );
  assert.deepEqual([...files].toSorted(), wanted.toSorted());
});

for (const cell of CELLS)
  test(`${cell} becomes its model`, async () => assert.deepEqual(await modelOf(cell), golden(cell)));

test("a good manual has its construct in the model, a bad one a finding or nothing that counts", () => {
  for (const [construct, key] of Object.entries(CONSTRUCTS))
    for (const lang of LANGS) {
      const good = golden(`${construct}.${lang}.good`);
      assert.ok((good[key] ?? []).length > 0, `${construct}.${lang}.good has no ${key}`);
      const bad = golden(`${construct}.${lang}.bad`);
      assert.ok(bad["findings"] !== undefined || bad[key] === undefined, `${construct}.${lang}.bad is taken as good`);
    }
});

/** What does not depend on the language of a manual. */
const SAME: ReadonlySet<string> = new Set([
  ...["source", "state", "kind", "rule", "risk", "held", "status", "every", "phases", "phase", "mode", "origin"],
  ...["scale", "respond", "resolve", "value", "comparison", "normal", "warn", "critical", "bad", "hold", "probe"],
  ...["retention", "bands", "steps", "items", "code", "level", "expected", "within", "verify", "block", "protected"],
]);
const isStepRole = (key: string, value: unknown): boolean =>
  key === "role" && ["do", "verify", "rollback", "diagnose"].includes(value as string);
const kept = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(kept);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      SAME.has(key) || isStepRole(key, each) ? [[key, kept(each)] as const] : [],
    ),
  );
};
const withoutTexts = (found: Golden): unknown =>
  Object.fromEntries(
    Object.entries(found).map(([key, list]) => [key, list.map((each) => (key === "deliverables" ? {} : kept(each)))]),
  );

test("both languages say the same: numbers, kinds, states, lines and findings", () => {
  for (const construct of Object.keys(CONSTRUCTS))
    for (const quality of ["good", "bad"])
      assert.deepEqual(
        withoutTexts(golden(`${construct}.zh.${quality}`)),
        withoutTexts(golden(`${construct}.en.${quality}`)),
        `${construct}.${quality}`,
      );
});

// The examples' manuals: both languages are clean, and say the same.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { home, wb } from "./kit/wb.ts";

type Rows = readonly Readonly<Record<string, unknown>>[];

const byText = (one: string, other: string): number => one.localeCompare(other);

/** What a manual must say alike in every language. */
function shapeOf(book: Readonly<Record<string, Rows>>) {
  const pick = (key: string, ...names: readonly string[]) =>
    (book[key] ?? []).map((row) => names.map((name) => JSON.stringify(row[name])).join(" ")).toSorted(byText);
  return {
    // Procedures without a number go by their title, in its own language.
    runbooks: (book["runbooks"] ?? [])
      .filter(({ id }) => /^SOP-\d+$/.test(String(id)))
      .map(({ id, kind, steps }) => `${String(id)} ${String(kind)} ${(steps as Rows).length}`)
      .toSorted(byText),
    objectives: pick("objectives", "name", "comparison", "value", "unit"),
    duties: (book["duties"] ?? []).map(({ every, items }) => [every, (items as Rows).length]),
    environments: pick("environments", "id"),
    backups: (book["backups"] ?? []).length,
    contacts: (book["contacts"] ?? []).length,
    symptoms: (book["symptoms"] ?? []).length,
  };
}

for (const name of ["chat", "saas", "gateway"])
  test(`the manuals of ${name} pass lint --strict and say the same in both languages`, async (t) => {
    const [zh, en] = await Promise.all(
      ["book", "book-en"].map(async (folder) => {
        const path = join(home, "examples", name, folder);
        const done = await wb(t, "lint", path, "--strict", "--format", "json");
        assert.equal(done.code, 0, done.out);
        return shapeOf(JSON.parse(done.out) as Readonly<Record<string, Rows>>);
      }),
    );
    assert.deepEqual(en, zh);
    assert.ok(zh!.runbooks.length > 0);
  });

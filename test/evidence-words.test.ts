import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { texts } from "../src/i18n/texts.ts";

const root = join(import.meta.dirname, "..");
const sources = globSync(
  ["src/evidence/**/*.ts", "src/store/**/*.ts", "src/cli/evidence/*.ts", "src/cli/evidence.ts"],
  { cwd: root },
)
  .map((file) => readFileSync(join(root, file), "utf8"))
  .join("\n");

test("every reason that is given has its sentence in both languages, and every sentence is given", () => {
  const given = new Set(
    Array.from(
      sources.matchAll(/(?:reason|Refusal)\(\s*"([a-z0-9-]+)"|\.find\(\s*"[a-z]+",\s*"([a-z-]+)"|code: "([a-z-]+)"/g),
      (found) => found[1] ?? found[2] ?? found[3]!,
    ),
  );
  for (const verdict of ["fail", "inconclusive", "rehearsal"]) given.add(`verdict-${verdict}`);
  for (const lang of ["en", "zh"] as const)
    assert.deepEqual([...given].sort(), Object.keys(texts(lang).evidence.reasons).sort());
});

test("every error code of store and evidence has its sentence and its next action", () => {
  const codes = new Set(Array.from(sources.matchAll(/"((?:STORE|EVIDENCE)-[A-Z-]+)"/g), (found) => found[1]!));
  assert.ok(codes.size > 15);
  for (const lang of ["en", "zh"] as const) {
    const { errors } = texts(lang) as unknown as { errors: Record<string, { say: string; fix: string }> };
    for (const code of codes) assert.ok(errors[code]?.say && errors[code].fix, `${lang} ${code}`);
  }
});

test("both languages put the same values into a sentence", () => {
  const names = (text: string) => Array.from(text.matchAll(/\{(\w+)\}/g), (found) => found[1]!).sort();
  const pairs = (lang: "en" | "zh") =>
    ({ ...texts(lang).evidence.reasons, ...texts(lang).evidence.said }) as Record<string, string>;
  const [en, zh] = [pairs("en"), pairs("zh")];
  for (const [code, text] of Object.entries(en)) assert.deepEqual(names(zh[code]!), names(text), code);
});

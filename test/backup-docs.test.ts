// Backup kinds are said in both languages, and docs/backups*.md show what is accepted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { backupExamples } from "../scripts/docs-backups-words.ts";
import { prose } from "../scripts/docs-steps-words.ts";
import { rows } from "../scripts/docs-table.ts";
import { texts } from "../src/i18n/texts.ts";
import { backups } from "../src/kinds/backups/index.ts";

test("every backup kind is named in both languages, and nothing is named that is not there", () => {
  const kinds = backups.map(({ kind }) => kind).toSorted();
  for (const lang of ["en", "zh"] as const) {
    const said = texts(lang).backups.kinds;
    assert.deepEqual(Object.keys(said).toSorted(), kinds);
    for (const kind of kinds) assert.ok(said[kind]!.name !== "" && said[kind]!.does !== "", kind);
  }
});

test("every parameter of a backup kind is described, in both languages", () => {
  const { fields } = texts("zh").backups;
  const told = (lang: "en" | "zh") =>
    backups.flatMap((kind) =>
      rows({ kind, fields: lang === "en" ? {} : fields, words: prose[lang], lang }).map((row) => {
        const [, name, , , text] = row.split(/(?<!\\)\|/);
        return [`${kind.kind}.${name!.trim().slice(1, -1)}`, text!.trim()] as const;
      }),
    );
  const known = new Set<string>(told("en").map(([name]) => name));
  assert.deepEqual(
    [...told("en"), ...told("zh")].filter(([, text]) => text === ""),
    [],
  );
  assert.deepEqual(
    Object.keys(fields).filter((name) => !known.has(name)),
    [],
  );
});

test("the example of every backup kind is one that the kind accepts", () => {
  for (const kind of backups) {
    const [given] = Object.values(parse(backupExamples[kind.kind]!) as Record<string, Record<string, unknown>>);
    const { kind: name, ...params } = given!;
    assert.equal(name, kind.kind);
    const parsed = kind.params.safeParse(params);
    assert.ok(parsed.success, `${kind.kind}: ${JSON.stringify(parsed)}`);
  }
});

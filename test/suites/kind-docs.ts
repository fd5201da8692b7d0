import assert from "node:assert/strict";
import { test } from "node:test";
import { prose } from "../../scripts/docs-steps-words.ts";
import { rows } from "../../scripts/docs-table.ts";
import type { Schema } from "../../src/model/schema.ts";

type Lang = "en" | "zh";

/** What a page about kinds shows of them in a language. `fields`: parameters of all kinds, `KIND.NAME`. */
interface Said {
  readonly kinds: Readonly<Record<string, { readonly name: string; readonly does: string }>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** MUST: every kind and parameter is said in both languages, nothing is said that is not there, every example is accepted. */
export function kindDocsSuite<Kind extends { readonly kind: string; readonly params: Schema<unknown> }>(
  word: string,
  kinds: readonly Kind[],
  said: (lang: Lang) => Said,
  given: (kind: Kind) => unknown,
): void {
  test(`every ${word} kind is named in both languages, and nothing is named that is not there`, () => {
    const names = kinds.map(({ kind }) => kind).toSorted();
    for (const lang of ["en", "zh"] as const) {
      const told = said(lang).kinds;
      assert.deepEqual(Object.keys(told).toSorted(), names);
      for (const name of names) assert.ok(told[name]!.name !== "" && told[name]!.does !== "", name);
    }
  });

  test(`every parameter of a ${word} kind is described, in both languages`, () => {
    const { fields } = said("zh");
    const told = (lang: Lang) =>
      kinds.flatMap((kind) =>
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

  test(`the example of every ${word} kind is one that the kind accepts`, () => {
    for (const kind of kinds) {
      const parsed = kind.params.safeParse(given(kind));
      assert.ok(parsed.success, `${kind.kind}: ${JSON.stringify(parsed)}`);
    }
  });
}

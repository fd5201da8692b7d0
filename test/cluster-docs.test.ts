// Cluster kinds are said in both languages, and docs/clusters*.md show what is accepted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { clusterExamples } from "../scripts/docs-clusters-words.ts";
import { prose } from "../scripts/docs-steps-words.ts";
import { rows } from "../scripts/docs-table.ts";
import { texts } from "../src/i18n/texts.ts";
import { clusters } from "../src/kinds/clusters/index.ts";

test("every cluster kind is named in both languages, and nothing is named that is not there", () => {
  const kinds = clusters.map(({ kind }) => kind).toSorted();
  for (const lang of ["en", "zh"] as const) {
    const said = texts(lang).clusters.kinds;
    assert.deepEqual(Object.keys(said).toSorted(), kinds);
    for (const kind of kinds) assert.ok(said[kind]!.name !== "" && said[kind]!.does !== "", kind);
  }
});

test("every parameter of a cluster kind is described, in both languages", () => {
  const { fields } = texts("zh").clusters;
  const told = (lang: "en" | "zh") =>
    clusters.flatMap((kind) =>
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

test("the example of every cluster kind is one that the kind accepts", () => {
  for (const kind of clusters) {
    const parsed = kind.params.safeParse(parse(clusterExamples[kind.kind]!));
    assert.ok(parsed.success, `${kind.kind}: ${JSON.stringify(parsed)}`);
  }
});

/** docs/clusters*.md: how a cluster is declared, and every kind with its parameters, from their own schemas. */
import { texts } from "../src/i18n/texts.ts";
import { clusters } from "../src/kinds/clusters/index.ts";
import type { Lang } from "../src/model/lang.ts";
import { mariadbProse } from "./docs-clusters-mariadb.ts";
import { patroniProse } from "./docs-clusters-patroni.ts";
import { clusterExamples, clusterProse } from "./docs-clusters-words.ts";
import { prose } from "./docs-steps-words.ts";
import { kindSection } from "./docs-table.ts";

/** What only one kind has to be told. */
const notes: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  mariadb: mariadbProse,
  patroni: patroniProse,
};

function section(kind: (typeof clusters)[number], lang: Lang): string {
  const { kinds, fields } = texts(lang).clusters;
  const said = kinds[kind.kind] ?? { name: kind.kind, does: "" };
  const whole = kindSection({ kind, fields, words: prose[lang], lang }, said, clusterExamples[kind.kind] ?? "");
  const note = notes[kind.kind]?.[lang];
  return note === undefined ? whole : `${whole}\n${note}`;
}

const page = (lang: Lang): string => [clusterProse[lang], ...clusters.map((kind) => section(kind, lang))].join("\n");

/** The pages by their path from the root. */
export const pages = (): ReadonlyMap<string, string> =>
  new Map([
    ["docs/clusters.md", page("en")],
    ["docs/clusters.zh-CN.md", page("zh")],
  ]);

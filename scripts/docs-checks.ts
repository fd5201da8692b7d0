/** docs/checks.md and docs/checks.zh-CN.md: every check kind with its parameters, from the kinds' own schemas. */
import { checks } from "../src/kinds/checks/index.ts";
import { everyMsOf, type Bands, type CheckKind } from "../src/model/check.ts";
import { texts } from "../src/i18n/texts.ts";
import type { Lang } from "../src/model/lang.ts";
import { examples, prose, type Words } from "./docs-checks-words.ts";
import { rows } from "./docs-table.ts";

export { shapeOf } from "./docs-table.ts";

const bandsText = (bands: Bands | undefined, words: Words): string =>
  bands ? words.bands(bands.bad, bands.warn ?? 0, bands.critical ?? 0) : words.noBands;

function section(kind: CheckKind, lang: Lang): string {
  const words = prose[lang];
  const said: Readonly<Record<string, { readonly name: string; readonly does: string }>> = texts(lang).checks.kinds;
  const { name = kind.kind, does = "" } = said[kind.kind] ?? {};
  return [
    `## ${kind.kind}`,
    "",
    words.lead(name, does),
    "",
    `${words.unit(kind.unit)} ${bandsText(kind.bands, words)} ${words.every(everyMsOf({}, kind) / 1000)}`,
    ...(words.notes[kind.kind] ? ["", words.notes[kind.kind]] : []),
    "",
    words.header,
    "| --- | --- | --- | --- |",
    ...rows({ kind, fields: texts(lang).checks.fields, words, lang }),
    "",
    "```yaml",
    examples[kind.kind]!,
    "```",
    "",
  ].join("\n");
}

const page = (lang: Lang): string =>
  [prose[lang].intro, ...checks.map((kind) => section(kind, lang)), prose[lang].recipes].join("\n");

/** The pages by their path from the root. */
export const pages = (): ReadonlyMap<string, string> =>
  new Map([
    ["docs/checks.md", page("en")],
    ["docs/checks.zh-CN.md", page("zh")],
  ]);

/** docs/backups*.md: how a backup set is declared, and every kind with its parameters, from their own schemas. */
import { texts } from "../src/i18n/texts.ts";
import { backups } from "../src/kinds/backups/index.ts";
import type { Lang } from "../src/model/lang.ts";
import { backupExamples, backupProse } from "./docs-backups-words.ts";
import { prose } from "./docs-steps-words.ts";
import { kindSection } from "./docs-table.ts";

function section(kind: (typeof backups)[number], lang: Lang): string {
  const { kinds, fields } = texts(lang).backups;
  const said = kinds[kind.kind] ?? { name: kind.kind, does: "" };
  return kindSection({ kind, fields, words: prose[lang], lang }, said, backupExamples[kind.kind] ?? "");
}

const page = (lang: Lang): string => [backupProse[lang], ...backups.map((kind) => section(kind, lang))].join("\n");

/** The pages by their path from the root. */
export const pages = (): ReadonlyMap<string, string> =>
  new Map([
    ["docs/backups.md", page("en")],
    ["docs/backups.zh-CN.md", page("zh")],
  ]);

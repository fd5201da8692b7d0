/** docs/notifiers*.md: how a channel is declared, and every kind with its parameters, from their own schemas. */
import { texts } from "../src/i18n/texts.ts";
import { notifiers } from "../src/kinds/notifiers/index.ts";
import type { Lang } from "../src/model/lang.ts";
import { limitWords, notifierExamples, notifierProse } from "./docs-notifiers-words.ts";
import { prose } from "./docs-steps-words.ts";
import { kindSection } from "./docs-table.ts";

function section(kind: (typeof notifiers)[number], lang: Lang): string {
  const { kinds, fields } = texts(lang).notifiers;
  const { name = kind.kind, does = "" } = kinds[kind.kind] ?? {};
  const limits = limitWords[lang](kind.limits.bytes, kind.limits.perMinute);
  const said = { name, does: `${does}${lang === "zh" ? "" : " "}${limits}` };
  return kindSection({ kind, fields, words: prose[lang], lang }, said, notifierExamples[kind.kind] ?? "");
}

const page = (lang: Lang): string => [notifierProse[lang], ...notifiers.map((kind) => section(kind, lang))].join("\n");

/** The pages by their path from the root. */
export const pages = (): ReadonlyMap<string, string> =>
  new Map([
    ["docs/notifiers.md", page("en")],
    ["docs/notifiers.zh-CN.md", page("zh")],
  ]);

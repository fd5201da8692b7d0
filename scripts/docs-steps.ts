/** docs/steps*.md and docs/faults*.md: every step kind and fault kind with its parameters, from their own schemas. */
import { faults } from "../src/kinds/faults/index.ts";
import { steps } from "../src/kinds/steps/index.ts";
import { texts } from "../src/i18n/texts.ts";
import type { Lang } from "../src/model/lang.ts";
import { faultExamples, prose, stepExamples } from "./docs-steps-words.ts";
import { kindSection, type Described } from "./docs-table.ts";

type Names = Readonly<Record<string, { readonly name: string; readonly does: string }>>;

const section = (kind: Described["kind"], names: Names, example: string, lang: Lang): string =>
  kindSection(
    { kind, fields: texts(lang).steps.fields, words: prose[lang], lang },
    names[kind.kind] ?? { name: kind.kind, does: "" },
    example,
  );

const stepPage = (lang: Lang): string =>
  [
    prose[lang].steps,
    ...steps
      .filter(({ made }) => !made)
      .map((kind) => section(kind, texts(lang).steps.kinds, stepExamples[kind.kind]!, lang)),
  ].join("\n");
const faultPage = (lang: Lang): string =>
  [
    prose[lang].faults,
    ...faults.map((kind) => section(kind, texts(lang).steps.faults, faultExamples[kind.kind]!, lang)),
  ].join("\n");

/** The pages by their path from the root. */
export const pages = (): ReadonlyMap<string, string> =>
  new Map([
    ["docs/steps.md", stepPage("en")],
    ["docs/steps.zh-CN.md", stepPage("zh")],
    ["docs/faults.md", faultPage("en")],
    ["docs/faults.zh-CN.md", faultPage("zh")],
  ]);

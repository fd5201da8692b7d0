/** docs/checks.md and docs/checks.zh-CN.md: every check kind with its parameters, from the kinds' own schemas. */
import { z } from "zod";
import { checks } from "../src/kinds/checks/index.ts";
import type { Bands, CheckKind } from "../src/model/check.ts";
import { texts } from "../src/i18n/texts.ts";
import type { Lang } from "../src/model/lang.ts";
import { examples, prose, type Words } from "./docs-checks-words.ts";

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Property[];
  readonly items?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

interface Shape {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

/** JSON Schema of what an author writes: before defaults and conversions. */
export const shapeOf = (kind: CheckKind): Shape =>
  z.toJSONSchema(kind.params as unknown as z.ZodType, { io: "input" }) as unknown as Shape;

/** `text`, `number`, list of …: what may be written. */
function typeText(property: Property, words: Words): string {
  if (property.enum) return property.enum.map((each) => `\`${String(each)}\``).join(", ");
  if (property.anyOf) return [...new Set(property.anyOf.map((each) => typeText(each, words)))].join(words.or);
  if (property.type === "array") return words.list(typeText(property.items ?? {}, words));
  const named = [property.type ?? "object"].flat().map((type) => words.types[type] ?? type);
  return named.join(words.or);
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The fields of a parameter that is an object, or a list of them. */
const fieldsOf = (property: Property): Property | undefined =>
  property.properties ? property : (property.anyOf ?? []).map(fieldsOf).find((each) => each !== undefined);

/** One parameter and, below it, its own fields: `value`, `value.unit` … */
function rows(kind: CheckKind, name: string, property: Property, required: boolean, lang: Lang): readonly string[] {
  const words = prose[lang];
  const needed = required ? words.required : "";
  const standard = property.default === undefined ? needed : `\`${JSON.stringify(property.default)}\``;
  const { fields } = texts(lang).checks;
  // Fields that several kinds share (processes, value, json) are described once.
  const said = lang === "en" ? property.description : (fields[`${kind.kind}.${name}`] ?? fields[name]);
  const inner = fieldsOf(property);
  return [
    `| \`${name}\` | ${cell(typeText(property, words))} | ${standard} | ${cell(said ?? "")} |`,
    ...Object.entries(inner?.properties ?? {}).flatMap(([field, each]) =>
      rows(kind, `${name}.${field}`, each, inner?.required?.includes(field) ?? false, lang),
    ),
  ];
}

const bandsText = (bands: Bands | undefined, words: Words): string =>
  bands ? words.bands(bands.bad, bands.warn ?? 0, bands.critical ?? 0) : words.noBands;

function section(kind: CheckKind, lang: Lang): string {
  const words = prose[lang];
  const said: Readonly<Record<string, { readonly name: string; readonly does: string }>> = texts(lang).checks.kinds;
  const { name = kind.kind, does = "" } = said[kind.kind] ?? {};
  const shape = shapeOf(kind);
  return [
    `## ${kind.kind}`,
    "",
    words.lead(name, does),
    "",
    `${words.unit(kind.unit)} ${bandsText(kind.bands, words)}`,
    ...(words.notes[kind.kind] ? ["", words.notes[kind.kind]] : []),
    "",
    words.header,
    "| --- | --- | --- | --- |",
    ...Object.entries(shape.properties).flatMap(([name, property]) =>
      rows(kind, name, property, shape.required?.includes(name) ?? false, lang),
    ),
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

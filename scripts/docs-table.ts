/** Tables of parameters from the schemas of kinds: what checks, steps and faults have in common. */
import { z } from "zod";
import type { Lang } from "../src/model/lang.ts";
import type { Schema } from "../src/model/schema.ts";

export interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Property[];
  readonly items?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

export interface Shape {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

/** Words that such a table needs. */
export interface TableWords {
  readonly required: string;
  readonly or: string;
  readonly types: Readonly<Record<string, string>>;
  list(of: string): string;
}

/** What has parameters, and where its fields are said in other languages than that of its schema. */
export interface Described {
  readonly kind: { readonly kind: string; readonly params: Schema<unknown> };
  readonly fields: Readonly<Record<string, string>>;
  readonly words: TableWords;
  readonly lang: Lang;
}

/** JSON Schema of what an author writes: before defaults and conversions. */
export const shapeOf = (kind: Described["kind"]): Shape =>
  z.toJSONSchema(kind.params as unknown as z.ZodType, { io: "input" }) as unknown as Shape;

/** `text`, `number`, list of …: what may be written. */
function typeText(property: Property, words: TableWords): string {
  if (property.enum) return property.enum.map((each) => `\`${String(each)}\``).join(", ");
  if (property.anyOf) return [...new Set(property.anyOf.map((each) => typeText(each, words)))].join(words.or);
  if (property.type === "array") return words.list(typeText(property.items ?? {}, words));
  const named = [property.type ?? "object"].flat().map((type) => words.types[type] ?? type);
  return named.join(words.or);
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The fields of a parameter that is an object, or a list of them. */
const fieldsOf = (property: Property): Property | undefined => {
  if (property.properties) return property;
  return [...(property.anyOf ?? []), ...(property.items ? [property.items] : [])]
    .map(fieldsOf)
    .find((each) => each !== undefined);
};

/** One parameter and, below it, its own fields: `value`, `value.unit` … */
function row(described: Described, name: string, property: Property, required: boolean): readonly string[] {
  const { kind, fields, words, lang } = described;
  const needed = required ? words.required : "";
  const standard = property.default === undefined ? needed : `\`${JSON.stringify(property.default)}\``;
  // Fields that several kinds share (processes, value, json) are described once.
  const said = lang === "en" ? property.description : (fields[`${kind.kind}.${name}`] ?? fields[name]);
  const inner = fieldsOf(property);
  return [
    `| \`${name}\` | ${cell(typeText(property, words))} | ${standard} | ${cell(said ?? "")} |`,
    ...Object.entries(inner?.properties ?? {}).flatMap(([field, each]) =>
      row(described, `${name}.${field}`, each, inner?.required?.includes(field) ?? false),
    ),
  ];
}

/** The rows of a kind's table. */
export function rows(described: Described): readonly string[] {
  const shape = shapeOf(described.kind);
  return Object.entries(shape.properties).flatMap(([name, property]) =>
    row(described, name, property, shape.required?.includes(name) ?? false),
  );
}

/** The section of one kind: its name and what it does, its parameters, an example. */
export const kindSection = (
  {
    kind,
    fields,
    words,
    lang,
  }: Described & { readonly words: TableWords & { readonly header: string; lead(name: string, does: string): string } },
  { name, does }: { readonly name: string; readonly does: string },
  example: string,
): string =>
  [
    `## ${kind.kind}`,
    "",
    words.lead(name, does),
    "",
    words.header,
    "| --- | --- | --- | --- |",
    ...rows({ kind, fields, words, lang }),
    "",
    "```yaml",
    example,
    "```",
    "",
  ].join("\n");

import type { Finding } from "../../model/finding.ts";
import type { TableKind } from "../../model/tables.ts";
import type { List, Table } from "../parse/tree.ts";
import { lists, tables } from "../recognise/place.ts";
import type { Keys, Place } from "../recognise/place.ts";
import type { Found, Page } from "../recognise/recogniser.ts";
import { fold } from "../words/matcher.ts";
import { means, reader } from "./annotations.ts";

type Annotation = Page["annotations"][number];

/** What was made of a page, as far as it says which keys were read. */
interface Made {
  /** Lines of lists that became a duty, or would have but for what a finding says. */
  readonly duties: ReadonlySet<number>;
  readonly tables: ReadonlyMap<number, { readonly kind: TableKind; readonly rule: string }>;
  /** Lines of severities, and of what may be some. */
  readonly levels: ReadonlySet<number>;
  /** Texts of the alert rules. */
  readonly rules: ReadonlySet<string>;
  /** Lines of comments that a finding calls wrong as a whole. */
  readonly told: ReadonlySet<number>;
  /** Line of the first heading. */
  readonly heading: number;
}

/** A list whose finding says why it is no duty yet: its keys stand where they belong. */
const NEARLY: ReadonlySet<string> = new Set(["WB214", "WB215"]);
/** A comment for a table that stands beside none, or for a row that is not there. */
const WRONG: ReadonlySet<string> = new Set(["WB201", "WB204"]);

/**
 * Keys of comments that are right in themselves and stand where nothing reads them: each with the place where it is
 * read. `found` is what the recognisers made of the page.
 */
export function astray(page: Page, found: readonly Found[]): readonly Finding[] {
  if (page.annotations.length === 0) return [];
  const made = madeOf(page, found);
  const beside = new Map<number, Place<Table | List>[]>();
  for (const place of [...tables(page), ...lists(page)])
    for (const { line } of place.keys) beside.set(line, [...(beside.get(line) ?? []), place]);
  return page.annotations
    .filter(({ line }) => !made.told.has(line))
    .flatMap((annotation) => strays(page, annotation, beside.get(annotation.line) ?? [], made));
}

function strays(
  page: Page,
  annotation: Annotation,
  owners: readonly Place<Table | List>[],
  made: Made,
): readonly Finding[] {
  const { line, keys } = annotation;
  const unread = Object.entries(keys).filter(
    ([key, value]) =>
      means(key, value) && !anywhere(key, annotation, made) && !owners.some((place) => reads(place, key, keys, made)),
  );
  // A rule that is not there takes the keys about it with it: one finding says it.
  const some = keys["item"] === undefined ? unread : unread.filter(([key]) => !RULE.has(key) || key === "item");
  return some.map(([key]) => ({
    code: "WB020",
    level: "error",
    source: { file: page.file, line },
    args: { key, where: `annotation:${reader(key, keys)}` },
  }));
}

/** Keys about one alert rule. */
const RULE: ReadonlySet<string> = new Set(["item", "probe", "query", "for", "severity"]);

/** Keys that belong to a section or to a sentence of the page, wherever the comment stands. */
function anywhere(key: string, { line, keys }: Annotation, { heading, rules }: Made): boolean {
  if (key === "status") return line > heading;
  return RULE.has(key) && keys["probe"] !== undefined && rules.has(fold(keys["item"] ?? ""));
}

function reads({ node }: Place<Table | List>, key: string, keys: Keys, made: Made): boolean {
  if (node.kind === "table") return tableReads(made.tables.get(node.line), key, keys);
  if (key === "ignore") return true;
  if (key === "list" || key === "scale")
    return range(node).some((line) => made.levels.has(line)) || (key === "scale" && keys["list"] !== undefined);
  return DUTY.has(key) && (made.duties.has(node.line) || keys["ignore"] !== undefined);
}

/** Keys about a duty. */
const DUTY: ReadonlySet<string> = new Set(["duty", "every", "at", "owner", "report"]);

function tableReads(table: { readonly kind: TableKind; readonly rule: string } | undefined, key: string, keys: Keys) {
  if (key === "table") return true;
  // What the table is, is not decided: another finding says so.
  const open = table?.kind === "other" && (table.rule === "table/ambiguous" || (keys["table"] ?? "other") !== "other");
  if (key === "scale") return open || table?.kind === "severities";
  if (key === "row") return open || table?.kind === "thresholds";
  return ROW.has(key) && keys["row"] !== undefined && (open || table?.kind === "thresholds");
}

/** Keys about one row of a threshold table. */
const ROW: ReadonlySet<string> = new Set(["probe", "query", "for"]);

const range = ({ line, end }: List): readonly number[] =>
  Array.from({ length: end - line + 1 }, (_, index) => line + index);

function madeOf(page: Page, found: readonly Found[]): Made {
  const findings = found.flatMap((each) => each.findings ?? []);
  const linesOf = (codes: ReadonlySet<string>): readonly number[] =>
    findings.filter(({ code }) => codes.has(code)).map(({ source }) => source.line);
  const duties = found.flatMap((each) => each.duties ?? []).map(({ source }) => source.line);
  const levels = found.flatMap((each) => each.severities ?? []).map(({ source }) => source.line);
  return {
    duties: new Set([...duties, ...linesOf(NEARLY)]),
    tables: new Map(found.flatMap((each) => each.tables ?? []).map((table) => [table.source.line, table])),
    levels: new Set([...levels, ...linesOf(new Set(["WB226"]))]),
    rules: new Set(found.flatMap((each) => each.rules ?? []).map(({ text }) => fold(text))),
    told: new Set(linesOf(WRONG)),
    heading: page.parts.find(({ section }) => section.depth > 0)?.section.source.line ?? Number.POSITIVE_INFINITY,
  };
}

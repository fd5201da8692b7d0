import type { Book } from "../../model/book.ts";
import type { Section } from "../../model/document.ts";
import type { Source } from "../../model/source.ts";
import { ABOUT_HEADER, BOUNDS, namedIn } from "../words/about.ts";
import { cellsOf } from "./cells.ts";

/** Of what a row of the manual speaks, so that only what speaks of the same is compared. */
export interface About {
  /** Equal for rows that speak of the same service, hosts, environment and case. */
  readonly key: string;
  /** File and line of the table's header; undefined outside of tables. */
  readonly table: string | undefined;
}

/**
 * A service that the document names, then what its headings, the line above its table and its columns of hosts, environments and
 * the like name. Words that say only what kind of table it is are no name. One file speaks for itself unless it says of which
 * service it is. `name` is what the row itself is called.
 */
export function aboutIn(book: Book, texts: ReadonlyMap<string, string>): (source: Source, name: string) => About {
  const documents = new Map(book.documents.map((document) => [document.file, document]));
  const tables = Map.groupBy(book.tables, ({ source }) => source.file);
  const lines = new Map<string, readonly string[]>();
  const titles = new WeakMap<Section, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = lines.get(file) ?? (texts.get(file) ?? "").split("\n");
    lines.set(file, known);
    return known;
  };
  const headed = (section: Section | undefined): readonly string[] => {
    if (section === undefined) return [];
    const known = titles.get(section) ?? [...section.path.flatMap(namedIn), section.status ?? ""];
    titles.set(section, known);
    return known;
  };
  return ({ file, line }, name) => {
    const document = documents.get(file);
    const text = linesOf(file);
    const table = tables.get(file)?.find(({ source, rows }) => source.line < line && line <= source.line + rows + 1)
      ?.source.line;
    const section = document?.sections.findLast(({ source, end }) => source.line <= line && line <= end);
    const words = [
      ...headed(section),
      ...(table === undefined ? [] : namedAbove(text, table)),
      ...(table === undefined ? [] : namedBeside(text, table, line, name)),
    ];
    const key = JSON.stringify([document?.service ?? `file ${file}`, ...new Set(words.toSorted())]);
    return { key, table: table === undefined ? undefined : `${file}:${table}` };
  };
}

/** What the line above a table bounds it to; a heading is asked already. */
function namedAbove(text: readonly string[], table: number): readonly string[] {
  const above =
    text
      .slice(Math.max(0, table - 4), table - 1)
      .findLast((line) => line.trim() !== "")
      ?.trim() ?? "";
  return above.startsWith("#") || !BOUNDS.test(above.slice(0, 300)) ? [] : namedIn(above);
}

function namedBeside(text: readonly string[], table: number, line: number, name: string): readonly string[] {
  const cells = cellsOf(text[line - 1] ?? "");
  return cellsOf(text[table - 1] ?? "").flatMap((header, column) => {
    const cell = cells[column] ?? "";
    return ABOUT_HEADER.test(header) && !cell.startsWith(name) ? [cell.toLowerCase().trim()] : [];
  });
}

import type { TableKind } from "../../../model/tables.ts";
import type { Cell, Table } from "../../parse/tree.ts";
import { fold } from "../../words/matcher.ts";
import type { Words } from "../../words/matcher.ts";
import type { Place } from "../place.ts";
import type { Found } from "../recogniser.ts";

/** A table ready to be matched: its header cells folded. */
export interface Sheet {
  readonly place: Place<Table>;
  readonly header: readonly string[];
  /** The whole header, by which it is known again. */
  readonly headline: string;
}
export function sheetOf(place: Place<Table>): Sheet {
  const known = sheets.get(place);
  if (known) return known;
  const header = place.node.header.map((cell) => fold(cell.text));
  const sheet = { place, header, headline: header.join("\n") };
  sheets.set(place, sheet);
  return sheet;
}

const sheets = new WeakMap<Place<Table>, Sheet>();

/** Headers that a rule remembers, and the longest of them. */
const MOST_HEADERS = 500;
const LONGEST_HEADER = 500;

/** What a rule makes of a header (nothing else of the sheet may be looked at): the tables of a book share few of them. */
export function perHeader<T>(read: (header: readonly string[]) => T): (sheet: Sheet) => T {
  const long = new WeakMap<Sheet, { readonly value: T }>();
  const short = new Map<string, { readonly value: T }>();
  return (sheet) => {
    const { headline, header } = sheet;
    const isShort = headline.length <= LONGEST_HEADER;
    const known = isShort ? short.get(headline) : long.get(sheet);
    if (known) return known.value;
    const found = { value: read(header) };
    if (short.size >= MOST_HEADERS) short.clear();
    if (isShort) short.set(headline, found);
    else long.set(sheet, found);
    return found.value;
  };
}

export type TableRow = Table["rows"][number];

/** One kind of table: one file in this folder. Pure. */
export interface TableRule {
  readonly kind: TableKind;
  /** Header, cells and place leave no doubt. */
  matches(sheet: Sheet): boolean;
  /** The header alone fits: enough when an annotation says `table=KIND`. */
  fits(sheet: Sheet): boolean;
  read(sheet: Sheet): Found;
}

export type Columns<N extends string> = Readonly<Partial<Record<N, number>>>;

/** Column of each name: names claim in order, each the first free column whose header has one of its words. */
export function columnsOf<N extends string>(
  header: readonly string[],
  wanted: readonly (readonly [name: N, words: Words])[],
): Columns<N> {
  const claimed = new Set<number>();
  const columns: Partial<Record<N, number>> = {};
  for (const [name, words] of wanted) {
    const index = header.findIndex((text, column) => !claimed.has(column) && words.in(text));
    if (index < 0) continue;
    claimed.add(index);
    columns[name] = index;
  }
  return columns;
}

const EMPTY: Cell = { text: "", spans: [] };
export const cellAt = (row: TableRow, column: number | undefined): Cell =>
  (column === undefined ? undefined : row.cells[column]) ?? EMPTY;
export const textAt = (row: TableRow, column: number | undefined): string =>
  cellAt(row, column).text.replaceAll("\n", " ").trim();

/** Rows that say anything at all. */
export const filled = (sheet: Sheet): readonly TableRow[] =>
  sheet.place.node.rows.filter((row) => row.cells.some((cell) => cell.text.trim() !== ""));

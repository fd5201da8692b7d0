import type { Book, LintRule } from "../../../model/book.ts";
import type { Source } from "../../../model/source.ts";
import type { Severity, Threshold } from "../../../model/tables.ts";
import { bandsOf } from "../../compile/checks.ts";
import { fold } from "../../words/matcher.ts";
import { unitOf } from "../../words/units.ts";
import { aboutIn } from "../about.ts";
import { give } from "../give.ts";

/** Rows of one kind that are looked at: a manual has a handful. */
const MOST_ROWS = 2_000;

/** A row with what is compared of it; `undefined` where it says nothing. */
interface Row {
  readonly kind: string;
  readonly name: string;
  readonly values: readonly (number | undefined)[];
  /** The values as a reader sees them. */
  readonly shown: string;
  readonly source: Source;
}

const plain = (name: string): string => fold(name).replaceAll(" ", "");

/** Seconds in the greatest unit that gives a whole number. */
function time(seconds: number | undefined): string {
  if (seconds === undefined) return "-";
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

const ofSeverity = ({ id, scale, respond, resolve, source }: Severity): Row => ({
  ...{ kind: scale, name: id, source, values: [respond, resolve] },
  shown: `${time(respond)} / ${time(resolve)}`,
});

function ofThreshold(row: Threshold): Row {
  const { metric, bad, unit, query = "", shown, source } = row;
  const { normal, warn, critical } = bandsOf(row);
  const cells = [shown.normal, shown.warn, shown.critical].filter((cell) => cell !== undefined);
  return {
    kind: JSON.stringify([bad, unitOf(unit) ?? fold(unit), query]),
    ...{ name: metric, values: [normal, warn, critical], shown: cells.join(" / "), source },
  };
}

/** Rows in the order of the manual, files one after the other. */
const rowsOf = ({ severities, thresholds }: Book): readonly Row[] =>
  [...severities.slice(0, MOST_ROWS).map(ofSeverity), ...thresholds.slice(0, MOST_ROWS).map(ofThreshold)].toSorted(
    ({ source: a }, { source: b }) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1),
  );

const differ = (a: Row, b: Row): boolean =>
  a.values.some((value, at) => value !== undefined && b.values[at] !== undefined && value !== b.values[at]);

/** Of rows that all say the same nobody has to ask of what they speak. */
const mayDiffer = (rows: readonly Row[]): boolean =>
  rows.length > 1 && rows[0]!.values.some((_, at) => new Set(rows.flatMap(({ values }) => values[at] ?? [])).size > 1);

/** One level has other times, or one metric other limits, in two tables that speak of the same: which one counts? */
export const rowConflict: LintRule = {
  codes: ["WB610"],
  run: (book, { texts }) => {
    const about = aboutIn(book, texts);
    const owners = new Map(book.documents.map(({ file, service }) => [file, service ?? `file ${file}`]));
    // Of what rows speak is asked of those only that may differ, for it takes a look at everything around them.
    const groups = Map.groupBy(rowsOf(book), ({ kind, name, source }) =>
      JSON.stringify([owners.get(source.file), kind, plain(name)]),
    );
    return [...groups.values()].flatMap((all) => {
      if (!mayDiffer(all)) return [];
      const rows = all.map((row) => ({ row, ...about(row.source, row.name) }));
      return rows.flatMap(({ row, key, table }, at) => {
        const before = rows
          .slice(0, at)
          .find((one) => one.key === key && (table === undefined || one.table !== table) && differ(one.row, row));
        if (before === undefined) return [];
        const { source, shown } = before.row;
        const args = { name: row.name, value: row.shown, before: shown, file: source.file, line: source.line };
        return [give("WB610", "warn", row.source, args)];
      });
    });
  },
};

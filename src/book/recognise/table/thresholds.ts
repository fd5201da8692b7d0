import type { Finding, FindingCode } from "../../../model/finding.ts";
import type { Threshold } from "../../../model/tables.ts";
import { THRESHOLD_HEADERS as H } from "../../words/headers.ts";
import { fold } from "../../words/matcher.ts";
import { splitBracket } from "../../words/punctuation.ts";
import { probeOf } from "../../words/probes.ts";
import { readQuantity, unitIn } from "../../words/quantity.ts";
import { readDuration } from "../../words/duration.ts";
import { isBare, isTimed, timeUnitIn, withUnit } from "../../words/timed.ts";
import { finding, sourceAt } from "../place.ts";
import type { Keys } from "../place.ts";
import { parseHold } from "./hold.ts";
import type { Band, Cells, Limits, Trouble } from "./limits.ts";
import { BANDS, readLimits, shownOf } from "./limits.ts";
import type { Sheet, TableRow, TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

/** Metric and band columns. Without a metric word the first column names the metric when warn and critical are there. */
const columns = perHeader((header) => {
  const found = columnsOf(header, [
    ["metric", H.metric],
    ["critical", H.critical],
    ["warn", H.warn],
    ["normal", H.normal],
    ["alarm", H.alarm],
    ["threshold", H.threshold],
  ]);
  const warn = found.warn ?? (found.critical === undefined ? undefined : found.alarm);
  const free = ![found.critical, warn, found.normal, found.threshold].includes(0);
  const metric = found.metric ?? (warn !== undefined && found.critical !== undefined && free ? 0 : undefined);
  const single = warn === undefined && found.critical === undefined ? (found.threshold ?? found.alarm) : undefined;
  const level = single === undefined ? undefined : columnsOf(header, [["level", H.level]]).level;
  const taken = new Set([metric, found.normal, warn, found.critical, single, level]);
  const hold = header.findIndex((text, column) => !taken.has(column) && (H.hold.in(text) || H.holdOnly.is(text)));
  return {
    ...(hold > 0 && { hold }),
    metric,
    named: found.metric !== undefined,
    normal: found.normal,
    warn,
    critical: found.critical,
    single,
    level,
  };
});

/** Metric × normal, warning and critical limits, columns in any order. One cell must be a number. */
export const thresholds: TableRule = {
  kind: "thresholds",
  fits: (sheet) => {
    const { metric, warn, critical, single } = columns(sheet);
    return metric !== undefined && (warn ?? critical ?? single) !== undefined;
  },
  matches(sheet) {
    if (!thresholds.fits(sheet)) return false;
    const { warn, critical, normal, single, named } = columns(sheet);
    // Without a metric column bare numbers may as well count warnings.
    return filled(sheet).some((row) =>
      [warn, critical, normal, single].some((column) => {
        const read = readQuantity(textAt(row, column));
        return read.kind === "value" && (named || read.unit !== "" || read.comparison !== undefined);
      }),
    );
  },
  read(sheet) {
    const { single, metric } = columns(sheet);
    const levels = single === undefined ? undefined : byLevel(sheet, single);
    if (single !== undefined && levels === undefined) {
      const header = sheet.place.node.header[single]?.text ?? "";
      return { findings: [finding("WB224", "warn", sourceAt(sheet.place.page, sheet.place.node.line), { header })] };
    }
    const rows =
      levels ??
      filled(sheet).map((row) => ({
        written: textAt(row, metric),
        line: row.line,
        cells: cellsOf(sheet, row),
        holds: holdsOf(sheet, row),
      }));
    const read = rows.filter(({ written }) => written !== "").map((row) => readRow(sheet, row));
    return {
      thresholds: read.flatMap(({ threshold }) => threshold ?? []),
      findings: read.flatMap(({ findings }) => findings),
    };
  },
};

/** Each way in which limits cannot be used has a sentence of its own. */
const TROUBLE: Readonly<Record<Trouble["why"], FindingCode>> = {
  cell: "WB221",
  unit: "WB222",
  empty: "WB228",
  order: "WB229",
  contrary: "WB229",
  side: "WB218",
  hold: "WB219",
};

interface RowRead {
  readonly threshold?: Threshold;
  readonly findings: readonly Finding[];
}

/** A metric with its limits as written. */
interface Written {
  readonly written: string;
  readonly line: number;
  readonly cells: Cells;
  /** What the column of durations says, as written. */
  readonly holds: readonly string[];
}

/** The cell of the column of durations with its header's unit; one that says nothing is none. */
function holdsOf(sheet: Sheet, row: TableRow): readonly string[] {
  const { hold } = columns(sheet);
  if (hold === undefined) return [];
  const cell = withUnit(textAt(row, hold), sheet.header[hold]);
  return readDuration(cell).kind === "none" ? [] : [cell];
}

function cellsOf(sheet: Sheet, row: TableRow): Cells {
  const at = columns(sheet);
  const cells: Partial<Record<Band, string>> = {};
  for (const band of BANDS)
    if (at[band] !== undefined && textAt(row, at[band]) !== "") cells[band] = textAt(row, at[band]);
  return cells;
}

/** One threshold column with a level in each row (disk, 80 %, warning): rows of one metric are put together. */
function byLevel(sheet: Sheet, single: number): readonly Written[] | undefined {
  const { metric, level } = columns(sheet);
  const rows = new Map<string, Written & { cells: Partial<Record<Band, string>>; holds: string[] }>();
  for (const row of filled(sheet)) {
    const word = fold(textAt(row, level));
    const band = H.critical.is(word) ? "critical" : H.warn.is(word) ? "warn" : undefined;
    const written = textAt(row, metric);
    const known = rows.get(written) ?? { written, line: row.line, cells: {}, holds: [] };
    if (level === undefined || band === undefined || known.cells[band] !== undefined) return undefined;
    known.cells[band] = textAt(row, single);
    known.holds.push(...holdsOf(sheet, row));
    rows.set(written, known);
  }
  return [...rows.values()];
}

function readRow(sheet: Sheet, { written, line, cells, holds }: Written): RowRead {
  const at = columns(sheet);
  const source = sourceAt(sheet.place.page, line);
  const headers = [at.normal, at.warn, at.critical, at.single].flatMap(
    (column) => unitIn(sheet.place.node.header[column ?? -1]?.text ?? "") ?? [],
  );
  const bracketed = unitIn(written);
  const inMetric = bracketed ?? timeUnitIn(written);
  const metric = bracketed === undefined ? written : splitBracket(written).text;
  // Use of a machine in per cent is bad when it is high; nothing else is known beforehand.
  const natural = probeOf(metric, "%")?.alone ? "above" : undefined;
  const limits = readLimits(cells, inMetric ?? headers[0] ?? "", natural);
  if ("why" in limits)
    return { findings: [finding(TROUBLE[limits.why], "warn", source, { metric, cell: limits.cell })] };
  if (limits.unit === "" && isTimed(metric) && BANDS.some((band) => isBare(cells[band] ?? "")))
    return { findings: [finding("WB217", "warn", source, { metric, cell: shownOf(cells) })] };
  const held = heldFor(limits, holds.length > 0 && keysOf(sheet, metric)["for"] === undefined ? holds : []);
  if ("unread" in held) {
    const code = isBare(held.unread) ? "WB216" : "WB221";
    return { findings: [finding(code, "warn", source, { metric, cell: held.unread })] };
  }
  if (held.seconds.length > 1)
    return { findings: [finding("WB219", "warn", source, { metric, cell: [shownOf(cells), ...holds].join(" | ") })] };
  const [hold] = held.seconds;
  return bind(sheet, { metric, cells, limits: { ...limits, ...(hold !== undefined && { hold }) }, source });
}

/** Every time to hold that the cells and the column of durations say, or the cell that says none. */
function heldFor(
  limits: Limits,
  holds: readonly string[],
): { readonly seconds: readonly number[] } | { readonly unread: string } {
  const seconds = new Set(limits.hold === undefined ? [] : [limits.hold]);
  for (const cell of holds) {
    const read = readDuration(cell);
    if (read.kind !== "value") return { unread: cell };
    seconds.add(read.seconds);
  }
  return { seconds: [...seconds] };
}

/** What is declared beside the table about the row of a metric. */
function keysOf(sheet: Sheet, metric: string): Keys {
  const about = sheet.place.keys.filter(({ keys }) => keys["row"] !== undefined && fold(keys["row"]) === fold(metric));
  return about.length === 0 ? {} : Object.assign({}, ...about.map(({ keys }) => keys));
}

interface Row {
  readonly metric: string;
  readonly cells: Cells;
  readonly limits: Limits;
  readonly source: Threshold["source"];
}

/** Ties a row to its probe: declared beside the table or in watchbook.yaml, known by its words, or not at all. */
function bind(sheet: Sheet, { metric, cells, limits, source }: Row): RowRead {
  const same = (text: string | undefined): boolean => text !== undefined && fold(text) === fold(metric);
  const keys = keysOf(sheet, metric);
  const declared = sheet.place.page.config.checks.find((check) => same(check.metric));
  const known = probeOf(metric, limits.unit);
  const probe = keys["probe"] ?? declared?.kind ?? known?.kind;
  const hold = parseHold(keys["for"]) ?? limits.hold;
  const certain = keys["probe"] !== undefined || declared !== undefined;
  const threshold: Threshold = {
    metric,
    ...limits,
    shown: cells,
    ...(probe !== undefined && { probe }),
    ...(keys["query"] !== undefined && { query: keys["query"] }),
    ...(hold !== undefined && { hold }),
    state: certain ? "declared" : known?.alone ? "recognised" : "ambiguous",
    source,
  };
  const lost = keys["for"] !== undefined && parseHold(keys["for"]) === undefined;
  const held = lost ? [finding("WB216", "error", source, { metric, cell: keys["for"] ?? "" })] : [];
  if (threshold.state !== "ambiguous") return { threshold, findings: held };
  const missing = known
    ? finding("WB223", "warn", source, { metric, kind: known.kind })
    : finding("WB220", "warn", source, { metric });
  return { threshold, findings: [missing, ...held] };
}

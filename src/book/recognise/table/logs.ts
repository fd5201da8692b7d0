import { LOG_CONTEXT } from "../../words/contexts.ts";
import { LOG_HEADERS as H } from "../../words/headers.ts";
import { LOG_PLACE } from "../../words/places.ts";
import { readRetention } from "../../words/retention.ts";
import { withUnit } from "../../words/timed.ts";
import { finding, sourceAt, surroundings } from "../place.ts";
import type { Sheet, TableRow, TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

const columns = perHeader((header) =>
  columnsOf(header, [
    ["log", H.log],
    ["retention", H.retention],
    ["location", H.location],
  ]),
);

/** Name column: the one that says log, else the first, when the heading above says log. */
const nameColumn = (sheet: Sheet): number | undefined => {
  const { log, retention, location } = columns(sheet);
  if (log !== undefined) return log;
  const [near = ""] = surroundings(sheet.place);
  return LOG_CONTEXT.in(near) && retention !== 0 && location !== 0 ? 0 : undefined;
};

/** Log × where it lies × how long it is kept. The places must look like places. */
export const logs: TableRule = {
  kind: "logs",
  fits: (sheet) => columns(sheet).location !== undefined && sheet.header.length >= 2,
  matches: (sheet) => {
    const name = nameColumn(sheet);
    const { location } = columns(sheet);
    if (name === undefined || location === undefined) return false;
    return filled(sheet).some((row) => LOG_PLACE.test(textAt(row, location)));
  },
  read(sheet) {
    const read = filled(sheet).map((row) => readRow(sheet, row));
    return { logs: read.map(({ log }) => log), findings: read.flatMap(({ findings }) => findings) };
  },
};

function readRow(sheet: Sheet, row: TableRow) {
  const { location, retention } = columns(sheet);
  const name = textAt(row, nameColumn(sheet) ?? 0);
  const source = sourceAt(sheet.place.page, row.line);
  const cell = textAt(row, retention);
  const kept = readRetention(withUnit(cell, sheet.header[retention ?? -1]));
  const findings =
    kept.kind === "unclear"
      ? [finding("WB231", "warn", source, { data: name, cell })]
      : kept.kind === "none"
        ? [finding("WB232", "note", source, { data: name })]
        : [];
  const log = {
    name,
    location: textAt(row, location),
    retention: kept.kind === "read" ? kept.retention : ({ kind: "unknown" } as const),
    source,
  };
  return { log, findings };
}

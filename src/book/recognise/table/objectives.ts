import type { Objective } from "../../../model/runbook.ts";
import { OBJECTIVE_HEADERS as H } from "../../words/headers.ts";
import { objectiveName, readObjective } from "../../words/objectives.ts";
import { isBare, withUnit } from "../../words/timed.ts";
import { finding, sourceAt } from "../place.ts";
import type { Found } from "../recogniser.ts";
import type { Sheet, TableRow, TableRule } from "./sheet.ts";
import { columnsOf, filled, perHeader, textAt } from "./sheet.ts";

/** Columns whose header is an objective (RTO, RPO …), measured ones left out. */
const named = perHeader((header) =>
  header.flatMap((text, column) => {
    const name = H.measured.in(text) ? undefined : objectiveName(text);
    return name === undefined || column === 0 ? [] : [{ name, column }];
  }),
);

/** Objectives down the first column with one value column. */
const listed = perHeader((header) => {
  const { value } = columnsOf(
    header.map((text, column) => (column === 0 || H.measured.in(text) ? "" : text)),
    [["value", H.value]],
  );
  return value;
});

const rowNames = (sheet: Sheet): number =>
  filled(sheet).filter((row) => objectiveName(textAt(row, 0)) !== undefined).length;

/** RTO, RPO and the like: one row each with a value, or one column each with a row per service or tier. */
export const objectives: TableRule = {
  kind: "objectives",
  fits: (sheet) => named(sheet).length > 0 || (listed(sheet) !== undefined && rowNames(sheet) > 0),
  matches(sheet) {
    if (named(sheet).length > 0)
      return filled(sheet).some((row) =>
        named(sheet).some(
          ({ column }) => isBare(textAt(row, column)) || readObjective(textAt(row, column)) !== undefined,
        ),
      );
    return listed(sheet) !== undefined && rowNames(sheet) > 0 && rowNames(sheet) * 2 >= filled(sheet).length;
  },
  read(sheet) {
    const columns = named(sheet);
    const value = listed(sheet);
    const found = filled(sheet).flatMap((row): readonly Found[] => {
      if (columns.length > 0) return columns.map(({ name, column }) => read(sheet, row, name, column, textAt(row, 0)));
      const name = objectiveName(textAt(row, 0));
      return name === undefined ? [] : [read(sheet, row, name, value)];
    });
    return {
      objectives: found.flatMap((each) => each.objectives ?? []),
      findings: found.flatMap((each) => each.findings ?? []),
    };
  },
};

function read(
  sheet: Sheet,
  row: TableRow,
  name: Objective["name"],
  column: number | undefined,
  subject?: string,
): Found {
  const source = sourceAt(sheet.place.page, row.line);
  const cell = textAt(row, column);
  const header = subject === undefined ? textAt(row, 0) : sheet.header[column ?? -1];
  const value = readObjective(withUnit(cell, header));
  if (value === undefined)
    return cell.trim() === "" ? {} : { findings: [finding("WB236", "warn", source, { name, cell })] };
  return { objectives: [{ name, ...value, origin: "table", ...(subject && { subject }), source }] };
}

import type { Finding } from "../../../model/finding.ts";
import type { BackupPolicy } from "../../../model/tables.ts";
import { BACKUP_CONTEXT } from "../../words/contexts.ts";
import { readEvery } from "../../words/every.ts";
import { BACKUP_HEADERS as H } from "../../words/headers.ts";
import { splitPlaces } from "../../words/places.ts";
import { readRetention } from "../../words/retention.ts";
import { withUnit } from "../../words/timed.ts";
import { context, finding, sourceAt } from "../place.ts";
import type { Sheet, TableRow, TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

/** Where no column says how often, the one of the strategy may: `daily full`. */
const columns = perHeader((header) => {
  const { frequency } = columnsOf(header, [["frequency", H.frequency]]);
  const found = columnsOf(header, [
    ["frequency", frequency === undefined ? H.strategy : H.frequency],
    ["retention", H.retention],
    ["location", H.location],
    ["data", H.data],
  ]);
  return { ...found, named: frequency !== undefined };
});

/** What is backed up × how often × how long and where. The word backup must stand in the header or above the table. */
export const backups: TableRule = {
  kind: "backups",
  fits: (sheet) => {
    const { data, frequency, retention, location } = columns(sheet);
    return data !== undefined && frequency !== undefined && (retention !== undefined || location !== undefined);
  },
  matches: (sheet) =>
    backups.fits(sheet) &&
    (columns(sheet).named || saysHowOften(sheet)) &&
    [...sheet.header, ...context(sheet.place)].some((text) => BACKUP_CONTEXT.in(text)),
  read(sheet) {
    const read = filled(sheet).map((row) => readRow(sheet, row));
    return { backups: read.map(({ policy }) => policy), findings: read.flatMap(({ findings }) => findings) };
  },
};

const saysHowOften = (sheet: Sheet): boolean =>
  filled(sheet).some((row) => readEvery(textAt(row, columns(sheet).frequency)).kind !== "none");

function readRow(
  sheet: Sheet,
  row: TableRow,
): { readonly policy: BackupPolicy; readonly findings: readonly Finding[] } {
  const at = columns(sheet);
  const data = textAt(row, at.data);
  const shown = {
    every: textAt(row, at.frequency),
    retention: textAt(row, at.retention),
    location: textAt(row, at.location),
  };
  const source = sourceAt(sheet.place.page, row.line);
  const every = readEvery(shown.every);
  const kept = readRetention(withUnit(shown.retention, sheet.header[at.retention ?? -1]));
  const findings: Finding[] = [];
  if (every.kind !== "one") findings.push(finding("WB230", "warn", source, { data, cell: shown.every }));
  if (kept.kind === "unclear") findings.push(finding("WB231", "warn", source, { data, cell: shown.retention }));
  if (kept.kind === "none") findings.push(finding("WB232", "warn", source, { data }));
  const policy: BackupPolicy = {
    data,
    ...(every.kind === "one" && { every: every.every }),
    retention: kept.kind === "read" ? kept.retention : { kind: "unknown" },
    locations: splitPlaces(shown.location),
    shown,
    source,
  };
  return { policy, findings };
}

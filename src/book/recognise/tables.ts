import type { DocumentKind } from "../../model/document.ts";
import type { TableSummary } from "../../model/tables.ts";
import type { Table } from "../parse/tree.ts";
import { fold } from "../words/matcher.ts";
import { join } from "./found.ts";
import type { Place } from "./place.ts";
import { annotated, finding, sourceAt, tables as tablesOf } from "./place.ts";
import type { Found, Page, Recogniser } from "./recogniser.ts";
import { backups } from "./table/backups.ts";
import { contacts } from "./table/contacts.ts";
import { environments } from "./table/environments.ts";
import { history } from "./table/history.ts";
import { logs } from "./table/logs.ts";
import { objectives } from "./table/objectives.ts";
import { permissions } from "./table/permissions.ts";
import { rota } from "./table/rota.ts";
import { services } from "./table/services.ts";
import { severities } from "./table/severities.ts";
import type { TableRule } from "./table/sheet.ts";
import { sheetOf } from "./table/sheet.ts";
import { symptoms } from "./table/symptoms.ts";
import { thresholds } from "./table/thresholds.ts";

/** Every kind of table. A table that fits two is ambiguous, so the order decides nothing. */
export const RULES: readonly TableRule[] = [
  thresholds,
  severities,
  backups,
  logs,
  contacts,
  permissions,
  symptoms,
  history,
  environments,
  objectives,
  rota,
  services,
];

/** Gives every table of a page exactly one kind, and reads it. What fits none is `other`, and nothing is made of it. */
export const tables: Recogniser = {
  name: "tables",
  run(page) {
    const places = tablesOf(page);
    const filled = FORMS.has(page.document.kind);
    return join([...places.map((place) => readTable(place, filled)), { findings: strays(page, places) }]);
  },
};

/** Reports say what was, templates what somebody will fill in: their tables state no rules. */
const FORMS: ReadonlySet<DocumentKind> = new Set(["report", "template"]);

function readTable(place: Place<Table>, form: boolean): Found {
  const sheet = sheetOf(place);
  const source = sourceAt(place.page, place.node.line);
  const declared = annotated(place, "table");
  if (declared !== undefined) {
    const rule = RULES.find((each) => each.kind === declared);
    if (rule?.fits(sheet)) return join([summary(place, rule.kind, "table/declared"), rule.read(sheet)]);
    if (declared === "other") return summary(place, "other", "table/declared");
    const known = RULES.map((each) => each.kind);
    const found = rule
      ? finding("WB202", "error", source, { kind: declared, header: headerOf(place) })
      : finding("WB203", "error", source, { kind: declared, known });
    return { ...summary(place, "other", "table/declared"), findings: [found] };
  }
  if (form) return summary(place, "other", "table/form");
  const [rule, ...more] = RULES.filter((each) => each.matches(sheet));
  if (!rule) return summary(place, "other", "table/none");
  if (more.length === 0) return join([summary(place, rule.kind, `table/${rule.kind}`), rule.read(sheet)]);
  const candidates = [rule, ...more].map((each) => each.kind);
  return {
    ...summary(place, "other", "table/ambiguous"),
    findings: [finding("WB200", "warn", source, { candidates })],
  };
}

const headerOf = (place: Place<Table>): string => place.node.header.map((cell) => cell.text).join(" | ");

const summary = (
  place: Place<Table>,
  kind: TableSummary["kind"],
  rule: string,
): { tables: readonly TableSummary[] } => ({
  tables: [{ source: sourceAt(place.page, place.node.line), kind, rows: place.node.rows.length, rule }],
});

/** Annotations for a table or row that stand beside none, or name a row that is not there. */
function strays(page: Page, places: readonly Place<Table>[]): Found["findings"] & object {
  const owners = new Map(places.flatMap((place) => place.keys.map(({ line }) => [line, place] as const)));
  return page.annotations.flatMap(({ line, keys }) => {
    if (keys["table"] === undefined && keys["row"] === undefined) return [];
    const owner = owners.get(line);
    if (!owner) return [finding("WB201", "error", sourceAt(page, line), {})];
    const { row } = keys;
    const names = owner.node.rows.map((each) => each.cells.map((cell) => fold(cell.text)));
    if (row === undefined || names.some((cells) => cells.includes(fold(row)))) return [];
    const rows = owner.node.rows.map((each) => each.cells[0]?.text.trim() ?? "");
    return [finding("WB204", "error", sourceAt(page, line), { row, rows })];
  });
}

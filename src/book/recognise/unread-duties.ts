import type { Finding } from "../../model/finding.ts";
import type { Table } from "../parse/tree.ts";
import { CHECKLIST, INSPECTION, STEP_LABEL, TYPED_ITEM } from "../words/contexts.ts";
import { DUTY_HEADERS } from "../words/headers.ts";
import { fold } from "../words/matcher.ts";
import { dueOf, isLater, readDue, titleOf } from "./duty.ts";
import type { Place } from "./place.ts";
import { annotated, finding, isTable, places, sourceAt } from "./place.ts";
import type { Page, Part } from "./recogniser.ts";
import { RULES } from "./tables.ts";
import { columnsOf, filled, perHeader, sheetOf, textAt } from "./table/sheet.ts";

/** Lines of a paragraph that are looked at, and how many typed items make a list. */
const MOST_LINES = 50;
const LEAST_ITEMS = 2;

/**
 * Work that a manual plainly states in a form that is not read: items typed as text, and tables of duties. A note each,
 * so that nobody takes them for scheduled. What stands beside a duty that was read (`read`: their sections) explains it.
 */
export function unreadDuties(page: Page, read: ReadonlySet<Part>): readonly Finding[] {
  if (page.document.kind === "report" || page.document.kind === "template") return [];
  return places(page).flatMap((place) => {
    if (isLater(place)) return [];
    const alone = !read.has(place.part);
    const first = isTable(place) ? firstOfTable(place, alone) : alone ? firstTyped(place) : undefined;
    if (first === undefined) return [];
    return [finding("WB212", "note", sourceAt(page, place.node.line), { title: titleOf(place), first })];
  });
}

/** The heading or label speaks of checks, and says how often. */
function isWork(place: Place): boolean {
  const title = fold(place.part.section.title);
  if (!INSPECTION.in(title) && !CHECKLIST.in(title) && !STEP_LABEL.in(fold(place.label))) return false;
  const due = dueOf(place).kind;
  return due === "one" || due === "unclear";
}

/** `1、…`, `（1）…`, `☐ …`: numbers and boxes that are no Markdown. */
function firstTyped(place: Place): string | undefined {
  const { node } = place;
  if (node.kind !== "paragraph" || !TYPED_ITEM.test(node.text.slice(0, 10)) || !isWork(place)) return undefined;
  const items = node.text.split("\n", MOST_LINES).filter((line) => TYPED_ITEM.test(line));
  return items.length < LEAST_ITEMS ? undefined : items[0]?.trim().slice(0, 80);
}

const columns = perHeader((header) =>
  columnsOf(header, [
    ["frequency", DUTY_HEADERS.frequency],
    ["item", DUTY_HEADERS.item],
  ]),
);

/** A table of no other kind with a column of work: below such a heading, or with a column that says how often. */
function firstOfTable(place: Place<Table>, alone: boolean): string | undefined {
  const sheet = sheetOf(place);
  const { item, frequency } = columns(sheet);
  const rows = filled(sheet);
  if (item === undefined || rows.length === 0 || annotated(place, "table") !== undefined) return undefined;
  if (
    frequency === undefined
      ? !alone || !isWork(place)
      : !rows.some((row) => readDue(textAt(row, frequency)).kind === "one")
  )
    return undefined;
  return RULES.some((rule) => rule.matches(sheet)) ? undefined : textAt(rows[0]!, item).slice(0, 80);
}

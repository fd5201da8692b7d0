import type { Book } from "../../model/book.ts";
import type { CheckSpec } from "../../model/check.ts";
import type { Document } from "../../model/document.ts";
import type { Duty } from "../../model/duty.ts";
import type { Lang } from "../../model/lang.ts";
import { printable } from "../../model/printable.ts";
import { at } from "../../model/source.ts";
import { figure, limits } from "../figure.ts";
import { texts } from "../../i18n/texts.ts";
import { columns } from "../columns.ts";
import { dutyText } from "./lists.ts";

type Fact = readonly [name: string, value: string | undefined];

/** Facts that are there, a line each. */
const facts = (given: readonly Fact[]): string =>
  columns(given.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, value]])));

const head = (...parts: readonly string[]): string => `${printable(parts.join("  "))}\n`;

/** One duty with everything the book says of it. */
export function showDuty(duty: Duty, lang: Lang): string {
  const { show } = texts(lang);
  const more = facts([
    [show.kind, show.dutyKinds[duty.kind]],
    [show.at, duty.at],
    [show.report, duty.report],
    [show.service, duty.service],
  ]);
  return `${dutyText(duty, lang)}${more}`;
}

/** Values of parameters as they stand in watchbook.yaml, near enough to be found there. */
const valueText = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);

/** One check: what it measures where, by which limits, and which items it judges. */
export function showCheck(check: CheckSpec, book: Book, lang: Lang): string {
  const { show } = texts(lang);
  const items = book.duties.flatMap((duty) => duty.items.filter((item) => item.checks.includes(check.id)));
  const { kind, target, service, bands, unit, timeoutMs, params, source } = check;
  const about = facts([
    [show.kind, kind],
    [show.target, target ?? "local"],
    [show.service, service],
    [show.limits, limits(bands, unit, lang)],
    [show.timeout, timeoutMs === undefined ? undefined : figure(timeoutMs / 1000, "seconds", lang)],
    ...Object.entries(params ?? {}).map(([name, value]) => [name, valueText(value)] as const),
  ]);
  const judged = columns(
    items.map((item) => ["●", item.text, at(item.source)]),
    "    ",
  );
  return `${head(check.id, check.title, at(source))}${about}${judged}`;
}

/** One document: what it says of itself, and its sections. */
export function showDocument(document: Document, lang: Lang): string {
  const { show } = texts(lang);
  const { file, title, kind, status, owner, service, updated, baseline, sections, lines } = document;
  const about = facts([
    [show.kind, kind],
    [show.status, status],
    [show.owner, owner],
    [show.service, service],
    [show.updated, updated],
    [show.baseline, baseline && `${baseline.branch}@${baseline.commit}`],
    [show.lines, String(lines)],
  ]);
  const parts = columns(
    sections.map((section) => [`${"  ".repeat(Math.max(section.depth - 1, 0))}${section.title}`, at(section.source)]),
    "    ",
  );
  return `${head(file, title)}${about}${parts}`;
}

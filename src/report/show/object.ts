import type { Book } from "../../model/book.ts";
import type { CheckSpec } from "../../model/check.ts";
import type { Document } from "../../model/document.ts";
import type { Duty } from "../../model/duty.ts";
import type { Lang } from "../../model/lang.ts";
import type { Runbook, Step } from "../../model/runbook.ts";
import { printable } from "../../model/printable.ts";
import { at } from "../../model/source.ts";
import { texts } from "../../i18n/texts.ts";
import { columns } from "../columns.ts";

/** What an id, a number or a file of the book may name. */
export type Named =
  | { readonly kind: "runbook"; readonly runbook: Runbook }
  | { readonly kind: "duty"; readonly duty: Duty }
  | { readonly kind: "check"; readonly check: CheckSpec }
  | { readonly kind: "document"; readonly document: Document };

const same = (a: string | undefined, b: string): boolean => a !== undefined && a.toLowerCase() === b.toLowerCase();

/** The object with this id: runbook (id, number or title), duty, check, document. */
export function find(book: Book, id: string): Named | undefined {
  const runbook = book.runbooks.find((each) => same(each.id, id) || same(each.number, id) || same(each.title, id));
  if (runbook) return { kind: "runbook", runbook };
  const duty = book.duties.find((each) => each.id === id);
  if (duty) return { kind: "duty", duty };
  const check = book.checks.find((each) => each.id === id);
  if (check) return { kind: "check", check };
  const document = book.documents.find(({ file }) => file === id);
  return document && { kind: "document", document };
}

/** Every id that `find` knows, for the nearest right spelling. */
export const idsOf = (book: Book): readonly string[] => [
  ...book.runbooks.flatMap(({ id, number }) => (number === undefined ? [id] : [id, number])),
  ...book.duties.map(({ id }) => id),
  ...book.checks.map(({ id }) => id),
  ...book.documents.map(({ file }) => file),
];

export function showRunbook(runbook: Runbook, lang: Lang): string {
  const { show, desk } = texts(lang);
  const facts = [
    ...(runbook.status === undefined ? [] : [[show.status, runbook.status]]),
    ...(runbook.every === undefined ? [] : [[show.every, desk.every[runbook.every]]]),
    ...(runbook.purpose === undefined ? [] : [[show.purpose, runbook.purpose]]),
    ...(runbook.scenario === undefined ? [] : [[show.scenario, runbook.scenario]]),
    ...(runbook.symptom === undefined ? [] : [[show.symptom, runbook.symptom]]),
    ...runbook.preconditions.map((each) => [show.precondition, each]),
    ...(runbook.rollback === undefined ? [] : [[show.rollback, runbook.rollback]]),
  ] as (readonly string[])[];
  const steps = runbook.steps.map((step, index) => stepText(step, index + 1, show.person));
  const head = printable(`${runbook.id}  ${runbook.title}  ${at(runbook.source)}`);
  return `${head}\n${columns(facts)}\n${steps.join("")}`;
}

function stepText(step: Step, number: number, person: string): string {
  const risk = step.kind === "manual" ? person : `${step.risk}${step.role === "do" ? "" : ` · ${step.role}`}`;
  const head = `  ${number}. ${step.title}  [${risk}]  ${at(step.source)}`;
  const commands = step.commands.flatMap(({ text }) => text.split("\n").map((line) => `       $ ${line}`));
  const details = step.details.map((detail) => `       - ${detail}`);
  return [head, ...commands, ...details].map((line) => `${printable(line)}\n`).join("");
}

import type { Requirement } from "../../model/policy.ts";
import type { Item } from "../parse/tree.ts";
import { PHASE_HEADERS } from "../words/headers.ts";
import { fold } from "../words/matcher.ts";
import { REQUIREMENT_HEADINGS } from "../words/policies.ts";
import { lists, sourceAt, tables } from "./place.ts";
import type { Page, Part, Recogniser } from "./recogniser.ts";
import { labelled } from "./sentences.ts";
import { columnsOf, filled, perHeader, sheetOf, textAt } from "./table/sheet.ts";

/** What others must provide, what starts a next stage, floors of machines and software, phases of a plan, risks. */
export const requirements: Recogniser = {
  name: "requirements",
  run: (page) => ({ requirements: [...fromLists(page), ...phases(page)] }),
};

/** Kind by the section's own heading; floors of machines and software hold for the sections below as well. */
function kindOf(part: Part): Requirement["kind"] | undefined {
  const own = fold(part.section.title);
  for (const kind of ["dependency", "trigger", "risk"] as const) if (REQUIREMENT_HEADINGS[kind].in(own)) return kind;
  for (const kind of ["hardware", "software"] as const)
    if (part.section.path.some((title) => REQUIREMENT_HEADINGS[kind].in(fold(title)))) return kind;
  return undefined;
}

const fromLists = (page: Page): readonly Requirement[] =>
  lists(page).flatMap((place) => {
    const kind = place.above.length === 0 ? kindOf(place.part) : undefined;
    if (kind === undefined) return [];
    return place.node.items
      .flatMap((item) => leaves(item))
      .map(({ text, line }) => ({ kind, text, source: sourceAt(page, line) }));
  });

/** An item, or each item below it with its heading words before it. */
function leaves(item: Item): readonly { readonly text: string; readonly line: number }[] {
  const below = item.children.flatMap((child) => (child.kind === "list" ? child.items : []));
  if (below.length === 0) return [{ text: item.text, line: item.line }];
  const head = labelled({ text: item.text, item })?.label ?? item.text;
  return below.flatMap(leaves).map(({ text, line }) => ({ text: `${head} · ${text}`, line }));
}

const columns = perHeader((header) =>
  columnsOf(header, [
    ["phase", PHASE_HEADERS.phase],
    ["time", PHASE_HEADERS.time],
    ["tasks", PHASE_HEADERS.tasks],
  ]),
);

/** Rows of a plan table (phase, duration, tasks): the table itself stays `other`. */
const phases = (page: Page): readonly Requirement[] =>
  tables(page).flatMap((place) => {
    const sheet = sheetOf(place);
    const { phase, time, tasks } = columns(sheet);
    if (phase !== 0 || time === undefined || tasks === undefined) return [];
    return filled(sheet).map((row): Requirement => ({
      kind: "phase",
      text: [phase, time, tasks].map((column) => textAt(row, column)).join(" · "),
      source: sourceAt(page, row.line),
    }));
  });

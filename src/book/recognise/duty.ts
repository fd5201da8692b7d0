import type { DutyItem } from "../../model/duty.ts";
import type { Every } from "../../model/every.ts";
import { inForce } from "../../model/states.ts";
import type { Item } from "../parse/tree.ts";
import { OWNER_LEAD } from "../words/contexts.ts";
import { readEvery, readTimeOfDay, severalTimes } from "../words/every.ts";
import { isOccasion } from "../words/events.ts";
import { fold, unnumbered } from "../words/matcher.ts";
import { withoutColon, withoutEnd } from "../words/punctuation.ts";
import type { Place } from "./place.ts";
import { annotated, sourceAt } from "./place.ts";
import type { Page, Part } from "./recogniser.ts";
import { patternsIn } from "./name-patterns.ts";
import { labelled, sentencesOf } from "./sentences.ts";

/** Frequencies that a duty can have; on creation, on change and real time belong to backups. */
const DUE: readonly Every[] = [
  ...(["hourly", "daily", "weekly", "monthly", "quarterly", "yearly"] as const),
  ...(["pre-upgrade", "pre-release", "pre-change", "on-demand"] as const),
];

export type Due =
  | { readonly kind: "one"; readonly every: Every }
  | { readonly kind: "unclear"; readonly candidates: readonly string[] }
  /** The heading names an occasion that the frequency of the heading above is not meant for. */
  | { readonly kind: "occasion" }
  | { readonly kind: "none" };

/**
 * How often the work of a list is due: declared beside it, else the nearest of label, items around, own heading, headings
 * above, unless one of those between names an occasion. Label and own heading that disagree decide nothing.
 */
export function dueOf(place: Place): Due {
  const declared = annotated(place, "every");
  if (declared !== undefined) {
    const every = DUE.find((each) => each === declared);
    return every ? { kind: "one", every } : readDue(declared);
  }
  const title = readDue(place.part.section.title);
  const first = [place.label, ...place.above.toReversed()].map(readDue).find((due) => due.kind !== "none");
  if (first?.kind === "one" && title.kind === "one" && first.every !== title.every)
    return { kind: "unclear", candidates: [first.every, title.every] };
  if (first) return first;
  if (title.kind !== "none") return title;
  const headings = place.part.section.path.toReversed();
  const above = headings.findIndex((heading) => readDue(heading).kind !== "none");
  if (above < 0) return { kind: "none" };
  const own = headings.slice(0, above).some((heading) => isOccasion(heading) || severalTimes(heading) !== undefined);
  return own ? { kind: "occasion" } : readDue(headings[above] ?? "");
}

/** How often a text says that work is due. */
export function readDue(text: string): Due {
  const read = readEvery(text);
  if (read.kind !== "one") return read;
  return DUE.includes(read.every) ? read : { kind: "none" };
}

/** Id made of a title: Latin words joined by hyphens, other scripts kept, section number left out. */
export const idOf = (title: string): string =>
  fold(unnumbered(title))
    .replace(/\([^()]*\)/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60) || "duty";

/** Gives every use of an id a number of its own after the first. */
export function unique(): (id: string) => string {
  const taken = new Map<string, number>();
  return (id) => {
    const count = (taken.get(id) ?? 0) + 1;
    taken.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  };
}

export function itemsOf(place: Place, duty: string, items: readonly Item[]): readonly DutyItem[] {
  const name = unique();
  return items.map((item) => ({
    id: `${duty}/${name(idOf(item.text))}`,
    text: item.text,
    source: sourceAt(place.page, item.line),
    checks: [],
    needs: [],
  }));
}

interface Details {
  readonly owner?: string;
  readonly at?: string;
  readonly report?: string;
  readonly service?: string;
}
const details = new WeakMap<Part, Pick<Details, "owner" | "report">>();

/** Owner, time of day and report pattern: declared beside the list, else what the same section says. */
export function detailsOf(place: Place): Details {
  const { page, part } = place;
  const said = details.get(part) ?? saidBy(page, part);
  details.set(part, said);
  const owner = annotated(place, "owner") ?? said.owner;
  const at = annotated(place, "at") ?? readTimeOfDay(part.section.title) ?? readTimeOfDay(place.label);
  const report = annotated(place, "report") ?? said.report;
  const service = page.front.service ?? page.document.service;
  return {
    ...(owner !== undefined && { owner }),
    ...(at !== undefined && { at }),
    ...(report !== undefined && { report }),
    ...(service !== undefined && { service }),
  };
}

function saidBy(page: Page, part: Part): Pick<Details, "owner" | "report"> {
  const owner = sentencesOf(page, part)
    .map((sentence) => labelled(sentence))
    .find((label) => label !== undefined && label.rest !== "" && OWNER_LEAD.is(fold(label.label)))?.rest;
  const report = patternsIn(page).get(part)?.[0]?.pattern;
  return { ...(owner !== undefined && { owner: withoutEnd(owner) }), ...(report !== undefined && { report }) };
}

/** Planned and optional sections describe what is not done yet: no duty comes of them. */
export const isLater = (place: Place): boolean => !inForce(place.part.section.status);

/** Heading of the duty; a label or item that carries the frequency is added when the heading does not say it. */
export function titleOf(place: Place): string {
  const title = unnumbered(place.part.section.title) || place.page.document.title;
  if (readEvery(title).kind !== "none") return title;
  const near = [place.label, ...place.above.toReversed()]
    .map((text) => withoutEnd(withoutColon(text)).trim())
    .find((text) => text.length <= 40 && readEvery(text).kind !== "none");
  return near === undefined ? title : `${title} · ${near}`;
}

import type { Item, Span } from "../parse/tree.ts";
import { splitLabel } from "../words/punctuation.ts";
import type { Place } from "./place.ts";
import { places } from "./place.ts";
import type { Page, Part } from "./recogniser.ts";

/** A line of running text: a paragraph's line or the first paragraph of a list item. */
export interface Sentence {
  readonly text: string;
  readonly line: number;
  readonly spans: readonly Span[];
  /** Paragraph or list it stands in. */
  readonly place: Place;
  readonly item?: Item;
}

/** A line longer than this is data or an accident; no sentence of a manual is. */
export const LONGEST = 2000;

const cache = new WeakMap<Page, readonly Sentence[]>();

/** All running text of a page, line by line; tables, code and headings left out. */
export function sentences(page: Page): readonly Sentence[] {
  const known = cache.get(page);
  if (known) return known;
  const all: Sentence[] = [];
  const add = (sentence: Sentence): void => {
    if (sentence.text.length <= LONGEST) all.push(sentence);
  };
  for (const place of places(page)) {
    const { node } = place;
    if (node.kind === "list")
      for (const item of node.items) add({ text: item.text, line: item.line, spans: item.spans, place, item });
    if (node.kind !== "paragraph") continue;
    if (!node.text.includes("\n")) {
      add({ text: node.text, line: node.line, spans: node.spans, place });
      continue;
    }
    for (const [index, text] of node.text.split("\n").entries()) {
      const line = node.line + index;
      add({ text, line, spans: node.spans.filter((span) => span.line === line), place });
    }
  }
  all.sort((a, b) => a.line - b.line);
  cache.set(page, all);
  return all;
}

const byPart = new WeakMap<Page, ReadonlyMap<Part, readonly Sentence[]>>();

/** Running text of one section, subsections left out. */
export function sentencesOf(page: Page, part: Part): readonly Sentence[] {
  const known = byPart.get(page) ?? Map.groupBy(sentences(page), (sentence) => sentence.place.part);
  byPart.set(page, known);
  return known.get(part) ?? [];
}

/** Label and text of a line such as `Example rules: error rate > 5%` or `**Owner**: ops`; undefined without a short label. */
export function labelled(sentence: {
  readonly text: string;
  readonly item?: Item;
}): { readonly label: string; readonly rest: string } | undefined {
  if (sentence.item?.lead !== undefined) return { label: sentence.item.lead, rest: sentence.item.rest ?? "" };
  return splitLabel(sentence.text);
}

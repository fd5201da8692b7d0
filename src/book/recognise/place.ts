import type { Args, Finding, FindingCode, Level } from "../../model/finding.ts";
import type { Source } from "../../model/source.ts";
import type { Item, List, Node, Table } from "../parse/tree.ts";
import { fold } from "../words/matcher.ts";
import type { Page, Part } from "./recogniser.ts";

export type Keys = Readonly<Record<string, string>>;

/** A block with what stands around it: its section, the list items it is nested in, the label just before it. */
export interface Place<N extends Node = Node> {
  readonly page: Page;
  readonly part: Part;
  readonly node: N;
  /** Texts of the list items around it, outermost first. */
  readonly above: readonly string[];
  /** One of the items around it has a task box. */
  readonly inTask: boolean;
  /** Text of the paragraph directly before it, "" when something else or nothing is there. */
  readonly label: string;
  /** Annotations that belong to it, with their lines. */
  readonly keys: readonly { readonly line: number; readonly keys: Keys }[];
}

const cache = new WeakMap<Page, readonly Place[]>();

/** Every block of a page in order, nested ones after the block that holds them. */
export function places(page: Page): readonly Place[] {
  const known = cache.get(page);
  if (known) return known;
  const all: Place[] = [];
  page.parts.forEach((part, index) => {
    const next = page.parts[index + 1]?.section.source.line ?? Number.POSITIVE_INFINITY;
    gather(all, page, part, part.nodes, { above: [], inTask: false }, part.section.source.line, next);
  });
  cache.set(page, all);
  return all;
}

function gather(
  all: Place[],
  page: Page,
  part: Part,
  nodes: readonly Node[],
  around: { readonly above: readonly string[]; readonly inTask: boolean },
  from: number,
  to: number,
): void {
  const solid = nodes.some(isSilent) ? nodes.filter((node) => !isSilent(node)) : nodes;
  let before: Node | undefined;
  for (let index = 0; index < solid.length; index++) {
    const node = solid[index]!;
    const after = solid[index + 1];
    // Above it, or below it when nothing follows that could own the annotation itself.
    const last = after && owns(after) ? node.end : (after?.line ?? to) - 1;
    const first = before?.end ?? from - 1;
    const keys = owns(node) && page.annotations.length > 0 ? annotationsIn(page, first, last) : NO_KEYS;
    const label = before?.kind === "paragraph" ? before.text.slice(0, LONGEST) : "";
    before = node;
    all.push({ page, part, node, above: around.above, inTask: around.inTask, label, keys });
    if (node.kind === "quote") gather(all, page, part, node.children, around, node.line, node.end);
    if (node.kind === "list")
      for (const item of node.items) {
        if (item.children.length === 0) continue;
        const above = [...around.above, item.text.slice(0, LONGEST)];
        const inTask = around.inTask || item.checked !== undefined;
        gather(all, page, part, item.children, { above, inTask }, item.line, item.end);
      }
  }
}

const isSilent = (node: Node): boolean => node.kind === "html" || node.kind === "rule";
const NO_KEYS: Place["keys"] = [];

/** Longer labels and headings are text; words are looked for in their beginning only. */
const LONGEST = 300;

/** Annotations after line `first` up to line `last`; they are in the order of the file. */
function annotationsIn(page: Page, first: number, last: number): Page["annotations"] {
  const { annotations } = page;
  let [low, high] = [0, annotations.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((annotations[middle]?.line ?? 0) > first) high = middle;
    else low = middle + 1;
  }
  let end = low;
  while (end < annotations.length && (annotations[end]?.line ?? 0) <= last) end++;
  return annotations.slice(low, end);
}

const owns = (node: Node): boolean => node.kind === "table" || node.kind === "list";

export const isTable = (place: Place): place is Place<Table> => place.node.kind === "table";
export const isList = (place: Place): place is Place<List> => place.node.kind === "list";

/** Many recognisers ask for the same places of a page. */
const once = <T>(read: (page: Page) => T): ((page: Page) => T) => {
  const known = new WeakMap<Page, { readonly value: T }>();
  return (page) => {
    const found = known.get(page) ?? { value: read(page) };
    known.set(page, found);
    return found.value;
  };
};
export const tables = once((page): readonly Place<Table>[] => places(page).filter(isTable));
export const lists = once((page): readonly Place<List>[] => places(page).filter(isList));

/**
 * Where a block stands, nearest first and folded: label, items around it (innermost first), own heading, headings above,
 * title of the document. Recognition words are looked for from near to far.
 */
export function context(place: Place): readonly string[] {
  const known = contexts.get(place);
  if (known) return known;
  const around = surroundings(place);
  const found = place.label === "" ? around : [fold(place.label.slice(0, LONGEST)), ...around];
  contexts.set(place, found);
  return found;
}

/** Many recognisers ask of the same places. */
const contexts = new WeakMap<Place, readonly string[]>();

/** The context of a block without its label. */
export function surroundings({ page, part, above }: Place): readonly string[] {
  let headings = headingsOf.get(part);
  if (!headings) {
    headings = [...part.section.path.toReversed(), page.document.title].filter((text) => text !== "").map(foldedHead);
    headingsOf.set(part, headings);
  }
  return above.length === 0
    ? headings
    : [
        ...above
          .toReversed()
          .filter((text) => text !== "")
          .map(foldedHead),
        ...headings,
      ];
}

const headingsOf = new WeakMap<Part, readonly string[]>();
const foldedHead = (text: string): string => fold(text.slice(0, LONGEST));

/** Value of a key in the annotations of a place, the last one winning. */
export const annotated = (place: Place, key: string): string | undefined =>
  place.keys.findLast(({ keys }) => keys[key] !== undefined)?.keys[key];

/** All items of a list that are annotated by `item="text"` or on their own lines. */
export const keysOfItem = (place: Place<List>, item: Item): Keys =>
  Object.assign(
    {},
    ...place.keys
      .filter(({ line, keys }) =>
        keys["item"] === undefined ? line >= item.line && line <= item.end : fold(keys["item"]) === fold(item.text),
      )
      .map(({ keys }) => keys),
  ) as Keys;

export const sourceAt = (page: Page, line: number): Source => ({ file: page.file, line });

export const finding = (code: FindingCode, level: Level, source: Source, args: Args = {}): Finding => ({
  code,
  level,
  source,
  args,
});

import type { Item, List, Node, Span } from "../../parse/tree.ts";
import { endsWithColon } from "../../words/punctuation.ts";

/** A text near a fence. */
export interface Near {
  readonly text: string;
  /** A box stands for itself, as a warning does: a quote, a piece of HTML, an item of a list that is over. */
  readonly form: "text" | "box" | "item";
  /** Struck out by its author. */
  readonly struck: boolean;
}

/** What a reader sees around a fence. */
export interface Around {
  /** Text of the paragraph directly before it, "" when there is none. */
  readonly label: string;
  /** Text of the paragraph directly behind it, "" when there is none. */
  readonly after: string;
  /** What stands before it, in whatever form; rules, line breaks and other fences of the same row do not part them. */
  readonly above: readonly Near[];
  /** What stands behind it, and whether that leads to another fence. */
  readonly below?: Near & { readonly leads: boolean };
  /** Titles above it that are no headings: items of lists, outermost first, and summaries. */
  readonly titles: readonly Near[];
}

/**
 * Around the fence at `index`. `item`: the list item in which nothing stands before it; `before`: around the fence directly
 * in front of it, which shares the texts above and below.
 */
export function aroundOf(
  nodes: readonly Node[],
  index: number,
  titles: readonly Near[],
  item: Near | undefined,
  before: Around | undefined,
): Around {
  const below = before ? before.below : behind(nodes, index);
  const common = { after: textOf(nodes[index + 1]), titles, ...(below ? { below } : {}) };
  if (before) return { label: before.label, above: before.above, ...common };
  let at = index - 1;
  while (at >= 0 && isNothing(nodes[at])) at--;
  const label = at < 0 ? (item?.text ?? "") : textOf(nodes[at]);
  return { label, above: [...remarks(nodes, index), ...(above(nodes, index) ?? (item ? [item] : []))], ...common };
}

/** Nothing that a reader sees. */
const isNothing = (node: Node | undefined): boolean => node?.kind === "html" && seen(node.text) === "";

/** A reader sees no more than that it is parted: a rule, a line break, the end of a box. */
const parts = (node: Node): boolean =>
  node.kind === "rule" || isNothing(node) || (node.kind === "paragraph" && unboxed(node.text) === "");

/** What stands above in the same row of nodes; undefined: nothing does. */
function above(nodes: readonly Node[], index: number): readonly Near[] | undefined {
  let at = index - 1;
  while (at >= 0 && parts(nodes[at] as Node)) at--;
  if (at < 0) return undefined;
  const near = nearOf(nodes[at] as Node, "last", nodes[index + 1]);
  return near ? [near] : [];
}

/** Comments of the author directly above. */
function remarks(nodes: readonly Node[], index: number): readonly Near[] {
  const found: Near[] = [];
  for (let at = index - 1; at >= 0 && isNothing(nodes[at]); at--)
    for (const [, text = ""] of cut(nodes[at] as Node & { kind: "html" }).matchAll(/<!--([^<>]{1,200})-->/g))
      found.push(boxed(text.trim()));
  return found;
}

function behind(nodes: readonly Node[], index: number): Around["below"] {
  let at = index + 1;
  while (nodes[at]?.kind === "fence") at++;
  while (at < nodes.length && parts(nodes[at] as Node)) at++;
  const node = nodes[at];
  const near = node && nearOf(node, "first");
  return near && { ...near, leads: nodes[at + 1]?.kind === "fence" };
}

function nearOf(node: Node, which: "first" | "last", next?: Node): Near | undefined {
  if (node.kind === "paragraph") return { text: unboxed(node.text), form: "text", struck: isStruck(node) };
  if (node.kind === "html") return boxed(seen(node.text));
  if (node.kind === "list") return itemNear(node, which, next);
  return node.kind === "quote" ? boxed(quoted(node.children)) : undefined;
}

const boxed = (text: string): Near => ({ text, form: "box", struck: false });

/** An item with a fence of its own speaks of that one; a step whose fence only lost its indent is what the fence is for. */
function itemNear(list: List, which: "first" | "last", next: Node | undefined): Near | undefined {
  const item = list.items.at(which === "first" ? 0 : -1);
  if (!item || item.children.some((child) => child.kind === "fence")) return undefined;
  const owns =
    which === "last" &&
    (endsWithColon(item.text) ||
      (list.ordered &&
        (list.items.length === 1 ||
          (next?.kind === "list" && next.ordered && next.start === list.start + list.items.length))));
  return owns ? titleOf(item) : { ...titleOf(item), form: "box" };
}

/** An item as the title of what stands inside. */
export const titleOf = (item: Item): Near => ({ text: item.text, form: "item", struck: isStruck(item) });

/** Text of a quote; with a fence inside it speaks of that one. */
const quoted = (children: readonly Node[]): string =>
  children.some((child) => child.kind === "fence")
    ? ""
    : children
        .flatMap((child) =>
          child.kind === "paragraph"
            ? [child.text.replace(/^\[!\w+\]\s*/, "")]
            : child.kind === "list"
              ? child.items.map((item) => item.text)
              : [],
        )
        .join("\n");

/** Most of the text is struck out. */
const isStruck = ({ text, spans }: { readonly text: string; readonly spans: readonly Span[] }): boolean => {
  const struck = spans.reduce((length, span) => length + (span.kind === "deleted" ? span.text.length : 0), 0);
  return struck > 0 && struck * 2 >= text.trim().length;
};

const textOf = (node: Node | undefined): string => (node?.kind === "paragraph" ? node.text : "");

/** Enough of a piece of HTML. */
const LONGEST = 2_000;
const cut = (node: { readonly text: string }): string => node.text.slice(0, LONGEST);

/** Text of a piece of HTML that a reader sees beside the block; a part that opens and closes in it is about itself. */
const seen = (html: string): string => {
  const text = html.slice(0, LONGEST);
  if (/<details\b/i.test(text)) return "";
  return text
    .replace(/<!--[^<>]*-->/g, " ")
    .replace(/<[^<>]*>/g, "\n")
    .trim();
};

/** A paragraph without the fences of a box around it: `::: danger`, `!!! warning "Title"`. */
const unboxed = (text: string): string =>
  !/^(?::::|!!!|\?\?\?)/m.test(text)
    ? text
    : text
        .split("\n")
        .map((line) => line.replace(/^(?::{3,}|!!!|\?\?\?\+?)[ \t]*[\w-]*/, "").replace(/^[ \t]*"(.*)"[ \t]*$/, "$1"))
        .filter((line) => line.trim() !== "")
        .join("\n");

/** Summaries of the parts that a piece of HTML opens, after those that it closes. */
export function summaries(open: readonly Near[], html: string): readonly Near[] {
  if (!/<\/?details\b/i.test(html)) return open;
  const left = [...open];
  for (const [tag, , text] of html
    .slice(0, LONGEST)
    .matchAll(/<\/details\b|<details\b[^<>]*>(\s*<summary\b[^<>]*>([^<]{0,200}))?/gi))
    if (tag.startsWith("</")) left.pop();
    else left.push(boxed((text ?? "").trim()));
  return left;
}

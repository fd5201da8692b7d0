import type { Fence, Item, Node, Span } from "./tree.ts";

/** Every node of a tree, outermost first, in the order of the file. Links, anchors, traps all ask: it is kept. */
export function everyNode(nodes: readonly Node[]): readonly Node[] {
  const known = walked.get(nodes);
  if (known !== undefined) return known;
  const all: Node[] = [];
  gather(nodes, all);
  walked.set(nodes, all);
  return all;
}

const walked = new WeakMap<readonly Node[], readonly Node[]>();

function gather(nodes: readonly Node[], all: Node[]): void {
  for (const node of nodes) {
    all.push(node);
    if (node.kind === "quote") gather(node.children, all);
    if (node.kind === "list") for (const item of node.items) gather(item.children, all);
  }
}

/** Every list item, also those of nested lists. */
export function everyItem(nodes: readonly Node[]): readonly Item[] {
  const all: Item[] = [];
  for (const node of everyNode(nodes)) if (node.kind === "list") for (const item of node.items) all.push(item);
  return all;
}

/** Fences and indented code, in the order of the file. */
export const everyFence = (nodes: readonly Node[]): readonly Fence[] =>
  everyNode(nodes).filter((node) => node.kind === "fence");

/** Spans of a node's own text; those of its children come with the children. */
export function spansOf(node: Node): readonly Span[] {
  switch (node.kind) {
    case "heading":
    case "paragraph":
      return node.spans;
    case "list":
      return joined(node.items, []);
    case "table":
      return node.rows.reduce((spans, row) => joined(row.cells, spans), joined(node.header, []));
    default:
      return NONE;
  }
}

const NONE: readonly Span[] = [];

function joined(parts: readonly { readonly spans: readonly Span[] }[], spans: Span[]): Span[] {
  for (const part of parts) for (const span of part.spans) spans.push(span);
  return spans;
}

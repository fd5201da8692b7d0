import type { Fence, Item, Node, Span } from "./tree.ts";

/** Every node of a tree, outermost first, in the order of the file. */
export function everyNode(nodes: readonly Node[], all: Node[] = []): readonly Node[] {
  for (const node of nodes) {
    all.push(node);
    if (node.kind === "quote") everyNode(node.children, all);
    if (node.kind === "list") for (const item of node.items) everyNode(item.children, all);
  }
  return all;
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
      return node.items.flatMap((item) => item.spans);
    case "table":
      return [...node.header, ...node.rows.flatMap((row) => row.cells)].flatMap((cell) => cell.spans);
    default:
      return [];
  }
}

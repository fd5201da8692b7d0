import type { Node } from "../../../src/book/parse/tree.ts";

/** Narrows a node, which may be absent, to one kind. */
export const isNode = <K extends Node["kind"]>(node: Node | undefined, kind: K): node is Extract<Node, { kind: K }> =>
  node?.kind === kind;

import type { Node } from "../../parse/tree.ts";

/** First paragraph of a section as one line. */
export function firstText(nodes: readonly Node[]): string | undefined {
  for (const node of nodes) if (node.kind === "paragraph") return node.text.replaceAll("\n", " ").slice(0, 400);
  return undefined;
}

import type { Item, Node, Span } from "../../../book/parse/tree.ts";
import type { ManualItem, ManualNode } from "../../contract.ts";
import { piecesOf, type Leads } from "./pieces.ts";

/** Nodes of one document that are shown; a manual has hundreds. */
const MOST = 20_000;

/** A parsed document as it is shown: no markup is left in it, comments are left out. */
export function nodesOf(nodes: readonly Node[], leads: Leads): readonly ManualNode[] {
  let left = MOST;
  const words = (given: { readonly text: string; readonly spans: readonly Span[] }) =>
    piecesOf(given.text, given.spans, leads);
  const item = ({ line, checked, text, spans, children }: Item): ManualItem => ({
    line,
    checked: checked ?? null,
    words: words({ text, spans }),
    children: all(children),
  });
  const one = (node: Node): readonly ManualNode[] => {
    const { kind, line } = node;
    left -= 1;
    if (left < 0) return [];
    switch (kind) {
      case "heading":
        return [{ kind, line, depth: node.depth, words: words(node) }];
      case "paragraph":
        return [{ kind, line, words: words(node) }];
      case "fence":
        return [{ kind, line, info: node.info, text: node.text }];
      case "table":
        return [
          { kind, line, rows: [node.header, ...node.rows.map(({ cells }) => cells)].map((row) => row.map(words)) },
        ];
      case "list":
        return [{ kind, line, start: node.ordered ? node.start : null, items: node.items.map(item) }];
      case "quote":
        return [{ kind, line, children: all(node.children) }];
      case "html":
        return node.text.trimStart().startsWith("<!--") ? [] : [{ kind, line, text: node.text }];
      default:
        return [{ kind, line }];
    }
  };
  const all = (given: readonly Node[]): readonly ManualNode[] => given.flatMap(one);
  return all(nodes);
}

import type { Datum } from "../../model/document.ts";
import type { Node } from "../parse/tree.ts";
import type { Part } from "../recognise/recogniser.ts";
import { DATA_HEADINGS, DATA_LABELS } from "../words/documents.ts";

interface Line {
  readonly label: string;
  readonly value: string;
  readonly line: number;
}

const plainItem = /^([^:：\n]{1,30})[:：]\s*(\S[^\n]*)$/;
/** How far a data block may be from the top: the title, a second title in another language, and one block below. */
const NEAR_TOP = 3;

/**
 * The lines of a document's data block: bold labels (`**版本**: 1.2`), list items or a two-column table with known labels,
 * before the first section or in a section whose heading says that it is one. Unknown labels are kept beside known ones.
 */
export function dataOf(file: string, parts: readonly Part[]): readonly Datum[] {
  return parts.flatMap((part, index) => {
    const named = DATA_HEADINGS.test(part.section.title);
    if (!named && (index > NEAR_TOP || /^\d/.test(part.section.title))) return [];
    return part.nodes.flatMap((node) => {
      const lines = linesOf(node);
      const known = lines.filter((line) => keyOf(line.label) !== undefined).length;
      if (!named && known * 2 < lines.length) return [];
      return lines.map(({ label, value, line }) => ({
        key: keyOf(label) ?? label,
        label,
        value,
        source: { file, line },
      }));
    });
  });
}

const keyOf = (label: string): string | undefined => {
  const key = label.toLowerCase();
  return Object.hasOwn(DATA_LABELS, key) ? DATA_LABELS[key] : undefined;
};

function linesOf(node: Node): readonly Line[] {
  switch (node.kind) {
    case "paragraph":
      return node.leads.map((lead) => ({ label: lead.lead, value: lead.rest, line: lead.line }));
    case "quote":
      return node.children.flatMap(linesOf);
    case "list":
      return node.items.flatMap((item) => {
        if (item.lead !== undefined) return [{ label: item.lead, value: item.rest ?? "", line: item.line }];
        const plain = plainItem.exec(item.text);
        return plain ? [{ label: plain[1]!.trim(), value: plain[2]!, line: item.line }] : [];
      });
    case "table":
      if (node.header.length !== 2) return [];
      return [{ line: node.line, cells: node.header }, ...node.rows].map((row) => ({
        label: row.cells[0]!.text,
        value: row.cells[1]!.text,
        line: row.line,
      }));
    default:
      return [];
  }
}

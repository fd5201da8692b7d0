import type { Finding, FindingCode, Level } from "../../model/finding.ts";
import type { Node, Table, Tree } from "../parse/tree.ts";
import { everyItem, everyNode } from "../parse/walk.ts";

const wideRule = /^[\s｜|:：—–-]*-[\s｜|:：—–-]*$/;
const almostTask = /^\[(?:[ xX]?)\](?=\S)|^\[\]\s/;
const lostBold = /\*\*[^*\n]{1,80}[）)】」』”’。，：:；;！!？?]\*\*(?=[\p{L}\p{N}])/u;

/**
 * Text that looks like structure but is none: what the author meant is lost on every renderer, so it is said instead of
 * guessed. Full-width pipes, boxes without a blank, bold that does not close, rows of another width, content cut off.
 */
export function trapsOf(file: string, text: string, tree: Tree): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (code: FindingCode, level: Level, line: number, args: Finding["args"] = {}): void => {
    findings.push({ code, level, source: { file, line }, args });
  };
  for (const { what, line } of tree.limits) add("WB017", "error", line, { what });
  const wide = text.includes("｜");
  for (const node of everyNode(tree.nodes)) {
    if (wide && node.kind === "paragraph") widePipes(node, add);
    if (node.kind === "table") unevenRows(node, add);
    if ((node.kind === "paragraph" || node.kind === "heading") && node.text.includes("**")) bold(node, add);
  }
  for (const item of everyItem(tree.nodes)) {
    if (item.checked === undefined && almostTask.test(item.text))
      add("WB018", "warn", item.line, { text: item.text.slice(0, 40) });
    if (item.text.includes("**")) bold(item, add);
  }
  return findings.sort((a, b) => a.source.line - b.source.line);
}

type Add = (code: FindingCode, level: Level, line: number, args?: Finding["args"]) => void;

function widePipes(node: Node & { kind: "paragraph" }, add: Add): void {
  const rows = node.text.split("\n");
  const from = rows.findIndex((row, index) => row.includes("｜") && wideRule.test(rows[index + 1] ?? ""));
  if (from >= 0) add("WB016", "error", node.line + from);
}

function unevenRows(table: Table, add: Add): void {
  const columns = table.header.length;
  for (const row of table.rows)
    if (row.written !== columns) add("WB021", "error", row.line, { written: row.written, columns });
}

function bold(node: { readonly text: string; readonly line: number }, add: Add): void {
  const lost = lostBold.exec(node.text);
  if (!lost) return;
  const line = node.line + node.text.slice(0, lost.index).split("\n").length - 1;
  add("WB019", "note", line, { text: lost[0] });
}

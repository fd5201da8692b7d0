import { LONGEST_LINE } from "./lines.ts";

/** Cells of a table's line without the signs of emphasis, code and quotation around them. */
export const cellsOf = (line: string): readonly string[] =>
  line
    .slice(0, LONGEST_LINE)
    .replace(/^\s*\||\|\s*$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/^[`*_"']+|[`*_"']+$/g, ""));

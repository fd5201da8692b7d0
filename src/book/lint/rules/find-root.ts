import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const FIND = /\bfind\s+(\S+)\s+(.*?)(?:-exec\s+(?:sudo\s+)?rm\s+-\w*[rR]\w*|-delete\b)/;

/** `find ROOT … -exec rm -rf` also visits ROOT itself: once it is old enough, everything goes (S-052). */
export const findRoot: LintRule = {
  codes: ["WB702"],
  run: (book) =>
    shellLines(book).flatMap(({ text, source }) => {
      const match = text.includes("find") ? FIND.exec(text) : null;
      if (!match || /-mindepth\s+[1-9]/.test(match[2]!) || /-type\s+f\b/.test(match[2]!) || /-name\b/.test(match[2]!))
        return [];
      return [give("WB702", "error", source, { root: match[1]! })];
    }),
};

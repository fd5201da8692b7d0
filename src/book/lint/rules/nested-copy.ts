import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const COPY = /\bcp\s+(?:-\w*[rRa]\w*\s+)(\S+)\s+(\S*\$\(date \+[^)]*%d[^)]*\)\S*)\s*$/;

/** `cp -r DIR DIR.$(date +%Y%m%d)`: the second time on one day it copies into the first copy (S-077). */
export const nestedCopy: LintRule = {
  codes: ["WB710"],
  run: (book) =>
    shellLines(book).flatMap(({ text, source }) => {
      const match = text.includes("$(date") ? COPY.exec(text) : null;
      if (!match || /%H|%M|%s/.test(match[2]!) || /\bcp\s+\S*T/.test(text)) return [];
      return [give("WB710", "warn", source, { from: match[1]!, to: match[2]! })];
    }),
};

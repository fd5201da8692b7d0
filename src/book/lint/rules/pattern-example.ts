import { basename } from "node:path/posix";
import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** The manual's own example does not follow the pattern it is given for (M-043). */
export const patternExample: LintRule = {
  codes: ["WB404"],
  run: (book) =>
    book.namePatterns
      .filter(({ example, regex }) => example !== undefined && !new RegExp(regex, "u").test(basename(example)))
      .map(({ example, pattern, source }) => give("WB404", "error", source, { example: example!, pattern })),
};

import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const UNPINNED =
  /\b(npm\s+(?:update|upgrade)\s+(?:-g|--global)\s+\S+|npm\s+(?:install|i)\s+(?:-g|--global)\s+[\w-]+\s*$|pip3?\s+install\s+(?:-U|--upgrade)\s+[\w-]+\s*$|docker\s+pull\s+\S+:latest)/;

/** An upgrade that names no version brings whatever is newest that night; what was tested was another (S-077). */
export const unpinnedUpgrade: LintRule = {
  codes: ["WB711"],
  run: (book) =>
    shellLines(book).flatMap(({ text, source }) => {
      const match = UNPINNED.exec(text);
      return match ? [give("WB711", "warn", source, { command: match[1]! })] : [];
    }),
};

import type { LintRule } from "../../../model/book.ts";
import { CONNECTIONS } from "../../words/lint.ts";
import { give } from "../give.ts";
import { linesOf } from "../lines.ts";

const LISTENERS = /\b(?:ss|netstat)\s+-[a-z]*l[a-z]*\b/;

/** `ss -tuln` lists listening sockets; the text beside it promises connections (S-028, S-006). */
export const listenersNotConnections: LintRule = {
  codes: ["WB704"],
  run: (book) =>
    book.blocks.flatMap((block) => {
      if (!/\bss\s|netstat/.test(block.text)) return [];
      // The comment above, up to an empty line, says what the commands are for.
      let comment = "";
      return linesOf(block).flatMap(({ text, source }) => {
        if (text.trim() === "" || /^\s*#/.test(text)) {
          comment = text;
          return [];
        }
        if (!LISTENERS.test(text) || !CONNECTIONS.test(comment)) return [];
        return [give("WB704", "warn", source, { command: text.trim() })];
      });
    }),
};

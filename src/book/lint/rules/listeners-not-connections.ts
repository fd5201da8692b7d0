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
      const lines = linesOf(block);
      return lines.flatMap(({ text, source }, index) => {
        if (/^\s*#/.test(text) || !LISTENERS.test(text)) return [];
        const comment = lines.slice(0, index).findLast((line) => line.text.trim() === "" || /^\s*#/.test(line.text));
        if (!comment || !CONNECTIONS.test(comment.text)) return [];
        return [give("WB704", "warn", source, { command: text.trim() })];
      });
    }),
};

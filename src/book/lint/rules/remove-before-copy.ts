import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { linesOf } from "../lines.ts";

const REMOVE = /^\s*(?:sudo\s+)?rm\s+-\w*[rR]\w*\s+(?:--\s+)?(\S+)\s*$/;
const COPY = /^\s*(?:sudo\s+)?(?:cp|mv|rsync)\s+(?:-\S+\s+)*(\S+)\s+(\S+)\s*$/;

/** Live data is removed before anyone looked whether the copy that replaces it is there (S-078). */
export const removeBeforeCopy: LintRule = {
  codes: ["WB709"],
  run: (book) =>
    book.blocks.flatMap((block) => {
      if (!block.text.includes("rm")) return [];
      const lines = linesOf(block).filter(({ text }) => text.trim() !== "" && !/^\s*#/.test(text));
      return lines.flatMap(({ text, source }, index) => {
        const removed = REMOVE.exec(text)?.[1]?.replace(/\/$/, "");
        const copy = removed === undefined ? null : COPY.exec(lines[index + 1]?.text ?? "");
        if (!copy || copy[2]!.replace(/\/$/, "") !== removed) return [];
        return [give("WB709", "warn", source, { removed, copy: copy[1]! })];
      });
    }),
};

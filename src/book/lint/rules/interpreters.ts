import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const INTERPRETER = /(?:^|\s)((?:\S*\/)?(?:python3?|node|ruby|perl))\s+(\S+\.(?:py|js|mjs|rb|pl))\b/;

/** One document calls its scripts now with the project's interpreter, now with the system's (C-055). */
export const interpreters: LintRule = {
  codes: ["WB307"],
  run: (book) => {
    const first = new Map<string, { readonly interpreter: string; readonly line: number }>();
    const told = new Set<string>();
    return shellLines(book).flatMap(({ text, source }) => {
      const match = INTERPRETER.exec(text);
      if (!match) return [];
      const interpreter = match[1]!;
      const key = `${source.file} ${interpreter.split("/").at(-1)!.replace(/\d$/, "")}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, { interpreter, line: source.line });
      if (before === undefined || before.interpreter === interpreter || told.has(`${key} ${interpreter}`)) return [];
      told.add(`${key} ${interpreter}`);
      return [give("WB307", "warn", source, { interpreter, other: before.interpreter, line: before.line })];
    });
  },
};

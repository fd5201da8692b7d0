import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const SET = /(?:^|[;&\s])(?:export\s+|local\s+|declare\s+(?:-\w+\s+)?)?([A-Z_][A-Z0-9_]{2,})=/g;
const USED = /\$\{?([A-Z_][A-Z0-9_]{2,})\b/g;
const GIVEN = new Set([
  "HOME",
  "PATH",
  "USER",
  "PWD",
  "SHELL",
  "LANG",
  "HOSTNAME",
  "RANDOM",
  "SECONDS",
  "TERM",
  "EUID",
  "UID",
  "IFS",
  "OLDPWD",
]);

/** A variable that one block sets and another uses: steps share no shell, so it would be empty. */
export const crossBlockVariable: LintRule = {
  codes: ["WB305"],
  run: (book) => {
    const lines = shellLines(book);
    const setIn = new Map<string, Map<object, number>>();
    for (const { text, block, source } of lines)
      for (const match of text.matchAll(SET)) {
        const blocks = setIn.get(match[1]!) ?? new Map<object, number>();
        setIn.set(match[1]!, blocks);
        if (!blocks.has(block)) blocks.set(block, source.line);
      }
    const given = new Set<string>();
    return lines.flatMap(({ text, block, source }) =>
      [...text.matchAll(USED)].flatMap(([, name]) => {
        const blocks = setIn.get(name!);
        const other = [...(blocks ?? [])].find(([set]) => (set as typeof block).source.file === source.file);
        const key = `${name} ${source.file}:${block.source.line}`;
        if (other === undefined || blocks!.has(block) || GIVEN.has(name!) || given.has(key)) return [];
        given.add(key);
        return [give("WB305", "warn", source, { name: name!, line: other[1] })];
      }),
    );
  },
};

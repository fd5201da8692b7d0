import type { Block } from "../../../model/block.ts";
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

/** Who sets a variable in one file: the blocks, and the first line of the first. */
interface Setters {
  readonly blocks: Set<Block>;
  readonly line: number;
}

/** A variable that one block sets and another uses: steps share no shell, so it would be empty. */
export const crossBlockVariable: LintRule = {
  codes: ["WB305"],
  run: (book) => {
    const lines = shellLines(book);
    const setters = new Map<string, Setters>();
    for (const { text, block, source } of lines) {
      if (!text.includes("=")) continue;
      for (const [, name] of text.matchAll(SET)) {
        const key = `${name} ${source.file}`;
        const known = setters.get(key) ?? { blocks: new Set(), line: source.line };
        setters.set(key, known);
        known.blocks.add(block);
      }
    }
    if (setters.size === 0) return [];
    const given = new Set<string>();
    return lines
      .filter(({ text }) => text.includes("$"))
      .flatMap(({ text, block, source }) =>
        [...text.matchAll(USED)].flatMap(([, name]) => {
          const other = setters.get(`${name} ${source.file}`);
          const key = `${name} ${source.file}:${block.source.line}`;
          if (other === undefined || other.blocks.has(block) || GIVEN.has(name!) || given.has(key)) return [];
          given.add(key);
          return [give("WB305", "warn", source, { name: name!, line: other.line })];
        }),
      );
  },
};

import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { linesOf, shellLines } from "../lines.ts";

const LEVEL = /"?(?:level|log_?level)"?\s*[:=]\s*"?(warn(?:ing)?|error)"?/i;
const INFO_GREP =
  /grep\s+(?:-\w+\s+){0,5}(["'])((?:peer connected|message received|connected|received|started|accepted|login)[^"']*)\1/i;

/** A recommended log level hides the very lines that the manual counts (S-086). */
export const logLevelBlind: LintRule = {
  codes: ["WB605"],
  run: (book) => {
    const settings = book.blocks.filter(({ lang }) => /^(?:json|ya?ml|toml|ini|conf)/.test(lang));
    if (settings.length === 0) return [];
    const greps = new Map(
      shellLines(book)
        .flatMap(({ text, source }) => {
          const pattern = INFO_GREP.exec(text)?.[2];
          return pattern === undefined ? [] : [[source.file, { pattern, line: source.line }] as const];
        })
        .toReversed(),
    );
    return settings.flatMap(linesOf).flatMap(({ text, source }) => {
      const level = LEVEL.exec(text)?.[1];
      const grep = greps.get(source.file);
      return level && grep ? [give("WB605", "warn", source, { level, ...grep })] : [];
    });
  },
};

import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { linesOf, shellLines } from "../lines.ts";

const LEVEL = /"?(?:level|log_?level)"?\s*[:=]\s*"?(warn(?:ing)?|error)"?/i;
const INFO_GREP =
  /grep\s+(?:-\w+\s+)*(["'])((?:peer connected|message received|connected|received|started|accepted|login)[^"']*)\1/i;

/** A recommended log level hides the very lines that the manual counts (S-086). */
export const logLevelBlind: LintRule = {
  codes: ["WB605"],
  run: (book) => {
    const greps = shellLines(book).filter(({ text }) => INFO_GREP.test(text));
    return book.blocks
      .filter(({ lang }) => /^(?:json|ya?ml|toml|ini|conf)/.test(lang))
      .flatMap(linesOf)
      .flatMap(({ text, source }) => {
        const level = LEVEL.exec(text)?.[1];
        const grep = level && greps.find((line) => line.source.file === source.file);
        if (!grep) return [];
        return [
          give("WB605", "warn", source, { level, pattern: INFO_GREP.exec(grep.text)![2]!, line: grep.source.line }),
        ];
      });
  },
};

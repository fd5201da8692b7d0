import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The manual forbids a command and then gives it (M-020, M-035, M-036). */
export const prohibitedCommand: LintRule = {
  codes: ["WB708"],
  run: (book) => {
    const forbidden = book.prohibitions.flatMap((prohibition) =>
      prohibition.commands
        .filter((command) => /\s/.test(command.trim()))
        .map((command) => ({
          command,
          prohibition,
          pattern: new RegExp(`(?:^|[\\s;&|(])${escape(command.trim()).replaceAll(" ", "\\s+")}(?:$|[\\s;&|)])`),
        })),
    );
    if (forbidden.length === 0) return [];
    return shellLines(book).flatMap(({ text, source }) =>
      forbidden
        .filter(({ pattern }) => pattern.test(text))
        .map(({ command, prohibition }) =>
          give("WB708", "error", source, { command, file: prohibition.source.file, line: prohibition.source.line }),
        ),
    );
  },
};

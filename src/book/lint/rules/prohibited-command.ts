import type { LintRule } from "../../../model/book.ts";
import type { Prohibition } from "../../../model/policy.ts";
import { give } from "../give.ts";
import { shellLines } from "../lines.ts";

/** A longer text is a sentence, not a command somebody forbids. */
const MOST_WORDS = 20;

/** Forbidden commands word by word, so that a line is looked at once, however many are forbidden. */
interface Step {
  readonly next: Map<string, Step>;
  /** The command that is whole here, and who forbids it. */
  end?: { readonly command: string; readonly prohibition: Prohibition };
}

/** Words and the signs between commands: `a;b` and `a ; b` are the same. */
const wordsOf = (text: string): readonly string[] => text.match(/[;&|()]|[^\s;&|()]+/g) ?? [];

function forbiddenIn(prohibitions: readonly Prohibition[]): Step {
  const start: Step = { next: new Map() };
  for (const prohibition of prohibitions)
    for (const command of prohibition.commands) {
      const words = wordsOf(command);
      if (!/\s/.test(command.trim()) || words.length > MOST_WORDS) continue;
      let step = start;
      for (const word of words) {
        const next: Step = step.next.get(word) ?? { next: new Map() };
        step.next.set(word, next);
        step = next;
      }
      step.end ??= { command, prohibition };
    }
  return start;
}

/** Forbidden commands that stand in a line, each once. */
function found(text: string, start: Step): readonly NonNullable<Step["end"]>[] {
  const words = wordsOf(text);
  const ends = new Set<NonNullable<Step["end"]>>();
  for (const from of words.keys()) {
    let step: Step | undefined = start;
    for (let at = from; step !== undefined; at++) {
      if (step.end) ends.add(step.end);
      step = step.next.get(words[at] ?? "");
    }
  }
  return [...ends];
}

/** The manual forbids a command and then gives it (M-020, M-035, M-036). */
export const prohibitedCommand: LintRule = {
  codes: ["WB708"],
  run: (book) => {
    const forbidden = forbiddenIn(book.prohibitions);
    if (forbidden.next.size === 0) return [];
    return shellLines(book).flatMap(({ text, source }) =>
      found(text, forbidden).map(({ command, prohibition }) =>
        give("WB708", "error", source, { command, file: prohibition.source.file, line: prohibition.source.line }),
      ),
    );
  },
};

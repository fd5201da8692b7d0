import type { Book, LintRule } from "../../../model/book.ts";
import { HISTORY_CONTEXT } from "../../words/contexts.ts";
import { ANY_PRODUCT, END_OF_LIFE, LEFT_BEHIND } from "../../words/lint.ts";
import { fold } from "../../words/matcher.ts";
import { give } from "../give.ts";

/** A product that the manual asks for and whose support has ended (H-018). Told once; history and output ask for nothing. */
export const endOfLife: LintRule = {
  codes: ["WB805"],
  run: (book, { texts, today }) => {
    const ended = END_OF_LIFE.filter((one) => one.ended <= today);
    return book.documents.flatMap(({ file }) => {
      const text = texts.get(file) ?? "";
      // Most pages name no product at all: one look at the whole text spares a look at every line for every product.
      if (!ANY_PRODUCT.test(text)) return [];
      const lines = text.split("\n");
      const silent = silentLines(book, file);
      return ended.flatMap(({ words, product, ended, instead }) => {
        if (!words.test(text)) return [];
        const at = lines.findIndex((line, index) => words.test(line) && !LEFT_BEHIND.test(line) && !silent(index + 1));
        return at < 0 ? [] : [give("WB805", "warn", { file, line: at + 1 }, { product, ended, instead })];
      });
    });
  },
};

/** Whether a line stands in a section of history or in what a transcript printed; looked up when first asked. */
function silentLines(book: Book, file: string): (line: number) => boolean {
  let silent: Set<number> | undefined;
  return (line) => (silent ??= new Set(spansOf(book, file).flatMap(linesIn))).has(line);
}

const linesIn = ([from, to]: readonly [number, number]): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const spansOf = (book: Book, file: string): readonly (readonly [number, number])[] => [
  ...(book.documents.find((document) => document.file === file)?.sections ?? [])
    .filter(({ title }) => HISTORY_CONTEXT.in(fold(title)))
    .map(({ source, end }) => [source.line, end] as const),
  ...book.blocks
    .filter(
      ({ source, kind, state }) =>
        source.file === file && (kind === "transcript" || (kind === "text" && state === "narrative")),
    )
    .map(({ source, end }) => [source.line, end] as const),
];

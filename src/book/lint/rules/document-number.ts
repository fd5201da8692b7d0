import type { LintRule } from "../../../model/book.ts";
import { REFERENCES } from "../../words/lint.ts";
import { give } from "../give.ts";
import { LONGEST_LINE } from "../lines.ts";

const NUMBER = /\b[A-Z]{2,}(?:-[A-Z]{2,})+-\d{2,}\b/g;

/** A reference to a document number that no document of the book carries (S-002). */
export const documentNumber: LintRule = {
  codes: ["WB107"],
  run: (book, { texts }) => {
    const numbers = new Set(
      book.documents.flatMap(({ data }) => data.filter(({ key }) => key === "number").map(({ value }) => value)),
    );
    if (numbers.size === 0) return [];
    return book.documents.flatMap(({ file, sections }) => {
      const lines = texts.get(file)?.split("\n") ?? [];
      return sections
        .filter(({ title }) => REFERENCES.test(title))
        .flatMap(({ source, end }) =>
          lines
            .slice(source.line, end)
            .flatMap((line, index) =>
              [...line.slice(0, LONGEST_LINE).matchAll(NUMBER)]
                .filter(([number]) => !numbers.has(number))
                .map(([number]) => give("WB107", "warn", { file, line: source.line + index + 1 }, { number })),
            ),
        );
    });
  },
};

import type { LintRule } from "../../../model/book.ts";
import { MISFITS } from "../../words/lint.ts";
import { give } from "../give.ts";

/** A term of another technology than the document says it runs on: JVM metrics of a Go service (H-051, H-089). */
export const misfit: LintRule = {
  codes: ["WB806"],
  run: (book, { texts }) =>
    book.documents.flatMap(({ file }) => {
      const text = texts.get(file) ?? "";
      return MISFITS.filter(({ because, unless }) => because.test(text) && !unless.test(text)).flatMap(
        ({ term, name, why }) =>
          text
            .split("\n")
            .flatMap((line, index) =>
              term.test(line) ? [give("WB806", "note", { file, line: index + 1 }, { name, why })] : [],
            ),
      );
    }),
};

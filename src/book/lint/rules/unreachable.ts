import type { Book, LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

const ENTRY = /^(readme|index)\.(md|markdown)$/i;

/** The entry document: the declared one, else README or index at the root, else the only document. */
function entryOf(book: Book): string | undefined {
  if (book.config.entry !== undefined) return book.config.entry;
  const files = book.documents.map(({ file }) => file);
  return files.find((file) => ENTRY.test(file)) ?? (files.length === 1 ? files[0] : undefined);
}

/** A document that no chain of links leads to from the entry (M-004). Reports are written, not read in order. */
export const unreachable: LintRule = {
  codes: ["WB105"],
  run: (book) => {
    const entry = entryOf(book);
    const documents = new Map(book.documents.map((document) => [document.file, document]));
    if (entry === undefined || !documents.has(entry)) return [];
    const reached = new Set([entry]);
    for (const file of reached)
      for (const { target } of documents.get(file)?.links ?? []) {
        if (target === undefined) continue;
        if (documents.has(target)) reached.add(target);
        else
          for (const name of [`${target}/README.md`, `${target}/index.md`]) if (documents.has(name)) reached.add(name);
      }
    return book.documents
      .filter(({ file, kind }) => !reached.has(file) && kind !== "report")
      .map(({ file, sections }) =>
        give("WB105", "warn", { file, line: sections[0]?.source.line ?? 1 }, { file, entry }),
      );
  },
};

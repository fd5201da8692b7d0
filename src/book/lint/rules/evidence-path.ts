import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** Paths in the value, whatever separates them: code spans, commas, Chinese enumeration commas. */
const PATH = /[\w.@-]+(?:\/[\w.@-]+)+\.\w+/g;

/** A document names the files that prove it; each must be there (C-003). */
export const evidencePath: LintRule = {
  codes: ["WB106"],
  run: (book) => {
    const known = new Set([...book.files, ...book.documents.map(({ file }) => file)]);
    return book.documents.flatMap((document) =>
      document.data
        .filter(({ key }) => key === "evidence")
        .flatMap(({ value, source }) =>
          [...value.matchAll(PATH)]
            .map(([path]) => path)
            .filter((path) => !known.has(path) && !document.links.some((link) => link.href === path))
            .map((path) => give("WB106", "error", source, { path })),
        ),
    );
  },
};

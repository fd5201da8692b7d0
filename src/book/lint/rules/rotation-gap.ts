import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { comparable, covers, globsOf } from "../logrotate.ts";

/** A log with a retention that no rotation rule of the book reaches, though others are rotated (S-039). */
export const rotationGap: LintRule = {
  codes: ["WB603"],
  run: (book) => {
    const stanzas = book.artefacts.filter(({ form }) => form === "logrotate");
    const globs = stanzas.flatMap(({ content }) => globsOf(content));
    const locations = book.logs.map(({ location }) => location);
    if (globs.length === 0 || !comparable(globs, locations)) return [];
    return book.logs
      .filter(({ location }) => location.startsWith("/") && !globs.some((glob) => covers(glob, location)))
      .map(({ name, location, source }) =>
        give("WB603", "error", source, { name, location, globs, line: stanzas[0]!.source.line }),
      );
  },
};

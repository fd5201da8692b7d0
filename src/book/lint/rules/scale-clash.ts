import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** Alert severities and incident priorities share names, and nothing maps one to the other (domain: two scales). */
export const scaleClash: LintRule = {
  codes: ["WB604"],
  run: (book) => {
    const declared = new Set(book.config.severities.map(({ id }) => id));
    const incidents = new Map(
      book.severities
        .filter(({ scale }) => scale === "incident")
        .toReversed()
        .map((severity) => [severity.id, severity]),
    );
    return book.severities
      .filter(({ scale, id }) => scale === "alert" && !declared.has(id))
      .flatMap(({ id, source }) => {
        const other = incidents.get(id);
        return other ? [give("WB604", "warn", source, { id, file: other.source.file, line: other.source.line })] : [];
      });
  },
};

import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** A weekly or rarer duty without an owner or a due time is nobody's (S-094). */
export const dutyOwner: LintRule = {
  codes: ["WB309"],
  run: (book) =>
    book.duties
      .filter(
        ({ every, owner }) =>
          owner === undefined &&
          (every === "weekly" || every === "monthly" || every === "quarterly" || every === "yearly"),
      )
      .map(({ id, title, every, source }) => give("WB309", "note", source, { id, title, every: every! })),
};

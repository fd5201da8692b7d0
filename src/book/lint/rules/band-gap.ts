import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** Between the end of "normal" and the warning nothing is said; shown as elevated, never alerted (S-025). */
export const bandGap: LintRule = {
  codes: ["WB608"],
  run: (book) =>
    book.thresholds
      .filter(({ normal, warn }) => normal !== undefined && warn !== undefined && normal !== warn)
      .map(({ metric, normal, warn, unit, source }) =>
        give("WB608", "note", source, { metric, normal: `${normal}${unit}`, warn: `${warn}${unit}` }),
      ),
};

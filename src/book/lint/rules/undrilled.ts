import type { LintRule } from "../../../model/book.ts";
import { RECOVERIES } from "../../../model/runbook.ts";
import { inForce } from "../../../model/states.ts";
import { overdueOf } from "../../drilled.ts";
import { give } from "../give.ts";

/** A recovery that was never proven (undrilled), or whose proof is older than its own frequency (overdue) (C-053, K-057). */
export const undrilled: LintRule = {
  codes: ["WB303", "WB304"],
  run: (book, { proofs, today }) => {
    const overdue = new Map(overdueOf(book, proofs, today).map((one) => [one.id, one]));
    return book.runbooks
      .filter((runbook) => inForce(runbook.status) && (RECOVERIES.has(runbook.kind) || runbook.every !== undefined))
      .flatMap(({ id, title, source }) => {
        if (!proofs.has(id)) return [give("WB303", "warn", source, { title, id })];
        const late = overdue.get(id);
        if (!late) return [];
        const { last, days, limit } = late;
        return [give("WB304", "warn", source, { title, last, days, limit })];
      });
  },
};

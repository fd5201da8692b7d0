import type { LintRule } from "../../../model/book.ts";
import type { Every } from "../../../model/every.ts";
import type { RunbookKind } from "../../../model/runbook.ts";
import { give } from "../give.ts";

const DRILLED: ReadonlySet<RunbookKind> = new Set(["restore", "failover", "drill", "rollback", "emergency"]);
const DAYS: Readonly<Partial<Record<Every, number>>> = { daily: 1, weekly: 7, monthly: 31, quarterly: 92, yearly: 366 };
const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** A recovery that was never proven (undrilled), or whose proof is older than its own frequency (overdue) (C-053, K-057). */
export const undrilled: LintRule = {
  codes: ["WB303", "WB304"],
  run: (book, { proofs, today }) =>
    book.runbooks
      .filter((runbook) => runbook.status === "landed" && (DRILLED.has(runbook.kind) || runbook.every !== undefined))
      .flatMap((runbook) => {
        const last = proofs.get(runbook.id);
        if (last === undefined)
          return [give("WB303", "warn", runbook.source, { title: runbook.title, id: runbook.id })];
        const limit = runbook.every === undefined ? undefined : DAYS[runbook.every];
        if (limit === undefined || day(today) - day(last) <= limit) return [];
        return [
          give("WB304", "warn", runbook.source, { title: runbook.title, last, days: day(today) - day(last), limit }),
        ];
      }),
};

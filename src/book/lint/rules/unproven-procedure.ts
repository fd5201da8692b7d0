import type { LintRule } from "../../../model/book.ts";
import type { Runbook } from "../../../model/runbook.ts";
import { inForce } from "../../../model/states.ts";
import { give } from "../give.ts";

const changes = (runbook: Runbook): boolean =>
  inForce(runbook.status) &&
  runbook.steps.some(({ role, risk }) => role !== "diagnose" && (risk === "write" || risk === "destructive"));

/** Changing procedures that nothing verifies or undoes: a score, never an error (convention, section 4). */
export const unprovenProcedure: LintRule = {
  codes: ["WB301", "WB302"],
  run: (book) =>
    book.runbooks.filter(changes).flatMap((runbook) => {
      const args = { title: runbook.title };
      const verified = runbook.steps.some(({ role, verify }) => role === "verify" || verify !== undefined);
      const undone =
        runbook.kind === "rollback" ||
        runbook.rollback !== undefined ||
        runbook.steps.some(({ role, rollback }) => role === "rollback" || rollback !== undefined);
      return [
        ...(verified ? [] : [give("WB301", "note", runbook.source, args)]),
        ...(undone ? [] : [give("WB302", "note", runbook.source, args)]),
      ];
    }),
};

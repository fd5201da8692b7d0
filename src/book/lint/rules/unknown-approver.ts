import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** A step waits for a role that nobody in the book holds, or whose holders cannot sign. */
export const unknownApprover: LintRule = {
  codes: ["WB902"],
  run: (book) =>
    book.runbooks.flatMap(({ steps }) =>
      steps.flatMap(({ approve, source }) => {
        if (approve === undefined) return [];
        const able = book.config.people.some(
          ({ id, roles, key }) => key !== undefined && (id === approve || roles.includes(approve)),
        );
        return able ? [] : [give("WB902", "error", source, { role: approve })];
      }),
    ),
};

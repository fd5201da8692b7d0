import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** A level without a response limit cannot escalate (C-049). A book may declare them in watchbook.yaml. */
export const severityResponse: LintRule = {
  codes: ["WB308"],
  run: (book) =>
    book.severities
      .filter(
        ({ id, respond }) =>
          respond === undefined && !book.config.severities.some((spec) => spec.id === id && spec.respond !== undefined),
      )
      .map(({ id, source }) => give("WB308", "warn", source, { id })),
};

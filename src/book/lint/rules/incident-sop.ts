import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** The procedure for incidents that the book names is not there: at night nobody would find it. */
export const incidentSop: LintRule = {
  codes: ["WB826"],
  run: ({ config: { incidents }, documents, files }) => {
    const file = incidents?.sop;
    if (incidents === undefined || file === undefined) return [];
    const there = documents.some((one) => one.file === file) || files.includes(file);
    return there ? [] : [give("WB826", "error", incidents.source, { file })];
  },
};

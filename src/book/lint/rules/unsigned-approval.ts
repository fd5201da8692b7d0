import type { LintRule } from "../../../model/book.ts";
import { APPROVED, UNSIGNED } from "../../words/lint.ts";
import { give } from "../give.ts";

/** A document that calls itself approved while a reviewer or a signature line is empty (S-001, S-092). */
export const unsignedApproval: LintRule = {
  codes: ["WB901"],
  run: (book) =>
    book.documents.flatMap(({ data, signatures }) => {
      const state = data.find(({ key, value }) => key === "state" && APPROVED.test(value.trim()));
      if (!state) return [];
      const reviewer = data.find(
        ({ key, value }) => key === "reviewer" && (value.trim() === "" || UNSIGNED.test(value)),
      );
      const empty = [
        ...(reviewer ? [reviewer.label] : []),
        ...signatures.filter(({ signed }) => !signed).map(({ role }) => role),
      ];
      return empty.length === 0
        ? []
        : [give("WB901", "error", state.source, { state: state.value.trim(), roles: [...new Set(empty)] })];
    }),
};

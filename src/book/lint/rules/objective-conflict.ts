import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";

/** Two values for one objective of one procedure or document: which one counts? */
export const objectiveConflict: LintRule = {
  codes: ["WB606"],
  run: (book) => {
    const groups = Map.groupBy(
      book.objectives,
      ({ name, source, runbook, unit }) => `${source.file} ${runbook ?? ""} ${name} ${unit}`,
    );
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      const other = group.find(({ value, comparison }) => value !== first!.value || comparison !== first!.comparison);
      if (!other) return [];
      return [
        give("WB606", "error", other.source, {
          name: other.name,
          value: `${other.comparison} ${other.value} ${other.unit}`,
          before: `${first!.comparison} ${first!.value} ${first!.unit}`,
          line: first!.source.line,
        }),
      ];
    });
  },
};

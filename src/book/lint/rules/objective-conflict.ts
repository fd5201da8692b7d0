import type { LintRule } from "../../../model/book.ts";
import type { Objective } from "../../../model/runbook.ts";
import { fold } from "../../words/matcher.ts";
import { give } from "../give.ts";

/** A tier or a service of a table has objectives of its own: 15 minutes for one and 4 hours for another are no conflict. */
const whose = ({ name, source, runbook = "", unit, subject = "" }: Objective): string =>
  JSON.stringify([source.file, runbook, fold(subject), name, unit]);

const shown = ({ comparison, value, unit }: Objective): string => `${comparison} ${value} ${unit}`;

/** Two values for one objective of one procedure, tier or document: which one counts? Each that differs from the first is told. */
export const objectiveConflict: LintRule = {
  codes: ["WB606"],
  run: ({ objectives }) =>
    [...Map.groupBy(objectives, whose).values()].flatMap(([first, ...others]) =>
      others
        .filter((other) => shown(other) !== shown(first!))
        .map((other) =>
          give("WB606", "error", other.source, {
            name: other.name,
            value: shown(other),
            before: shown(first!),
            line: first!.source.line,
          }),
        ),
    ),
};

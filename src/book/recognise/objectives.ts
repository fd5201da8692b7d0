import type { Objective } from "../../model/runbook.ts";
import { readObjective, statedObjectives, unitlessObjectives } from "../words/objectives.ts";
import { finding, sourceAt } from "./place.ts";
import { join } from "./found.ts";
import type { Found, Page, Recogniser } from "./recogniser.ts";
import { sentences } from "./sentences.ts";

const NAMES: readonly Objective["name"][] = ["rto", "rpo", "rollback", "failover", "data-lag"];

/** Objectives in running text (RPO < 15 minutes) and of the front matter. Reports state results, not objectives. */
export const objectives: Recogniser = {
  name: "objectives",
  run(page) {
    const prose =
      page.document.kind === "report"
        ? []
        : sentences(page).flatMap((sentence) =>
            statedObjectives(sentence.text).map(({ name, comparison, value, unit }): Objective => ({
              ...{ name, comparison, value, unit },
              origin: "prose",
              source: sourceAt(page, sentence.line),
            })),
          );
    const unitless =
      page.document.kind === "report"
        ? []
        : sentences(page).flatMap((sentence) =>
            unitlessObjectives(sentence.text).map((args) =>
              finding("WB236", "warn", sourceAt(page, sentence.line), args),
            ),
          );
    const front = Object.entries(page.front.objectives ?? {}).map(([key, text]) => declared(page, key, text));
    return join([...front, { objectives: prose, findings: unitless }]);
  },
};

function declared(page: Page, key: string, text: string): Found {
  const source = sourceAt(page, page.tree.frontMatter?.line ?? 1);
  const name = NAMES.find((each) => each === key);
  const value = readObjective(text);
  if (!name || !value) return { findings: [finding("WB236", "error", source, { name: key, cell: text })] };
  return { objectives: [{ name, ...value, origin: "declared", source }] };
}

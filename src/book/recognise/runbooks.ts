import type { Finding } from "../../model/finding.ts";
import type { Runbook } from "../../model/runbook.ts";
import { sopNumber } from "../words/procedures.ts";
import { flagObjectives } from "./flag-objectives.ts";
import type { Page, Recogniser } from "./recogniser.ts";
import { checked } from "./runbooks/build.ts";
import { distinct, named, paired } from "./runbooks/links.ts";
import { scenarioRunbooks } from "./runbooks/scenarios.ts";
import { sectionRunbooks } from "./runbooks/sections.ts";

/**
 * Procedures: restore, upgrade, rollback, failover, drill, trouble-shooting … with their steps, from headings, ordered
 * lists, fences and numbered comments. Ids are unique within the page; compile makes them unique within the book.
 */
export const runbooks: Recogniser = {
  name: "runbooks",
  run(page) {
    if (page.document.kind === "report" || page.document.kind === "template")
      return { objectives: flagObjectives(page, []) };
    const found = [...sectionRunbooks(page), ...scenarioRunbooks(page)].toSorted(
      (a, b) => a.source.line - b.source.line,
    );
    const linked = named(page, paired(page, distinct(found)));
    const results = linked.runbooks.map(checked);
    const all = results.map((result) => result.runbook);
    return {
      runbooks: all,
      objectives: flagObjectives(page, all),
      findings: [...linked.findings, ...results.flatMap((result) => result.findings), ...empty(page, found)],
    };
  },
};

/** A numbered SOP without a step that could be found: a note, so that it is not taken for one that was read. */
function empty(page: Page, found: readonly Runbook[]): readonly Finding[] {
  const findings: Finding[] = [];
  let next = 0;
  for (const { section } of page.parts) {
    while (next < found.length && (found[next]?.source.line ?? 0) < section.source.line) next++;
    const number = sopNumber(section.title);
    const inside = next < found.length && (found[next]?.source.line ?? 0) <= section.end;
    if (number !== undefined && !inside)
      findings.push({ code: "WB265", level: "note", source: section.source, args: { number, title: section.title } });
  }
  return findings;
}

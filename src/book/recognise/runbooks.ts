import type { Finding } from "../../model/finding.ts";
import type { Runbook } from "../../model/runbook.ts";
import { sopNumber } from "../words/procedures.ts";
import { blockAt } from "./blocks.ts";
import { flagObjectives } from "./flag-objectives.ts";
import type { Page, Recogniser } from "./recogniser.ts";
import { checked } from "./runbooks/build.ts";
import { distinct, named, paired } from "./runbooks/links.ts";
import { isProcedural } from "./runbooks/material.ts";
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
      findings: [
        ...linked.findings,
        ...results.flatMap((result) => result.findings),
        ...empty(page, found),
        ...loose(page, all),
      ],
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

/** Commands right behind the numbered steps of a procedure: which of the steps runs them is not ours to say. */
function loose(page: Page, runbooks: readonly Runbook[]): readonly Finding[] {
  const taken = new Set(runbooks.flatMap(({ steps }) => steps.map(({ block }) => block)));
  const titles = new Map(runbooks.map(({ source, title }) => [source.line, title]));
  return page.parts.flatMap(({ nodes, section, parent }) => {
    const above = page.parts[parent]?.section.source.line;
    const title = titles.get(section.source.line) ?? (above === undefined ? undefined : titles.get(above));
    if (title === undefined) return [];
    return nodes.flatMap((node, index): readonly Finding[] => {
      const before = nodes[index - 1];
      const at = node.kind === "fence" ? blockAt(page, node.line) : undefined;
      const block = at === undefined || taken.has(at) ? undefined : page.blocks[at];
      if (!block || !isProcedural(block) || before?.kind !== "list" || !before.ordered) return [];
      return [{ code: "WB273", level: "warn", source: block.source, args: { title, steps: before.items.length } }];
    });
  });
}

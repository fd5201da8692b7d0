import type { Finding } from "../../model/finding.ts";
import type { Runbook } from "../../model/runbook.ts";
import { everyFence } from "../parse/walk.ts";
import { sopNumber } from "../words/procedures.ts";
import { flagObjectives } from "./flag-objectives.ts";
import type { Page, Part, Recogniser } from "./recogniser.ts";
import { checked } from "./runbooks/build.ts";
import { distinct, named, paired } from "./runbooks/links.ts";
import { heldBy, isProcedural } from "./runbooks/material.ts";
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

/** Commands in the section of a procedure that none of its steps has: which step runs them is not ours to say. */
function loose(page: Page, runbooks: readonly Runbook[]): readonly Finding[] {
  const steps = runbooks.flatMap(({ steps }) => steps);
  const taken = new Set(steps.flatMap(({ commands }) => commands.map(({ line }) => line)));
  const blocks = new Set(steps.map(({ block }) => block));
  const left = new Map(
    page.blocks
      .filter((block, at) => !blocks.has(at) && isProcedural(block) && heldBy(block) === undefined)
      .filter(({ commands }) => !commands.some(({ line }) => taken.has(line)))
      .map((block) => [block.source.line, block]),
  );
  if (left.size === 0) return [];
  const titles = titlesOf(page, runbooks);
  return page.parts.flatMap((part) => {
    const title = titles.get(part);
    if (title === undefined) return [];
    return everyFence(part.nodes).flatMap((fence): readonly Finding[] => {
      const block = left.get(fence.line);
      if (!block) return [];
      const first = block.commands[0]?.text.slice(0, 80) ?? "";
      return [{ code: "WB273", level: "warn", source: block.source, args: { title, first } }];
    });
  });
}

/** The procedure that a section belongs to: its own, or the one that has a step in it. */
function titlesOf(page: Page, runbooks: readonly Runbook[]): ReadonlyMap<Part, string> {
  const titles = new Map<Part, string>();
  let next = 0;
  const lines = runbooks
    .flatMap(({ title, source, steps }) =>
      [source, ...steps.map((step) => step.source)].map(({ line }) => ({ line, title })),
    )
    .toSorted((a, b) => a.line - b.line);
  for (const [index, part] of page.parts.entries()) {
    const end = page.parts[index + 1]?.section.source.line ?? Number.POSITIVE_INFINITY;
    for (; next < lines.length && (lines[next]?.line ?? 0) < end; next++)
      if (!titles.has(part)) titles.set(part, lines[next]?.title ?? "");
  }
  return titles;
}

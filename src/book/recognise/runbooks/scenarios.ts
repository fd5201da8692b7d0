import type { Runbook } from "../../../model/runbook.ts";
import type { Item } from "../../parse/tree.ts";
import { everyItem } from "../../parse/walk.ts";
import { fold } from "../../words/matcher.ts";
import { DISASTER, SCENARIO } from "../../words/procedures.ts";
import type { Page } from "../recogniser.ts";
import { build } from "./build.ts";
import { newMaterial } from "./draft.ts";
import { textsOf } from "./material.ts";

/** Scenarios of a disaster plan (`Scenario 2: …`, in either language) that stand as list items: each is a procedure for people. */
export function scenarioRunbooks(page: Page): readonly Runbook[] {
  const found: Runbook[] = [];
  if (!page.parts.some((part) => DISASTER.in(fold(part.section.title)))) return found;
  for (const part of page.parts) {
    if (!part.section.path.some((title) => DISASTER.in(fold(title)))) continue;
    for (const item of everyItem(part.nodes)) {
      const scenario = SCENARIO.exec(item.lead ?? item.text)?.[1];
      if (scenario !== undefined) found.push(runbookOf(page, item, scenario, part.section.status));
    }
  }
  return found;
}

function runbookOf(page: Page, item: Item, scenario: string, status: Runbook["status"] | undefined): Runbook {
  const material = newMaterial();
  material.around.scenario = scenario.trim();
  const add = (title: string, line: number, details: readonly string[]) =>
    material.steps.push({ title, line, commands: [], details: [...details] });
  if (item.rest) add(item.rest, item.line, []);
  for (const child of item.children)
    if (child.kind === "list")
      for (const one of child.items)
        add(one.lead ?? one.text, one.line, [
          ...(one.lead && one.rest ? [one.rest] : []),
          ...one.children.flatMap(textsOf),
        ]);
  return build(
    page,
    { title: item.lead ?? item.text, line: item.line, kind: "restore", ...(status ? { status } : {}) },
    material,
  );
}

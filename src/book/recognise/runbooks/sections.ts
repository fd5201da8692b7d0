import { forbidsBelow } from "../../words/bans.ts";
import { fold, unnumbered } from "../../words/matcher.ts";
import {
  CONTAINER,
  DIAGNOSIS,
  EXAMPLES,
  FUTURE,
  IMPACT,
  MEANING,
  MITIGATION,
  NO_PROCEDURE,
  ONE_STEP,
  PHASES,
  PROCEDURE,
  sopNumber,
  STEP_TITLE,
  TROUBLES,
} from "../../words/procedures.ts";
import { LEADING_MARKS, LEADING_NUMBER } from "../../words/typography.ts";
import { firstText } from "./text.ts";
import { blockAt } from "../blocks.ts";
import { everyFence } from "../../parse/walk.ts";
import type { Page, Part } from "../recogniser.ts";
import { build, headingOf, kindOf } from "./build.ts";
import { append, newMaterial } from "./draft.ts";
import type { Material } from "./draft.ts";
import { materialOf, textsOf } from "./material.ts";
import { arePhases, phaseOf, ROLLBACK } from "./phases.ts";
import type { Runbook } from "../../../model/runbook.ts";

/** Procedures of a page by its sections, in the order of the page. */
export function sectionRunbooks(page: Page): readonly Runbook[] {
  const found: { readonly at: number; readonly runbook: Runbook }[] = [];
  const taken = new Set<number>();
  const children = childrenOf(page);
  page.parts.forEach((part, index) => {
    if (taken.has(index)) return;
    const own = children[index] ?? [];
    const runbook = alertPage(page, index, own) ?? stepSections(page, index, own);
    if (runbook) {
      found.push({ at: index, runbook });
      for (const child of own) taken.add(child);
      return;
    }
    const single = section(page, part, index);
    if (single) found.push({ at: index, runbook: single });
    else for (const planned of listed(page, part, own)) found.push({ at: index, runbook: planned });
  });
  return found.map((one) => one.runbook);
}

/** Indexes of the parts directly below each part; part 0 is nobody's child. */
function childrenOf(page: Page): readonly (readonly number[])[] {
  const children: number[][] = page.parts.map(() => []);
  page.parts.forEach((part, at) => {
    if (at > 0) children[part.parent]?.push(at);
  });
  return children;
}

/** One section with its own steps: by its number, by its words, by where it stands, or because its fence is numbered. */
function section(page: Page, part: Part, index: number): Runbook | undefined {
  const { title } = part.section;
  if (title === "" || ONE_STEP.test(title.trim()) || forbidsBelow(title)) return undefined;
  const folded = fold(unnumbered(title));
  const above = part.parent < 0 ? "" : (page.parts[part.parent]?.section.title ?? "");
  const container = CONTAINER.in(fold(above)) || undefined;
  const troubles = TROUBLES.in(fold(above)) && !NO_PROCEDURE.in(folded);
  const number = sopNumber(title) ?? (container && numberUnder(title));
  const kind = kindOf(title);
  const named = number !== undefined || kind !== undefined || PROCEDURE.in(folded) || container || troubles;
  if (!named && !hasSteps(page, part)) return undefined;
  if (number === undefined && EXAMPLES.in(folded)) return undefined;
  if (number === undefined && NO_PROCEDURE.in(folded) && !hasSteps(page, part)) return undefined;
  const material = materialOf(page, part.nodes, title);
  if (material.steps.length === 0) return undefined;
  if (index === 0) return undefined;
  return build(page, headingOf(part, kind ?? (troubles ? "troubleshoot" : "other"), number), material);
}

/** `### 1. Preflight` under a heading of SOPs is SOP-1. */
const numberUnder = (title: string): string | undefined => {
  const found = LEADING_NUMBER.exec(title);
  return found && !/^\d+\.\d/.test(title) ? `SOP-${found[1]}` : undefined;
};

const hasSteps = (page: Page, part: Part): boolean =>
  page.blocks.some((block) => block.kind === "steps") &&
  everyFence(part.nodes).some((fence) => {
    const at = blockAt(page, fence.line);
    return at !== undefined && page.blocks[at]?.kind === "steps" && page.blocks[at].state !== "ignored";
  });

/** The shape of an alert's page: at least three of meaning, impact, diagnosis, mitigation below one heading. */
function alertPage(page: Page, index: number, own: readonly number[]): Runbook | undefined {
  if (own.length < 3) return undefined;
  const part = page.parts[index];
  const titles = own.map((at) => fold(unnumbered(page.parts[at]?.section.title ?? "")));
  const which = (words: typeof MEANING) => own[titles.findIndex((title) => words.is(title))];
  const [meaning, impact, diagnosis, mitigation] = [MEANING, IMPACT, DIAGNOSIS, MITIGATION].map(which);
  if (!part || [meaning, impact, diagnosis, mitigation].filter((at) => at !== undefined).length < 3) return undefined;
  const material = newMaterial();
  for (const [at, role] of [
    [diagnosis, "diagnose"],
    [mitigation, "do"],
  ] as const) {
    if (at === undefined) continue;
    for (const inside of [at, ...page.parts.flatMap((other, index) => (other.parent === at ? [index] : []))]) {
      const own = alertSteps(page, inside);
      if (role === "diagnose")
        for (const step of own.steps) if (step.commands.every(({ risk }) => risk === "read")) step.role = role;
      append(material, own);
    }
  }
  const scenario = meaning === undefined ? undefined : firstText(page.parts[meaning]?.nodes ?? []);
  const symptom = impact === undefined ? undefined : firstText(page.parts[impact]?.nodes ?? []);
  if (scenario !== undefined) material.around.scenario = scenario;
  if (symptom !== undefined) material.around.symptom = symptom;
  return build(page, headingOf(part, "troubleshoot", sopNumber(part.section.title)), material);
}

/** Steps of a diagnosis or mitigation: fences, items of its lists, else its text as one thing to be done by hand. */
function alertSteps(page: Page, at: number): Material {
  const { section, nodes } = page.parts[at] ?? { section: undefined, nodes: [] };
  const title = section?.title ?? "";
  const material = materialOf(page, nodes, title, true);
  const details = nodes.flatMap(textsOf);
  if (material.steps.length === 0 && details.length > 0)
    material.steps.push({ title, line: section?.source.line ?? 1, commands: [], details });
  return material;
}

/** A procedure whose steps are subsections: `### 1. Stop`, `### Verify`. */
function stepSections(page: Page, index: number, own: readonly number[]): Runbook | undefined {
  const part = page.parts[index];
  if (!part || part.section.title === "" || forbidsBelow(part.section.title)) return undefined;
  const folded = fold(unnumbered(part.section.title));
  const kind = kindOf(part.section.title);
  const number = sopNumber(part.section.title);
  const told = own.filter((at) => ONE_STEP.test(page.parts[at]?.section.title.trim() ?? "")).length > 1;
  if ((kind === undefined && number === undefined && !told && !PROCEDURE.in(folded)) || isContainer(folded, number))
    return undefined;
  const { title } = part.section;
  const titles = own.map((at) => page.parts[at]?.section.title ?? "");
  const phases = titles.map((each) => (sopNumber(each) === undefined ? phaseOf(each, title) : undefined));
  const numbered = titles.filter(isStep).length;
  const steps = titles.filter((each, index) => isStep(each) || phases[index] !== undefined).length;
  if (steps < 2 || (numbered === 0 && !arePhases(phases, title)) || steps * 2 < own.length) return undefined;
  const material: Material = materialOf(page, part.nodes, title);
  for (const [index, at] of own.entries()) {
    const name = phases[index]?.name;
    // A drill of the way back goes it.
    append(material, childSteps(page, at, kind === "drill" && name === ROLLBACK ? undefined : name));
  }
  return material.steps.length < 2 ? undefined : build(page, headingOf(part, kind ?? "other", number), material);
}

/** Headings of many procedures; one with a number of its own is a procedure. */
const isContainer = (folded: string, number: string | undefined): boolean =>
  number === undefined && (CONTAINER.in(folded) || TROUBLES.in(folded));

const isStep = (title: string): boolean => STEP_TITLE.test(title) && sopNumber(title) === undefined;

/** Steps of a subsection; one without any is a manual step with its text as details. */
function childSteps(page: Page, at: number, name: string | undefined): Material {
  const part = page.parts[at];
  if (!part) return newMaterial();
  const title = part.section.title.replace(STEP_TITLE, "").replace(LEADING_MARKS, "") || part.section.title;
  const material = materialOf(page, part.nodes, title);
  const phase = name ?? PHASES.find(([, words]) => words.is(fold(title)))?.[0];
  if (material.steps.length === 0)
    material.steps.push({ title, line: part.section.source.line, commands: [], details: part.nodes.flatMap(textsOf) });
  // Whatever the way back consists of, none of it is done on the way.
  for (const step of material.steps)
    if (phase === ROLLBACK) step.role = ROLLBACK;
    else if (phase !== undefined) step.phase ??= phase;
  return material;
}

/** Procedures that a section only lists, as optional or planned: shown, never executable. */
function listed(page: Page, part: Part, own: readonly number[]): readonly Runbook[] {
  const { status, title } = part.section;
  if (status === undefined || status === "landed" || own.length > 0 || !CONTAINER.in(fold(title))) return [];
  const texts = part.nodes.flatMap(textsOf);
  const planned = texts.some((text) => FUTURE.test(text)) ? ("planned" as const) : status;
  return part.nodes.flatMap((node) =>
    node.kind !== "list" || node.ordered
      ? []
      : node.items.map((item) =>
          build(
            page,
            { title: item.text, line: item.line, kind: kindOf(item.text) ?? "other", status: planned },
            newMaterial(),
          ),
        ),
  );
}

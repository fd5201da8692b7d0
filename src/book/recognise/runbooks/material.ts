import type { Block, Command } from "../../../model/block.ts";
import type { Fence, Item, List, Node, Paragraph, Quote } from "../../parse/tree.ts";
import { readEvery } from "../../words/every.ts";
import { isCircumstance, ONE_OF, ONE_WAY, UNSURE } from "../../words/circumstances.ts";
import { CONDITION, OPTION, SAME_AS } from "../../words/examples.ts";
import { IF, INSTEAD, SYMPTOM } from "../../words/fences.ts";
import { bare, fold } from "../../words/matcher.ts";
import { BANNER, LEADS, PHASES, SCENARIO } from "../../words/procedures.ts";
import { COLON_LEAD, LEADING_COLON, TRAILING_COLON } from "../../words/typography.ts";
import { blockAt } from "../blocks.ts";
import { stepsOfBlock } from "../fence/steps.ts";
import type { Page } from "../recogniser.ts";
import { plainTitle } from "./build.ts";
import { newMaterial } from "./draft.ts";
import type { Material, StepDraft } from "./draft.ts";

const RUNS = new Set<Block["kind"]>(["script", "steps", "transcript", "follow", "interactive"]);

/** A block whose commands are a step of a procedure, whatever still holds it. */
export const isProcedural = (block: Block): boolean =>
  RUNS.has(block.kind) &&
  block.state !== "ignored" &&
  block.state !== "narrative" &&
  block.commands.length + Number(block.kind === "steps") > 0;

/**
 * Steps and what stands around them, out of the nodes of one section. `items`: what stands in a list without numbers is to
 * be done as well.
 */
export function materialOf(page: Page, nodes: readonly Node[], title: string, items = false): Material {
  const material = newMaterial(items);
  gather(page, nodes, title, material);
  return material;
}

function gather(page: Page, nodes: readonly Node[], title: string, material: Material): void {
  nodes.forEach((node, index) => {
    if (node.kind === "paragraph") {
      const leads = byLead(node);
      leads.forEach((each, at) => paragraph(each, material, at === leads.length - 1 ? nodes[index + 1] : undefined));
    } else if (node.kind === "quote") quote(node, material);
    else if (node.kind === "fence") fence(page, node, nodes, index, title, material);
    else if (node.kind === "list" && node.ordered) ordered(page, node, material);
    else if (node.kind === "list") unordered(page, node, title, material);
  });
}

/** The lines of a paragraph, cut where a line begins with a bold lead of ours: an author need not leave a blank line between. */
function byLead(node: Paragraph): readonly Paragraph[] {
  if (!node.text.includes("\n")) return [node];
  const lines = node.text.split("\n");
  const starts = lines.flatMap((text, at) => {
    const bold = node.spans.find((span) => span.kind === "strong" && span.line === node.line + at)?.text;
    const lead = bold !== undefined && text.startsWith(bold) ? bare(fold(bold)) : "";
    return at === 0 || (lead !== "" && (KNOWN.some((words) => words.is(lead)) || BANNER.starts(lead))) ? [at] : [];
  });
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? lines.length;
    const spans = node.spans.filter(({ line }) => line >= node.line + from && line < node.line + to);
    return { ...node, text: lines.slice(from, to).join("\n"), line: node.line + from, end: node.line + to - 1, spans };
  });
}

/** Leads of a paragraph that say something of the procedure. */
const KNOWN = [
  LEADS.directory,
  LEADS.purpose,
  LEADS.scenario,
  LEADS.symptom,
  LEADS.every,
  LEADS.preconditions,
  LEADS.flow,
];

/** A paragraph may carry a lead (`**Directory**:`), a warning, or nothing that concerns us. */
function paragraph(node: Paragraph, material: Material, next: Node | undefined): void {
  const strong = node.spans.find((span) => span.kind === "strong" && node.text.startsWith(span.text));
  const [lead, rest] = splitLead(node.text, strong?.text);
  const folded = bare(fold(lead));
  if (LEADS.directory.is(folded)) {
    const spans = rest === "" && next?.kind === "paragraph" ? next.spans : node.spans;
    const path = spans.find((span) => span.kind === "code")?.text.trim();
    if (path !== undefined && /^[/~]/.test(path)) material.around.cwd = path;
  } else if (strong && BANNER.starts(folded)) material.around.banner = node.text;
  else if (lead !== "")
    takeLead(material, folded, rest, rest === "" && next?.kind === "list" ? next.items.map((item) => item.text) : []);
}

/** A lead and what follows its colon. */
function splitLead(text: string, strong: string | undefined): readonly [string, string] {
  if (strong !== undefined) return [strong, text.slice(strong.length).replace(LEADING_COLON, "").trim()];
  const colon = COLON_LEAD.exec(text);
  return colon ? [colon[1] ?? "", text.slice(colon[0].length).trim()] : ["", text];
}

/** Purpose, frequency, scenario, preconditions, symptom. */
function takeLead(material: Material, folded: string, rest: string, items: readonly string[]): boolean {
  const { around } = material;
  if (LEADS.purpose.is(folded)) around.purpose ??= rest;
  else if (LEADS.scenario.is(folded)) around.scenario ??= rest;
  else if (LEADS.symptom.is(folded)) around.symptom ??= rest;
  else if (LEADS.every.is(folded)) {
    const read = readEvery(rest);
    if (read.kind === "one") around.every = read.every;
  } else if (LEADS.preconditions.is(folded)) around.preconditions.push(...(rest === "" ? [] : [rest]), ...items);
  else return false;
  return true;
}

const ALERT_BOX = /^\[!(?:WARNING|CAUTION|IMPORTANT|DANGER)\]\s*/i;

/** `> [!WARNING]` and quotes that begin with a word of warning. */
function quote(node: Quote, material: Material): void {
  const text = node.children
    .flatMap((child) =>
      child.kind === "paragraph" ? [child.text] : child.kind === "list" ? child.items.map((item) => item.text) : [],
    )
    .join("\n");
  if (ALERT_BOX.test(text)) material.around.banner = text.replace(ALERT_BOX, "").trim();
  else if (BANNER.starts(fold(text))) material.around.banner = text.trim();
}

function fence(
  page: Page,
  node: Fence,
  nodes: readonly Node[],
  index: number,
  title: string,
  material: Material,
): void {
  const at = blockAt(page, node.line);
  const block = at === undefined ? undefined : page.blocks[at];
  if (at === undefined || !block || !isProcedural(block)) return;
  const before = nodes[index - 1];
  if (before?.kind === "list" && before.ordered) {
    const last = material.steps.at(-1);
    if (last && last.commands.length === 0 && continues(before, nodes[index + 1])) return attach(last, block, at);
    return;
  }
  material.steps.push(...blockSteps(block, at, labelOf(before) || plainTitle(title), material));
}

/** What introduces a fence: a paragraph, or the last item of a list when it ends with a colon. Bare words (Command:) say nothing. */
function labelOf(before: Node | undefined): string {
  const last = before?.kind === "list" ? (before.items.at(-1)?.text ?? "") : "";
  const text = before?.kind === "paragraph" ? before.text : TRAILING_COLON.test(last) ? last : "";
  return text.includes("\n") || !LEADS.bare.is(bare(fold(text))) ? text : "";
}

/** The fence interrupts a list that goes on behind it, or follows a list of one item. */
const continues = (list: List, next: Node | undefined): boolean =>
  list.items.length === 1 || (next?.kind === "list" && next.ordered && next.start === list.start + list.items.length);

function attach(step: StepDraft, block: Block, at: number): void {
  step.commands = block.commands;
  step.block = at;
  const held = heldBy(block);
  if (held !== undefined) step.held = held;
}

export const heldBy = (block: Block): string | undefined =>
  block.state === "ambiguous" || block.state === "conflict" ? block.rule : undefined;

/** One step, or the numbered ones of a block. */
function blockSteps(block: Block, at: number, label: string, material: Material): readonly StepDraft[] {
  const held = heldBy(block);
  const common = {
    block: at,
    ...(held === undefined ? {} : { held }),
    ...(material.around.cwd === undefined ? {} : { cwd: block.attributes["cwd"] ?? material.around.cwd }),
  };
  const numbered = block.kind === "steps" ? stepsOfBlock(block) : undefined;
  if (!numbered) {
    const title = block.attributes["name"] !== undefined && label === "" ? block.attributes["name"] : firstLine(label);
    return [withBanner({ title, line: block.source.line, commands: block.commands, details: [], ...common }, material)];
  }
  for (const comment of numbered.before) {
    const symptom = SYMPTOM.exec(comment)?.[1];
    if (symptom !== undefined) material.around.symptom ??= symptom;
  }
  return numbered.steps.map((step) =>
    withBanner(
      { title: step.title, line: step.line, commands: step.commands, details: [...step.notes], ...common },
      material,
    ),
  );
}

const firstLine = (text: string): string => (text.split("\n", 1)[0] ?? "").replace(TRAILING_COLON, "").trim();

/** A warning stands over the next step that changes something. */
function withBanner(step: StepDraft, material: Material): StepDraft {
  const { banner } = material.around;
  if (
    banner === undefined ||
    (step.commands.length > 0 && step.commands.every((command: Command) => command.risk === "read"))
  )
    return step;
  delete material.around.banner;
  return { ...step, banner };
}

function ordered(page: Page, list: List, material: Material): void {
  for (const item of list.items) material.steps.push(...stepsOf(page, item, material));
}

/**
 * An item: its lead or text is the title; fences inside, also those of lists below it, are its commands in their order;
 * what else stands inside are details. A further fence with attributes of its own is a step of its own, and what comes
 * behind it as well: the attributes say what is asked before that fence, and how it is proven.
 */
function stepsOf(page: Page, item: Item, material: Material): readonly StepDraft[] {
  const title = (item.lead ?? firstLine(item.text)) || firstLine(item.text);
  const step: StepDraft = { title, line: item.line, commands: [], details: item.lead && item.rest ? [item.rest] : [] };
  const folded = bare(fold(title));
  const phase = PHASES.find(([, phaseWords]) => phaseWords.is(folded));
  if (phase) step.phase = phase[0];
  if (material.around.cwd !== undefined) step.cwd = material.around.cwd;
  for (const child of item.children) {
    if (child.kind === "quote") quote(child, material);
    else if (child.kind !== "fence") step.details.push(...textsOf(child));
  }
  const steps = [step];
  for (const { fence, above } of fencesIn(item.children, [item.text])) {
    const at = blockAt(page, fence.line);
    const block = at === undefined ? undefined : page.blocks[at];
    if (at === undefined || !block || !isProcedural(block)) continue;
    const last = steps.at(-1) ?? step;
    // Lint names the block that no step has; without it the step is not whole.
    if (block.state === "recognised" && above.length > 1 && above.some(isTied)) last.held ??= "fence/alternatives";
    else if (last.block === undefined) attach(last, block, at);
    else if (last === step && Object.keys(block.attributes).length === 0) join(last, block);
    else {
      const own: StepDraft = { ...step, title: firstLine(above.at(-1) ?? title), line: fence.line, details: [] };
      delete own.held;
      attach(own, block, at);
      steps.push(own);
    }
  }
  return steps.map((each) => withBanner(each, material));
}

interface Inside {
  readonly fence: Fence;
  /** Texts of the items around it, outermost first. */
  readonly above: readonly string[];
}

/** Fences of a text and of the lists in it; what stands in a quote only speaks about the step. */
const fencesIn = (nodes: readonly Node[], above: readonly string[]): readonly Inside[] =>
  nodes.flatMap((node) => {
    if (node.kind === "fence") return [{ fence: node, above }];
    return node.kind === "list" ? node.items.flatMap((item) => fencesIn(item.children, [...above, item.text])) : [];
  });

/** Done only in some case, or one way of several: nothing to be done with the rest of its step. */
const isTied = (text: string): boolean => {
  const start = text.slice(0, 400);
  return isCircumstance(start) || TIED.some((pattern) => pattern.test(start));
};
const TIED = [IF, CONDITION, INSTEAD, OPTION, SAME_AS, ONE_OF, UNSURE, SCENARIO, ...ONE_WAY];

/** Commands of one more block behind those of a step. */
function join(step: StepDraft, block: Block): void {
  step.commands = [...step.commands, ...block.commands];
  const held = heldBy(block);
  if (held !== undefined) step.held ??= held;
}

/** Texts of nested lists and paragraphs, flat. */
export function textsOf(node: Node): readonly string[] {
  if (node.kind === "paragraph") return [node.text];
  if (node.kind === "list") return node.items.flatMap((item) => [item.text, ...item.children.flatMap(textsOf)]);
  return [];
}

/** A list of bold leads: purpose, frequency, flow … The flow's ordered list holds the steps; fences inside are steps as well. */
function unordered(page: Page, list: List, title: string, material: Material): void {
  for (const item of list.items) {
    const [lead, rest] = item.lead === undefined ? splitLead(item.text, undefined) : [item.lead, item.rest ?? ""];
    const folded = bare(fold(lead));
    const nested = item.children.flatMap((child) => (child.kind === "list" ? child.items.map((one) => one.text) : []));
    if (lead !== "" && takeLead(material, folded, rest, nested)) continue;
    const flow = item.children.some((child) => child.kind === "list" && child.ordered);
    if (flow && (LEADS.flow.is(folded) || LEADS.flow.in(folded))) gather(page, item.children, title, material);
    else if (material.items && !item.children.some((child) => child.kind === "fence"))
      material.steps.push(...stepsOf(page, item, material));
    else {
      const runs = (child: Node): boolean =>
        child.kind === "fence" || (child.kind === "list" && !isTied(item.text) && fencesIn([child], []).length > 0);
      gather(page, item.children.filter(runs), firstLine(item.text), material);
    }
  }
}

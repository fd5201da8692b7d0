import type { Block } from "../../model/block.ts";
import type { Finding } from "../../model/finding.ts";
import type { Node } from "../parse/tree.ts";
import { aroundOf, summaries, titleOf } from "./fence/around.ts";
import type { Around, Near } from "./fence/around.ts";
import { attributeFindings } from "./fence/attributes.ts";
import { withHazards } from "./fence/hazards.ts";
import { RULES } from "./fence/rules.ts";
import { remember } from "./fence/steps.ts";
import { makeView } from "./fence/view.ts";
import type { Ruling, View } from "./fence/view.ts";
import type { Page, Part } from "./recogniser.ts";

/**
 * Every fence and indented block of a page as a Block, in the order of the file, each in exactly one state.
 * @see docs/formats/book.md, the decision order of code blocks
 */
export function classifyBlocks(page: Page): {
  readonly blocks: readonly Block[];
  readonly findings: readonly Finding[];
} {
  const blocks: Block[] = [];
  const findings: Finding[] = [];
  const names = new Map<string, number>();
  for (const view of viewsOf(page)) {
    const misread = attributeFindings(view);
    const ruling = misread.length > 0 ? unsure(rulingOf(view)) : rulingOf(view);
    const block = blockOf(view, ruling);
    if (block.kind === "steps") remember(block, view.shell());
    blocks.push(block);
    for (const { code, args, line } of [...misread, ...(ruling.findings ?? [])])
      findings.push({
        code,
        level: code === "WB254" ? "error" : "warn",
        source: { file: page.file, line: line ?? view.fence.line },
        args: { lang: view.lang, ...args },
      });
    const name = view.info.attributes["name"];
    const before = name === undefined ? undefined : names.get(name);
    if (name !== undefined && before !== undefined)
      findings.push({
        code: "WB264",
        level: "warn",
        source: { file: page.file, line: view.fence.line },
        args: { name, line: before },
      });
    else if (name !== undefined) names.set(name, view.fence.line);
  }
  return { blocks, findings };
}

function rulingOf(view: View): Ruling {
  for (const rule of RULES) {
    const ruling = rule(view);
    if (ruling) return withHazards(view, ruling);
  }
  throw new Error(`no rule for the fence at ${view.page.file}:${view.fence.line}`);
}

/** What an attribute that is not understood was meant to say nobody knows: perhaps who must approve, or never to run it. */
const unsure = (ruling: Ruling): Ruling =>
  (ruling.state !== "recognised" && ruling.state !== "declared") || LOOKED_AT.has(ruling.kind)
    ? ruling
    : {
        ...ruling,
        state: "ambiguous",
        rule: "fence/attributes",
        candidates: [{ kind: ruling.kind, evidence: ruling.rule }],
      };

/** Kinds that are only looked at. */
const LOOKED_AT: ReadonlySet<Block["kind"]> = new Set(["config", "data", "diagram", "text"]);

const blockOf = (view: View, ruling: Ruling): Block => ({
  source: { file: view.page.file, line: view.fence.line },
  end: view.fence.end,
  lang: view.lang,
  path: view.part.section.path,
  state: ruling.state,
  kind: ruling.kind,
  rule: ruling.rule,
  candidates: ruling.candidates ?? [],
  ...(ruling.risk ? { risk: ruling.risk } : {}),
  commands: ruling.commands ?? [],
  attributes: view.info.attributes,
  text: view.fence.text,
  ...(ruling.expected ? { expected: ruling.expected } : {}),
});

function viewsOf(page: Page): readonly View[] {
  const views: View[] = [];
  for (const part of page.parts) gather(views, page, part, part.nodes);
  return views;
}

/** Fences with what stands around each; a list item's own text stands before its first fence. */
function gather(
  views: View[],
  page: Page,
  part: Part,
  nodes: readonly Node[],
  titles: readonly Near[] = [],
  item?: Near,
): void {
  let around: Around | undefined;
  let opened: readonly Near[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    if (node.kind === "html") opened = summaries(opened, node.text);
    const above = opened.length > 0 ? [...titles, ...opened] : titles;
    if (node.kind === "fence") {
      // Fences one behind the other share the text before the first.
      around = aroundOf(nodes, i, above, item, nodes[i - 1]?.kind === "fence" ? around : undefined);
      views.push(makeView(page, part, node, around));
    }
    if (node.kind === "quote") gather(views, page, part, node.children, above);
    if (node.kind === "list")
      for (const each of node.items) {
        if (each.children.length === 0) continue;
        const title = titleOf(each);
        gather(views, page, part, each.children, [...above, title], title);
      }
  }
}

/** Index of the block that begins on a line; undefined for another page's. */
export function blockAt(page: Page, line: number): number | undefined {
  let index = lines.get(page.blocks);
  if (!index) lines.set(page.blocks, (index = new Map(page.blocks.map((block, at) => [block.source.line, at]))));
  return index.get(line);
}
const lines = new WeakMap<readonly Block[], ReadonlyMap<number, number>>();

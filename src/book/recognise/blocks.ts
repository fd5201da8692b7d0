import type { Block } from "../../model/block.ts";
import type { Finding } from "../../model/finding.ts";
import type { Fence, Node } from "../parse/tree.ts";
import { attributeFindings } from "./fence/attributes.ts";
import { withHazards } from "./fence/hazards.ts";
import { RULES } from "./fence/rules.ts";
import { remember } from "./fence/steps.ts";
import { makeView } from "./fence/view.ts";
import type { Ruling, View } from "./fence/view.ts";
import type { Page } from "./recogniser.ts";

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
    const ruling = rulingOf(view);
    const block = blockOf(view, ruling);
    if (block.kind === "steps") remember(block, view.shell());
    blocks.push(block);
    for (const { code, args, line } of [...attributeFindings(view), ...(ruling.findings ?? [])])
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

function* viewsOf(page: Page): Generator<View> {
  for (const part of page.parts)
    for (const [fence, label, after] of fencesOf(part.nodes)) yield makeView(page, part, fence, label, after);
}

/** Fences with the text directly before and behind each; a list item's own text stands before its first fence. */
function* fencesOf(nodes: readonly Node[], above = ""): Generator<readonly [Fence, string, string]> {
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    const before = nodes[i - 1];
    if (node.kind === "fence") yield [node, i === 0 ? above : textOf(before), textOf(nodes[i + 1])];
    if (node.kind === "quote") yield* fencesOf(node.children);
    if (node.kind === "list") for (const item of node.items) yield* fencesOf(item.children, item.text);
  }
}

const textOf = (node: Node | undefined): string => (node?.kind === "paragraph" ? node.text : "");

/** Index of the block that begins on a line; undefined for another page's. */
export function blockAt(page: Page, line: number): number | undefined {
  let index = lines.get(page.blocks);
  if (!index) lines.set(page.blocks, (index = new Map(page.blocks.map((block, at) => [block.source.line, at]))));
  return index.get(line);
}
const lines = new WeakMap<readonly Block[], ReadonlyMap<number, number>>();

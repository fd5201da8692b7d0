import type { Section } from "../../model/document.ts";
import type { Status } from "../../model/states.ts";
import type { Heading, Node } from "../parse/tree.ts";
import type { Part } from "../recognise/recogniser.ts";
import { statusOfTitle } from "../words/documents.ts";
import { slugger } from "./slug.ts";

interface Draft {
  readonly heading: Heading | undefined;
  readonly nodes: Node[];
  readonly parent: number;
  readonly path: readonly string[];
  readonly status: Status | undefined;
  readonly slug: string;
  end: number;
}

/** A status that an annotation gives to the section it stands in. */
export interface Declared {
  readonly line: number;
  readonly status: Status;
}

/**
 * Cuts a document at its top-level headings. Part 0 holds what stands before the first one. A section's status is what
 * an annotation in it declares, else what its own title claims, else its parent's, else the document's.
 */
export function partsOf(
  file: string,
  nodes: readonly Node[],
  lines: number,
  status?: Status,
  declared: readonly Declared[] = [],
): readonly Part[] {
  const own = statusByHeading(nodes, declared);
  const slug = slugger();
  const drafts: Draft[] = [{ heading: undefined, nodes: [], parent: -1, path: [], status, slug: "", end: lines }];
  const open: number[] = [];
  for (const node of nodes) {
    if (node.kind !== "heading") {
      drafts.at(-1)!.nodes.push(node);
      continue;
    }
    if (drafts.length === 1) drafts[0]!.end = node.line - 1;
    while (open.length > 0 && drafts[open.at(-1)!]!.heading!.depth >= node.depth)
      drafts[open.pop()!]!.end = node.line - 1;
    const parent = open.at(-1) ?? -1;
    const above = drafts[parent];
    open.push(drafts.length);
    drafts.push({
      heading: node,
      nodes: [],
      parent,
      path: [...(above?.path ?? []), node.text],
      status: own.get(node.line) ?? statusOfTitle(node.text) ?? above?.status ?? status,
      slug: node.id ?? slug(node.text),
      end: lines,
    });
  }
  return drafts.map((draft) => ({ section: sectionOf(file, draft), nodes: draft.nodes, parent: draft.parent }));
}

/** Declared statuses by the line of the heading above each; both come in the order of the file. */
function statusByHeading(nodes: readonly Node[], declared: readonly Declared[]): ReadonlyMap<number, Status> {
  const found = new Map<number, Status>();
  if (declared.length === 0) return found;
  const lines = nodes.filter(({ kind }) => kind === "heading").map(({ line }) => line);
  let at = -1;
  for (const { line, status } of declared) {
    while (at + 1 < lines.length && lines[at + 1]! < line) at++;
    if (at >= 0) found.set(lines[at]!, status);
  }
  return found;
}

const sectionOf = (file: string, draft: Draft): Section => ({
  source: { file, line: draft.heading?.line ?? 1 },
  end: Math.max(draft.end, draft.heading?.end ?? 1),
  depth: draft.heading?.depth ?? 0,
  title: draft.heading?.text ?? "",
  path: draft.path,
  slug: draft.slug,
  ...(draft.status ? { status: draft.status } : {}),
});

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

/**
 * Cuts a document at its top-level headings. Part 0 holds what stands before the first one. A section's status is what
 * its own title claims, else its parent's, else the document's.
 */
export function partsOf(file: string, nodes: readonly Node[], lines: number, status?: Status): readonly Part[] {
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
      status: statusOfTitle(node.text) ?? above?.status ?? status,
      slug: node.id ?? slug(node.text),
      end: lines,
    });
  }
  return drafts.map((draft) => ({ section: sectionOf(file, draft), nodes: draft.nodes, parent: draft.parent }));
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

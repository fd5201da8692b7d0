import type { Page } from "../recognise/recogniser.ts";
import { everyNode } from "../parse/walk.ts";
import { slugger } from "./slug.ts";

const htmlId = /<[a-z][^<>]*?\s(?:id|name)\s*=\s*["']?([^"'\s<>]+)/gi;
const known = new WeakMap<Page, ReadonlySet<string>>();

/** Everything `#…` can point to in a page: heading slugs by GitHub's rule, `{#id}`, ids and names of HTML tags. */
export function anchorsOf(page: Page): ReadonlySet<string> {
  const ready = known.get(page);
  if (ready) return ready;
  const anchors = new Set<string>(["top"]);
  const slug = slugger();
  for (const node of everyNode(page.tree.nodes)) {
    if (node.kind !== "heading") continue;
    anchors.add(slug(node.text));
    if (node.id !== undefined) anchors.add(node.id);
  }
  if (page.text.includes("<")) for (const match of page.text.matchAll(htmlId)) anchors.add(match[1]!);
  known.set(page, anchors);
  return anchors;
}

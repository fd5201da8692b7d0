import type { Link } from "../../model/document.ts";
import type { Source } from "../../model/source.ts";
import type { Span, Tree } from "../parse/tree.ts";
import { everyNode, spansOf } from "../parse/walk.ts";

const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:|^\/\//;
/** A path with a Markdown extension and no blank: what a code span must look like to be a link. */
const markdownPath = /^\.{0,2}\/?[^\s`'"$*?|;&()[\]{}]+\.(?:md|markdown)(?:#\S*)?$/i;
/** Parts of a file name that stand for something else: dates, numbers, `<topic>`, `*`, `{name}`. */
const placeholder = /YYYY|(?<![A-Za-z])(?:XX+|NN+)(?![A-Za-z])|<[^>]*>|[*{}]|%[YmdHMS]|…|\.\.\.(?!\/)/;

/** Is it a pattern of file names rather than one file? */
export const isNamePattern = (text: string): boolean => placeholder.test(text);

/** Links of a document in the order of the file, states not yet looked up: see resolveLinks. */
export function linksOf(file: string, tree: Tree): readonly Link[] {
  const links: Link[] = [];
  for (const node of everyNode(tree.nodes))
    for (const span of spansOf(node)) {
      const link = span.kind === "strong" || span.kind === "deleted" ? undefined : linkOf(span, file);
      if (link) links.push(link);
    }
  for (const { label, href, line } of tree.definitions)
    links.push({ source: { file, line }, href, text: label, origin: "definition", state: firstState(href) });
  return links.sort((a, b) => a.source.line - b.source.line);
}

function linkOf(span: Span, file: string): Link | undefined {
  const source: Source = { file, line: span.line };
  if (span.kind === "code") {
    const text = span.text.trim();
    if (!markdownPath.test(text) && !(isNamePattern(text) && /\.(?:md|markdown)$/i.test(text) && !/\s/.test(text)))
      return undefined;
    return { source, href: text, text, origin: "code", state: firstState(text) };
  }
  if ((span.kind !== "link" && span.kind !== "image") || span.reference) return undefined;
  const href = span.href ?? "";
  return { source, href, text: span.text, origin: span.kind, state: firstState(href) };
}

/** Tags of site generators: `{{< ref x >}}`, `{% link x %}`. */
const generated = /\{\{|\{%/;

function firstState(href: string): Link["state"] {
  if (generated.test(href)) return "site";
  if (scheme.test(href)) return "external";
  return isNamePattern(href) ? "pattern" : "ok";
}

import type { ReadingStep } from "../../model/policy.ts";
import type { Node, Span } from "../parse/tree.ts";
import { everyNode, spansOf } from "../parse/walk.ts";
import { fold, unnumbered } from "../words/matcher.ts";
import { READING_HEADING } from "../words/policies.ts";
import { sourceAt } from "./place.ts";
import type { Page, Part, Recogniser } from "./recogniser.ts";

const FILE = /^[^\s:]+\.(?:md|markdown|txt|rst|adoc)(?:#\S*)?$/i;

/** Files named by spans: relative links to documents and paths in code spans. */
const filesOf = (spans: readonly Span[]): readonly string[] => [
  ...new Set(
    spans.flatMap((span) => {
      const path = span.kind === "code" ? span.text.trim() : span.kind === "link" ? (span.href ?? "") : "";
      return FILE.test(path) && !path.includes("//") ? [path] : [];
    }),
  ),
];

/** Which files to read, in order: sections below a heading that says so, or the items of its ordered list. */
export const readingOrder: Recogniser = {
  name: "reading-order",
  run(page) {
    const index = page.parts.findIndex(
      (part) => part.section.depth > 0 && READING_HEADING.in(fold(part.section.title)),
    );
    const part = page.parts[index];
    if (!part) return {};
    const below = page.parts.filter((each) => each.parent === index);
    const steps = below.length > 0 ? fromSections(page, below) : fromList(page, part);
    return steps.length >= 2 ? { readingOrder: steps } : {};
  },
};

const fromSections = (page: Page, parts: readonly Part[]): readonly ReadingStep[] =>
  parts
    .map((part) => ({ part, files: filesOf(everyNode(part.nodes).flatMap(spansOf)) }))
    .filter(({ files }) => files.length > 0)
    .map(({ part, files }, index) => ({
      position: index + 1,
      title: unnumbered(part.section.title),
      files,
      source: sourceAt(page, part.section.source.line),
    }));

function fromList(page: Page, part: Part): readonly ReadingStep[] {
  const list = part.nodes.find((node): node is Node & { kind: "list" } => node.kind === "list" && node.ordered);
  return (list?.items ?? [])
    .map((item) => ({ item, files: filesOf(item.spans) }))
    .filter(({ files }) => files.length > 0)
    .map(({ item, files }, index) => ({
      position: index + 1,
      title: item.text,
      files,
      source: sourceAt(page, item.line),
    }));
}

import type { NamePattern } from "../../model/policy.ts";
import { readPattern } from "../words/patterns.ts";
import { sourceAt } from "./place.ts";
import type { Page, Part, Recogniser } from "./recogniser.ts";
import { sentences } from "./sentences.ts";

type Patterns = ReadonlyMap<Part, readonly NamePattern[]>;

const cache = new WeakMap<Page, Patterns>();

/** An example stands near its pattern. */
const NEAR = 20;

/** Patterns of a page by section, each once. */
export function patternsIn(page: Page): Patterns {
  const known = cache.get(page);
  if (known) return known;
  const spans = sentences(page).flatMap(({ spans, line, place }) =>
    spans
      .filter((span) => span.kind === "code")
      .map((span) => span.text.trim())
      .map((text) => ({ text, pattern: readPattern(text), line, part: place.part })),
  );
  const seen = new Set<string>();
  const found = spans.flatMap(({ text, pattern, line, part }, index): readonly { part: Part; name: NamePattern }[] => {
    if (!pattern || seen.has(text)) return [];
    seen.add(text);
    const matches = new RegExp(pattern.regex, "u");
    const near = [...spans.slice(index + 1, index + NEAR), ...spans.slice(Math.max(0, index - NEAR), index)];
    const others = near.filter((other) => other.part === part && other.text !== text && !other.pattern);
    const example =
      others.find((other) => matches.test(baseOf(other.text))) ??
      others.find((other) => meansToFollow(text, other.text));
    return [{ name: { ...pattern, ...(example && { example: example.text }), source: sourceAt(page, line) }, part }];
  });
  const byPart = new Map<Part, NamePattern[]>();
  for (const { part, name } of found) {
    const names = byPart.get(part) ?? [];
    names.push(name);
    byPart.set(part, names);
  }
  cache.set(page, byPart);
  return byPart;
}

/** Begins as the pattern does and ends as it does: an example with a slip in the middle (WB404 says so). */
function meansToFollow(pattern: string, path: string): boolean {
  const base = baseOf(pattern);
  const fixed = base.slice(0, base.search(VARIABLE));
  return (
    fixed.length >= 4 && baseOf(path).startsWith(fixed) && baseOf(path).endsWith(base.slice(base.lastIndexOf(".")))
  );
}

const VARIABLE = /yyyy|XX|NN|##|[<{[]/i;

const baseOf = (path: string): string => path.replace(/\/+$/, "").split("/").at(-1) ?? "";

/** File name patterns in code spans (`…-YYYYMMDD.md`), each with the example that stands in the same section. */
export const namePatterns: Recogniser = {
  name: "name-patterns",
  run: (page) => ({ namePatterns: [...patternsIn(page).values()].flat() }),
};

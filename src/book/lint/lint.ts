import type { Book, LintContext } from "../../model/book.ts";
import type { Finding } from "../../model/finding.ts";
import { rules } from "./rules/index.ts";

const byPlace = (a: Finding, b: Finding): number =>
  a.source.file < b.source.file
    ? -1
    : a.source.file > b.source.file
      ? 1
      : a.source.line - b.source.line || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/** All findings of a book: those of compiling and those of every rule, in the manual's order, suppressed ones left out. */
export async function lintBook(book: Book, context: LintContext): Promise<readonly Finding[]> {
  const found = await Promise.all(rules.map(async (rule) => rule.run(book, context)));
  const seen = new Set<string>();
  return [...book.findings, ...found.flat()]
    .filter((finding) => {
      const key = JSON.stringify(finding);
      return !seen.has(key) && seen.add(key) && !suppressed(book, finding);
    })
    .toSorted(byPlace);
}

const suppressed = (book: Book, { code, source }: Finding): boolean =>
  book.config.suppress.some((entry) => entry.code === code && (entry.file === undefined || entry.file === source.file));

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
  const all = [...book.findings, ...found.flat()];
  // That a text gives one objective several values (WB235) is told more exactly by the rule that names both lines.
  const better = new Set(all.filter(({ code }) => code === "WB606").map(subjectOf));
  return once(all.filter((finding) => finding.code !== "WB235" || !better.has(subjectOf(finding))))
    .filter((finding) => !suppressed(book, finding))
    .toSorted(byPlace);
}

/** Findings that say the same of the same place are one. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding[]>();
  return findings.filter((finding) => {
    const place = `${finding.code} ${finding.source.line} ${finding.source.file}`;
    const before = seen.get(place);
    if (before === undefined) return seen.set(place, [finding]);
    const text = JSON.stringify(finding);
    return before.every((one) => JSON.stringify(one) !== text) && before.push(finding);
  });
}

const subjectOf = ({ source, args }: Finding): string => `${source.file} ${String(args["name"])}`;

const suppressed = (book: Book, { code, source }: Finding): boolean =>
  book.config.suppress.some((entry) => entry.code === code && (entry.file === undefined || entry.file === source.file));

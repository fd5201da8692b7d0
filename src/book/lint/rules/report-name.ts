import { basename, dirname } from "node:path/posix";
import type { Book, LintRule } from "../../../model/book.ts";
import type { Finding } from "../../../model/finding.ts";
import { search, SlowPattern } from "../../../model/pattern.ts";
import { UNDATED_KINDS, REPORT_FOLDER } from "../../words/lint.ts";
import { give } from "../give.ts";

const DATE = /(?:^|\D)20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\D|$)/;

/** Reports carry a date, policies and procedures do not, and a folder's declared pattern is kept (M-027, M-043, M-062, M-063). */
export const reportName: LintRule = {
  codes: ["WB401", "WB402", "WB403", "WB405"],
  // Written reports are no documents of the book (a new report must not change its digest), but their names are judged.
  run: (book) =>
    [...book.documents.map(({ file }) => file), ...book.files.filter(isPage)].flatMap((file) => judge(book, file)),
};

/** Does the name fit the book's expression? Undefined when the expression does not come to an end. */
function matches(pattern: string, name: string): boolean | undefined {
  try {
    return search(pattern, name) !== null;
  } catch (error) {
    if (error instanceof SlowPattern) return undefined;
    throw error;
  }
}

const isPage = (file: string): boolean => /\.(?:md|markdown)$/i.test(file);

function judge(book: Book, file: string): readonly Finding[] {
  const name = basename(file);
  const source = { file, line: 1 };
  const profile = book.config.naming.find(({ folder }) =>
    file.startsWith(folder.endsWith("/") ? folder : `${folder}/`),
  );
  if (profile?.pattern !== undefined) {
    const fits = matches(profile.pattern, name);
    if (fits === undefined) return [give("WB405", "error", source, { name, pattern: profile.pattern })];
    if (!fits) return [give("WB403", "error", source, { name, pattern: profile.pattern })];
  }
  const rule = profile?.date ?? defaultRule(file);
  if (rule === "required" && !DATE.test(name)) return [give("WB401", "error", source, { name })];
  if (rule === "forbidden" && DATE.test(name)) return [give("WB402", "error", source, { name })];
  const patterns = book.namePatterns.filter(({ directory }) => directory !== "" && directory === dirname(file));
  if (
    patterns.length > 0 &&
    REPORT_FOLDER.test(file) &&
    !patterns.some(({ regex }) => new RegExp(regex, "u").test(name))
  )
    return [
      give("WB403", "warn", source, { name, pattern: patterns.map(({ pattern }) => basename(pattern)).join(", ") }),
    ];
  return [];
}

const isReadme = (file: string): boolean => /^(readme|index|template)\b/i.test(basename(file));

function defaultRule(file: string): "required" | "forbidden" | "any" {
  if (isReadme(file)) return "any";
  if (REPORT_FOLDER.test(file)) return "required";
  return UNDATED_KINDS.test(file) ? "forbidden" : "any";
}

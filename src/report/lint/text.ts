import type { Book } from "../../model/book.ts";
import type { Finding, Level } from "../../model/finding.ts";
import type { Lang } from "../../model/lang.ts";
import { printable } from "../../model/printable.ts";
import { at } from "../../model/source.ts";
import { format } from "../../i18n/format.ts";
import { sayBoth, textsIn } from "../../i18n/one.ts";

/** Paints a word on a terminal; the identity elsewhere. */
export type Paint = (level: Level | "dim", text: string) => string;

const ORDER: readonly Level[] = ["error", "warn", "note"];

/** Findings for a person: errors first, two lines each, notes counted unless asked for, and one summary line. */
export async function lintText(
  book: Book,
  findings: readonly Finding[],
  lang: Lang,
  options: { readonly notes: boolean; readonly paint: Paint },
): Promise<string> {
  const texts = await textsIn(lang);
  const { levels, notesHidden, summary: counted } = texts.lint;
  const shown = findings.filter((finding) => options.notes || finding.level !== "note");
  const lines = ORDER.flatMap((level) =>
    shown
      .filter((finding) => finding.level === level)
      .flatMap((finding) => {
        const { say, fix } = sayBoth(texts.findings, finding.code, finding.args, texts.words);
        const head = `${printable(at(finding.source))}  ${options.paint(level, `${levels[level]} ${finding.code}`)}`;
        return [`${head}  ${say}`, options.paint("dim", `    ${fix}`)];
      }),
  );
  const count = (level: Level): number => findings.filter((finding) => finding.level === level).length;
  const notes = options.notes || count("note") === 0 ? "" : notesHidden;
  const summary = format(counted, {
    files: book.documents.length,
    blocks: book.blocks.length,
    runbooks: book.runbooks.length,
    duties: book.duties.length,
    errors: count("error"),
    warnings: count("warn"),
    notes: count("note"),
  });
  return [...lines, ...(lines.length > 0 ? [""] : []), `${summary}${notes}`, ""].join("\n");
}

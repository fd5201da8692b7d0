import type { BookState } from "../../../engine/book-state.ts";
import { WatchbookError } from "../../../model/error.ts";

/** Signs of Markdown with which a line begins. */
const MARKS = /^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)?/;
const LONGEST = 400;

/** The words of a line, without the signs that make it a heading, an item or a row. Pure. */
export function wordsOf(line: string): string {
  const bare = line.replace(MARKS, "").trim();
  const cells = bare.startsWith("|") ? bare.replaceAll(/^\||\|$/g, "").split("|") : [bare];
  return cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(" · ")
    .slice(0, LONGEST);
}

/** What a document of the manual says at a line; only documents: what else the book has may name addresses of receivers. Throws DOCUMENT-UNKNOWN. */
export function sentenceAt({ open: { book }, texts }: BookState, file: string, line: number): string {
  const text = book.documents.some((one) => one.file === file) ? texts?.get(file) : undefined;
  if (text === undefined) throw new WatchbookError("DOCUMENT-UNKNOWN", { file });
  return wordsOf(text.split("\n", line)[line - 1] ?? "");
}

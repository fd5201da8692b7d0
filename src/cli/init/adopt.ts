import { compileFiles } from "../../book/compile/compile.ts";
import { lintBook } from "../../book/lint/lint.ts";
import { dateIn } from "../../book/lint/today.ts";
import { folderFiles } from "../../book/read/folder.ts";
import type { Book } from "../../model/book.ts";
import { stringify } from "yaml";
import { kept } from "../kept.ts";
import type { Call } from "../verb.ts";

/** What a folder of manuals holds. */
export interface Adopted {
  readonly documents: number;
  readonly duties: readonly string[];
  readonly thresholds: number;
  readonly runbooks: number;
  readonly blocks: number;
  /** What lint --strict would stop at: errors and warnings. */
  readonly findings: number;
}

const ENTRY = /^(?:readme|index)\.(?:md|markdown|txt)$/i;

/** The document to start with: the only one, or the README of the root. */
const entryOf = ({ documents }: Book): string | undefined =>
  documents.length === 1 ? documents[0]!.file : documents.find(({ file }) => ENTRY.test(file))?.file;

/** watchbook.yaml for manuals that are there, and what was found in them; nothing is written. */
export async function adopt(
  call: Call,
  root: string,
  zone: string,
): Promise<{ readonly yaml: string; readonly found: Adopted; readonly title: string }> {
  const { book, texts } = await compileFiles(await kept(folderFiles(root)));
  const today = dateIn(call.world.clock.wall(), book.zone);
  const findings = await lintBook(book, { today, texts, proofs: new Map() });
  const entry = entryOf(book);
  const yaml = stringify({ title: book.title, lang: book.lang, zone, ...(entry === undefined ? {} : { entry }) });
  const found = {
    documents: book.documents.length,
    duties: book.duties.map(({ id, items }) => `${id} (${items.length})`),
    thresholds: book.thresholds.length,
    runbooks: book.runbooks.length,
    blocks: book.blocks.length,
    findings: findings.filter(({ level }) => level !== "note").length,
  };
  return { yaml, found, title: book.title };
}

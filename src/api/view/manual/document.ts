import { parser } from "../../../book/parse/markdown-it.ts";
import { sourceAt } from "../../../book/read/web.ts";
import type { Span } from "../../../book/parse/tree.ts";
import type { BookState } from "../../../engine/book-state.ts";
import type { Book } from "../../../model/book.ts";
import type { Document } from "../../../model/document.ts";
import { WatchbookError } from "../../../model/error.ts";
import type { Lang } from "../../../model/lang.ts";
import type { ManualFile, ManualShown, Piece } from "../../contract.ts";
import { findingSaid } from "../say.ts";
import { nodesOf } from "./nodes.ts";

/** Where the links of a document lead: into the book by what was compiled, out of it by http and https alone. */
function leadsOf(book: Book, document: Document): (span: Span) => Pick<Piece, "to" | "url"> {
  const sections = new Map(book.documents.map(({ file, sections }) => [file, sections]));
  return ({ href = "" }) => {
    if (/^https?:\/\//i.test(href)) return { url: href };
    const link = document.links.find((one) => one.href === href);
    if (link?.state !== "ok") return {};
    const file = link.target ?? document.file;
    const there = sections.get(file);
    if (there === undefined) return {};
    const section = there.find(({ slug }) => slug === link.anchor?.toLowerCase());
    return { to: { file, line: section?.source.line ?? 1 } };
  };
}

/** One document as it is shown. Throws DOCUMENT-UNKNOWN. */
export function documentView(state: BookState, file: string, lang: Lang): ManualShown {
  const { book, commit } = state.open;
  const { origin } = state;
  const document = book.documents.find((one) => one.file === file);
  const text = state.texts?.get(file);
  if (document === undefined || text === undefined) throw new WatchbookError("DOCUMENT-UNKNOWN", { file });
  const here = <T extends { readonly source: { readonly file: string } }>(all: readonly T[]): readonly T[] =>
    all.filter(({ source }) => source.file === file);
  return {
    file,
    title: document.title,
    commit: commit ?? null,
    web: origin && commit ? sourceAt(origin.web, commit, `${origin.folder}${file}`) : null,
    lines: document.lines,
    nodes: nodesOf(parser.parse(text).nodes, leadsOf(book, document)),
    sections: document.sections.map(({ source: { line }, depth, title, slug }) => ({ line, depth, title, slug })),
    blocks: here(book.blocks).map(({ source: { line }, state, kind, rule, risk, candidates }) => ({
      ...{ line, state, kind, rule },
      risk: risk ?? null,
      candidates: candidates.map((one) => one.kind),
    })),
    runbooks: here(book.runbooks).map(({ id, title, source: { line } }) => ({ id, title, line })),
    findings: here(state.findings).map((finding) => findingSaid(finding, lang)),
  };
}

/** The documents with what was recognised in them and what is wrong in them. */
export function filesView({ open: { book }, findings }: BookState): readonly ManualFile[] {
  const blocks = Map.groupBy(book.blocks, ({ source }) => source.file);
  const found = Map.groupBy(findings, ({ source }) => source.file);
  return book.documents.map(({ file, title, kind, lines }) => {
    const states = Map.groupBy(blocks.get(file) ?? [], ({ state }) => state);
    const of = (level: string): number => (found.get(file) ?? []).filter((one) => one.level === level).length;
    return {
      ...{ file, title, kind, lines },
      byState: Object.fromEntries([...states].map(([state, all]) => [state, all.length])),
      findings: { error: of("error"), warn: of("warn"), note: of("note") },
    };
  });
}

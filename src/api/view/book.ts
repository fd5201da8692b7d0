import { sourceAt } from "../../book/read/web.ts";
import type { BookState } from "../../engine/book-state.ts";
import { errorsOf } from "../../engine/book-state.ts";
import type { Lang } from "../../model/lang.ts";
import type { Level } from "../../model/finding.ts";
import type { BookNow } from "../contract.ts";
import { errorSaid, findingSaid } from "./say.ts";

/** How the book stands in one word. */
export function bookWord(state: BookState): BookNow["state"] {
  if (state.refused !== undefined) return "refused";
  return errorsOf(state.findings).length > 0 ? "flawed" : "ok";
}

/** `{file}` and `{line}` are put in by who knows them. */
function webOf({ open: { commit }, origin }: BookState): string | null {
  if (!origin || !commit) return null;
  return sourceAt(origin.web, commit, `${origin.folder}{file}`).replace(encodeURIComponent("{file}"), "{file}");
}

export function bookView(state: BookState, lang: Lang): BookNow {
  const { book, commit, dirty, root } = state.open;
  const count = (level: Level): number => state.findings.filter((finding) => finding.level === level).length;
  const { refused } = state;
  return {
    title: book.title,
    digest: book.digest,
    root,
    commit: commit ?? null,
    web: webOf(state),
    dirty,
    lang: book.lang,
    zone: book.zone,
    loaded: state.loaded,
    state: bookWord(state),
    documents: book.documents.length,
    duties: book.duties.length,
    checks: book.checks.length,
    runbooks: book.runbooks.length,
    findings: { error: count("error"), warn: count("warn"), note: count("note") },
    refused:
      refused === undefined
        ? null
        : {
            at: refused.at,
            commit: refused.commit ?? null,
            why: refused.error === undefined ? null : errorSaid(refused.error, lang),
            findings: refused.findings.map((finding) => findingSaid(finding, lang)),
          },
  };
}

import type { WatchbookError } from "../model/error.ts";
import type { Args, Finding } from "../model/finding.ts";
import type { Revision } from "../model/revision.ts";
import type { Source } from "../model/source.ts";
import type { OpenBook } from "./house.ts";

/** What loading a book gave: compiled, with the findings of compiling and linting together. */
export interface LoadedBook {
  readonly open: OpenBook;
  readonly findings: readonly Finding[];
  /** Text of every manual file, by path: what is shown and searched. Absent where nobody reads it. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Web address of its repository, and its folder in there (`docs/ops/`, or empty). Absent: none that a browser could open. */
  readonly origin?: { readonly web: string; readonly folder: string };
}

/** Where a daemon's book comes from. */
export interface BookSource {
  /** Changes whenever the book may have changed. MUST be cheap: it is asked every few seconds. */
  mark(): Promise<string>;
  /** Compiles and lints the committed revision, or the folder when it is not in git. Rejects with WatchbookError. */
  load(): Promise<LoadedBook>;
  /** The commit that `load` would take; undefined outside of git. */
  head?(): Promise<string | undefined>;
  /** Text of every manual file of a commit, by path; undefined when git knows it no more. */
  texts?(commit: string): Promise<LoadedBook["texts"]>;
  /** What lies between two commits; `from` undefined: what came with `to`. Undefined when nobody can tell. */
  between?(from: string | undefined, to: string): Promise<Revision | undefined>;
}

/** A revision that is not run, and why. */
export interface RefusedBook {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly commit?: string;
  /** Refused by the compiler: an error of the user. */
  readonly error?: { readonly code: string; readonly args: Args; readonly source?: Source };
  /** Refused for its findings of level error. */
  readonly findings: readonly Finding[];
}

/** The book that is run, and a newer one that is refused. */
export interface BookState extends LoadedBook {
  /** Milliseconds since the epoch at which it was taken. */
  readonly loaded: number;
  readonly refused?: RefusedBook;
}

export const errorsOf = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((finding) => finding.level === "error");

/** Files that cannot be read and data that cannot be used: what they said is missing from the book. */
const UNREADABLE = /^WB(?:00\d|01[1-5]|03\d)$/;
export const unreadable = (findings: readonly Finding[]): readonly Finding[] =>
  errorsOf(findings).filter(({ code }) => UNREADABLE.test(code));

/** A newer book that lost something: a file or data that cannot be read now and could before, or every document. */
function lost(before: LoadedBook, after: LoadedBook): boolean {
  const known = new Set(unreadable(before.findings).map(({ code, source }) => `${code} ${source.file}`));
  if (unreadable(after.findings).some(({ code, source }) => !known.has(`${code} ${source.file}`))) return true;
  return before.open.book.documents.length > 0 && after.open.book.documents.length === 0;
}

/**
 * Whether a loaded book is run. A book with errors never replaces one without, and one that cannot be read whole never
 * replaces one that could; where nothing better is there (first start, or the running one has errors too) it is run,
 * and its findings are shown.
 */
export function takeBook(state: BookState | undefined, loaded: LoadedBook, now: number): BookState {
  const errors = errorsOf(loaded.findings);
  const worse =
    state !== undefined && (lost(state, loaded) || (errors.length > 0 && errorsOf(state.findings).length === 0));
  if (state === undefined || !worse) return { ...loaded, loaded: now };
  const { commit } = loaded.open;
  return { ...state, refused: { at: now, findings: errors, ...(commit === undefined ? {} : { commit }) } };
}

/** A book that does not compile: the last good one keeps running. */
export const refuseBook = (state: BookState, error: WatchbookError, now: number, commit?: string): BookState => ({
  ...state,
  refused: {
    at: now,
    ...(commit !== undefined && { commit }),
    error: { code: error.code, args: error.args, ...(error.source === undefined ? {} : { source: error.source }) },
    findings: [],
  },
});

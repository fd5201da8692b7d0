import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { compileFiles, type Compiled } from "../book/compile/compile.ts";
import { lintBook } from "../book/lint/lint.ts";
import { dateIn } from "../book/lint/today.ts";
import { commitFiles, git } from "../book/read/commit.ts";
import { folderFiles } from "../book/read/folder.ts";
import { gitIgnored, without } from "../book/read/git-ignored.ts";
import { repositoryWeb } from "../book/read/web.ts";
import { revisionBetween } from "../book/read/revision.ts";
import type { BookSource, LoadedBook } from "../engine/book-state.ts";
import { folderMark } from "../engine/watch/folder.ts";
import { gitMark } from "../engine/watch/git.ts";
import type { ProofCache } from "../evidence/proofs.ts";
import type { Book } from "../model/book.ts";
import { WatchbookError } from "../model/error.ts";
import type { Reach } from "../model/target.ts";
import type { Clock } from "../model/time.ts";
import { proofDates } from "./proofs.ts";

/**
 * The book of a folder as a daemon runs it: the committed revision when the folder holds manuals in git, else the files
 * as they lie there. `reach` is this machine; `data` has the evidence that proves runbooks (absent: none is asked).
 */
export function bookSource(root: string, reach: Reach, clock: Clock, data?: string): BookSource {
  const proven = makeProven(data, clock);
  /** What the last load read decides what is looked at for changes. */
  let committed = true;
  /** Where the last load says that evidence lies. */
  let evidence = join(data ?? root, "evidence");
  return {
    mark: async () => {
      const mark = `${(await gitMark(root)) ?? "none"}${data === undefined ? "" : proofMark(evidence, clock)}`;
      return committed && !mark.startsWith("none") ? mark : `${mark} ${await folderMark(root)}`;
    },
    load: async () => {
      const commit = await headOf(root, reach);
      const found = commit === undefined ? undefined : await compileFiles(commitFiles(reach, root, commit));
      committed = found !== undefined && found.book.documents.length > 0;
      if (found?.book.config.evidence !== undefined) evidence = resolve(root, found.book.config.evidence);
      if (committed) {
        const origin = await repositoryWeb(reach, root);
        const here = await loaded(found!, { root, commit: commit!, dirty: false }, clock, proven);
        return origin === undefined ? here : { ...here, origin };
      }
      const here = await compileFiles(without(folderFiles(root), await gitIgnored(reach, root)));
      return loaded(expectManual(here, root), { root, dirty: true }, clock, proven);
    },
    head: () => headOf(root, reach),
    texts: (commit) => textsOf(reach, root, commit),
    between: (from, to) => revisionBetween(reach, root, from, to),
  };
}

/** Text of the files of one commit; undefined when git knows it no more. */
async function textsOf(reach: Reach, root: string, commit: string): Promise<LoadedBook["texts"]> {
  try {
    return (await compileFiles(commitFiles(reach, root, commit))).texts;
  } catch (error) {
    if (error instanceof WatchbookError) return undefined;
    throw error;
  }
}

/** A folder of nothing is not a book that is well: WatchbookError LINT-NOTHING. */
export function expectManual<T extends { readonly book: Book }>(compiled: T, root: string): T {
  const { documents, config } = compiled.book;
  if (documents.length === 0 && config.file === undefined) throw new WatchbookError("LINT-NOTHING", { path: root });
  return compiled;
}

/** The commit that is checked out; undefined outside of git, before the first commit, or without git on this machine. */
async function headOf(root: string, reach: Reach): Promise<string | undefined> {
  if ((await gitMark(root)) === undefined) return undefined;
  const { end, out } = await git(reach, root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  return end.kind === "exit" && end.code === 0 ? out.trim() : undefined;
}

type Proven = (book: Book, root: string) => ReturnType<typeof proofDates>;

/** Changes with the log of evidence, and every hour: what was proven may be overdue by then. */
function proofMark(evidence: string, clock: Clock): string {
  const log = statSync(join(evidence, "log", "checkpoint"), { throwIfNoEntry: false });
  return ` ${log?.mtimeMs ?? 0} ${Math.floor(clock.wall() / 3_600_000)}`;
}

/** What was found of evidence once is not verified again. */
function makeProven(data: string | undefined, clock: Clock): Proven {
  const cache: ProofCache = { opened: new Map(), found: new Map() };
  if (data === undefined) return () => Promise.resolve(new Map());
  return ({ config, zone }, root) => proofDates({ config, root, data, zone, now: clock.wall() }, cache);
}

async function loaded(
  { book, texts }: Compiled,
  place: Omit<LoadedBook["open"], "book">,
  clock: Clock,
  proven: Proven,
): Promise<LoadedBook> {
  const today = dateIn(clock.wall(), book.zone);
  const findings = await lintBook(book, { today, proofs: await proven(book, place.root), texts });
  return { open: { book, ...place }, findings, texts };
}

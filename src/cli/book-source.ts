import { compileFiles, type Compiled } from "../book/compile/compile.ts";
import { lintBook } from "../book/lint/lint.ts";
import { dateIn } from "../book/lint/today.ts";
import { commitFiles, git } from "../book/read/commit.ts";
import { folderFiles } from "../book/read/folder.ts";
import type { BookSource, LoadedBook } from "../engine/book-state.ts";
import { folderMark } from "../engine/watch/folder.ts";
import { gitMark } from "../engine/watch/git.ts";
import type { Reach } from "../model/target.ts";
import type { Clock } from "../model/time.ts";

/**
 * The book of a folder as a daemon runs it: the committed revision when the folder holds manuals in git, else the files
 * as they lie there. `reach` is this machine.
 */
export function bookSource(root: string, reach: Reach, clock: Clock): BookSource {
  /** What the last load read decides what is looked at for changes. */
  let committed = true;
  return {
    mark: async () => {
      const mark = (await gitMark(root)) ?? "none";
      return committed && mark !== "none" ? mark : `${mark} ${await folderMark(root)}`;
    },
    load: async () => {
      const commit = await headOf(root, reach);
      const found = commit === undefined ? undefined : await compileFiles(commitFiles(reach, root, commit));
      committed = found !== undefined && found.book.documents.length > 0;
      if (committed) return loaded(found!, { root, commit: commit!, dirty: false }, clock);
      return loaded(await compileFiles(folderFiles(root)), { root, dirty: true }, clock);
    },
  };
}

/** The commit that is checked out; undefined outside of git, before the first commit, or without git on this machine. */
async function headOf(root: string, reach: Reach): Promise<string | undefined> {
  if ((await gitMark(root)) === undefined) return undefined;
  const { end, out } = await git(reach, root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  return end.kind === "exit" && end.code === 0 ? out.trim() : undefined;
}

async function loaded(
  { book, texts }: Compiled,
  place: Omit<LoadedBook["open"], "book">,
  clock: Clock,
): Promise<LoadedBook> {
  const today = dateIn(clock.wall(), book.zone);
  const findings = await lintBook(book, { today, proofs: new Map(), texts });
  return { open: { book, ...place }, findings };
}

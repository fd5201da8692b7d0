import { REVISION_LIMITS, type Revision, type RevisionFile } from "../model/revision.ts";
import type { BookSource, BookState } from "./book-state.ts";

/** Files whose text is another one; undefined where one of both is not at hand. */
function filesOf(before: BookState["texts"], after: BookState["texts"]): readonly RevisionFile[] | undefined {
  if (!before || !after) return undefined;
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path): RevisionFile[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    return [{ path, did: was === undefined ? "added" : is === undefined ? "removed" : "changed" }];
  });
}

/**
 * What came with the book that was taken, or refused, since the one that ran before: by git, else by the texts at hand.
 * Undefined when nothing of that is known. Never keeps a book from being taken.
 */
export async function revisionOf(
  source: BookSource,
  before: BookState | undefined,
  after: BookState,
): Promise<Revision | undefined> {
  const commit = after.refused === undefined ? after.open.commit : after.refused.commit;
  const was = before?.open.commit;
  if (commit !== undefined) return commit === was ? undefined : await source.between?.(was, commit);
  if (after.refused !== undefined) return undefined;
  const files = filesOf(before?.texts, after.texts);
  if (files === undefined || files.length === 0) return undefined;
  const { files: most } = REVISION_LIMITS;
  return { commits: [], files: files.slice(0, most), more: files.length > most };
}

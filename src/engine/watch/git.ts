import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";

/** Text of a small file, or undefined when it is not there. */
async function text(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** Size and time of a file: changes when it is written. */
async function stamp(path: string): Promise<string> {
  const found = await stat(path, { throwIfNoEntry: false });
  return found === undefined ? "" : `${found.size}.${found.mtimeMs}.${found.ino}`;
}

/** The git directory of `root` or of a folder above it; a worktree's `.git` file is followed. */
export async function gitDirectory(root: string): Promise<string | undefined> {
  for (let folder = root; ; folder = dirname(folder)) {
    const path = join(folder, ".git");
    const found = await stat(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) return path;
    if (found?.isFile()) {
      const to = /^gitdir: (.+)$/m.exec((await text(path)) ?? "")?.[1];
      if (to !== undefined) return isAbsolute(to) ? to : join(folder, to);
    }
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * A text that changes whenever HEAD may point to another commit: three small reads, no process. Knows loose and
 * packed references, worktrees (`commondir`) and reftables; undefined when `root` is not in git.
 */
export async function gitMark(root: string): Promise<string | undefined> {
  const git = await gitDirectory(root);
  if (git === undefined) return undefined;
  const head = (await text(join(git, "HEAD"))) ?? "";
  const ref = /^ref: (.+)$/.exec(head)?.[1];
  if (ref === undefined) return head;
  const shared = await text(join(git, "commondir"));
  const common = shared === undefined ? git : isAbsolute(shared) ? shared : join(git, shared);
  const loose = await text(join(common, ref));
  if (loose !== undefined) return `${ref} ${loose}`;
  return `${ref} ${await stamp(join(common, "packed-refs"))} ${await stamp(join(common, "reftable", "tables.list"))}`;
}

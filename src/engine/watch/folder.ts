import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const SKIPPED = new Set([".git", "node_modules", ".watchbook"]);
const OF_A_BOOK = /\.(?:md|markdown|txt|ya?ml)$/i;
/** Files looked at before the rest is left to the compiler, which refuses such a folder with a sentence. */
const MOST = 20_000;

/** A folder that vanishes while it is read is empty: the compiler says what is missing. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}

/**
 * A text that changes whenever a file of the manual under `root` is added, removed or written: one stat per file, no
 * content read. A write that keeps size, inode and time to the nanosecond is not seen.
 */
export async function folderMark(root: string): Promise<string> {
  const hash = createHash("sha256");
  const folders = [""];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined && seen < MOST; folder = folders.pop()) {
    const entries = await entriesOf(join(root, folder));
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path);
      if (!entry.isFile() || !OF_A_BOOK.test(entry.name)) continue;
      seen += 1;
      const found = await stat(join(root, path), { bigint: true, throwIfNoEntry: false });
      if (found !== undefined) hash.update(`${path}\0${found.size}\0${found.mtimeNs}\0${found.ino}\n`);
    }
  }
  return hash.digest("hex");
}

import type { Reach } from "../../model/target.ts";
import { git } from "./commit.ts";
import type { ManualFiles } from "./manual-files.ts";

/** Bytes of git's answer; folders that are left out as a whole come as one line. */
const MOST = 4 << 20;

/**
 * Paths below `root` that git leaves out (.gitignore, .git/info/exclude, the user's own list) and that are not committed
 * all the same; folders end with `/`. None outside of git and where git gives no answer: what is not known to be left
 * out is read.
 */
export async function gitIgnored(reach: Reach, root: string): Promise<ReadonlySet<string>> {
  const args = ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"];
  const { end, out, truncated } = await git(reach, root, args, "", MOST);
  if (end.kind !== "exit" || end.code !== 0 || truncated) return new Set();
  return new Set(out.split("\0").filter((path) => path !== "" && path !== "./"));
}

/** The same files without some paths. A file that is named on its own stays. */
export const without = (files: ManualFiles, paths: ReadonlySet<string>): ManualFiles =>
  paths.size === 0 ? files : { ...files, list: (ignored) => files.list((path) => paths.has(path) || ignored(path)) };

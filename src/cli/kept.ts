import { gitIgnored, without } from "../book/read/git-ignored.ts";
import type { ManualFiles } from "../book/read/manual-files.ts";
import { gitDirectory } from "../engine/watch/git.ts";

/** The files without what git leaves out: build output and private notes are no manual. Git is asked only inside of one. */
export async function kept(files: ManualFiles): Promise<ManualFiles> {
  if ((await gitDirectory(files.root)) === undefined) return files;
  const { localReach } = await import("../kinds/targets/local/reach.ts");
  await using reach = localReach("local", { path: [], env: {} }, files.root);
  return without(files, await gitIgnored(reach, files.root));
}

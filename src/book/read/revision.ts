import { REVISION_LIMITS, type Revision, type RevisionCommit, type RevisionFile } from "../../model/revision.ts";
import type { Reach } from "../../model/target.ts";
import { git } from "./commit.ts";

/** What git says; undefined when it says no: a commit that is not there any more, no git on this machine. */
async function said(reach: Reach, root: string, args: readonly string[]): Promise<string | undefined> {
  const { end, out, truncated } = await git(reach, root, args);
  return end.kind === "exit" && end.code === 0 && !truncated ? out : undefined;
}

/** Fields of a commit, each ended by a NUL. */
const FORMAT = "--format=tformat:%H%x00%an%x00%at%x00%s";

function commitsIn(out: string): readonly RevisionCommit[] {
  const cells = out.split("\0");
  const found: RevisionCommit[] = [];
  for (let at = 0; at + 3 < cells.length; at += 4) {
    const [id, author, seconds, subject] = cells.slice(at, at + 4) as [string, string, string, string];
    found.push({ id, author, at: Number(seconds) * 1_000, subject });
  }
  return found;
}

const DEEDS: Readonly<Record<string, RevisionFile["did"]>> = { A: "added", D: "removed" };

function filesIn(out: string): readonly RevisionFile[] {
  const cells = out.split("\0");
  const found: RevisionFile[] = [];
  for (let at = 0; at + 1 < cells.length; at += 2)
    found.push({ path: cells[at + 1]!, did: DEEDS[cells[at]!] ?? "changed" });
  return found;
}

/**
 * Commits after `from` up to `to` that touched the book's folder, and its files that differ between the two. Without `from`,
 * or where git knows it no more, the commit alone and no files. Undefined when git does not tell. Both are commit ids.
 */
export async function revisionBetween(
  reach: Reach,
  root: string,
  from: string | undefined,
  to: string,
): Promise<Revision | undefined> {
  const log = (range: string, count: number): Promise<string | undefined> =>
    said(reach, root, [
      ...["-c", "log.showSignature=false", "log", "-z", FORMAT, `--max-count=${count}`],
      ...["--end-of-options", range, "--", "."],
    ]);
  const { commits: most, files: mostFiles } = REVISION_LIMITS;
  if (from !== undefined) {
    const diff = ["diff", "--name-status", "-z", "--no-renames", "--relative", "--no-ext-diff"];
    const [commits, files] = await Promise.all([
      log(`${from}..${to}`, most + 1),
      said(reach, root, [...diff, "--end-of-options", from, to, "--", "."]),
    ]);
    if (commits !== undefined && files !== undefined) {
      const [all, touched] = [commitsIn(commits), filesIn(files)];
      const more = all.length > most || touched.length > mostFiles;
      return { commits: all.slice(0, most), files: touched.slice(0, mostFiles), more };
    }
  }
  const alone = await log(to, 1);
  return alone === undefined ? undefined : { commits: commitsIn(alone), files: [], more: false };
}

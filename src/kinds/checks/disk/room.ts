import type { Reach } from "../../../model/target.ts";
import { excerpt } from "../answer/text.ts";
import { exitCode, Unjudged } from "../answer/unjudged.ts";

/** Bytes in use and bytes there can be, of a file system or of a directory under a quota. */
export interface Room {
  readonly used: number;
  readonly size: number;
  readonly inodes?: { readonly used: number; readonly size: number };
}

/** Lines of `du` about files that went away while it looked: no error. */
const VANISHED = /No such file or directory$/;

/** Disk space that a directory tree takes, bytes; hard links once, other file systems not. */
async function treeSize(reach: Reach, path: string, signal: AbortSignal, timeoutMs: number): Promise<number> {
  // Absent is said by stat, so that a file vanishing inside the tree stays harmless.
  await reach.stat(path);
  const { end, out, err } = await reach.exec(["du", "-skx", "--", path], { signal, timeoutMs });
  const code = exitCode("du", end);
  const trouble = err.split("\n").filter((line) => line !== "" && !VANISHED.test(line));
  if (code !== 0 && trouble.some((line) => line.includes("ermission denied")))
    throw new Unjudged("no-permission", excerpt(trouble[0]!));
  const [, kib] = /^(\d+)\s/.exec(out) ?? [];
  if (kib === undefined || trouble.length > 0) throw new Unjudged("unparsable", excerpt(trouble[0] ?? `du: ${out}`));
  return Number(kib) * 1_024;
}

/** The file system at a path as df counts it, or a directory tree against its quota. */
export async function room(
  reach: Reach,
  path: string,
  quota: number | undefined,
  limits: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<Room> {
  if (quota !== undefined) return { used: await treeSize(reach, path, limits.signal, limits.timeoutMs), size: quota };
  const { size, free, available, inodes, inodesFree } = await reach.space(path);
  // Like df: what only root may write counts neither as used nor as room.
  const used = size - free;
  if (used + available <= 0) throw new Unjudged("unparsable", path);
  return {
    used,
    size: used + available,
    ...(inodes !== undefined && inodesFree !== undefined && { inodes: { used: inodes - inodesFree, size: inodes } }),
  };
}

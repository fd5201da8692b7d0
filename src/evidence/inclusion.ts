import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { openCheckpoint, type Checkpoint } from "./checkpoint.ts";
import type { Files } from "./directory.ts";
import { digestIn, realPath, textOf } from "./disk.ts";
import { entryOf, logEntry } from "./entry.ts";
import { FILES } from "./files.ts";
import { logFolder } from "./log.ts";
import { consistencyProof, leafHash, verifyConsistency, verifyInclusion } from "./merkle.ts";
import { openLog } from "./opened.ts";
import { parseProof } from "./proof.ts";
import { reason, Refusal, type Reason } from "./refusal.ts";
import type { Signer } from "./signers.ts";
import type { Predicate } from "./statement.ts";
import type { Demands } from "./demands.ts";
import { readEntries, readEntry, tileNodes } from "./tiles.ts";

/** The root that a directory lies in, when its path below it is the one it was made for. */
export function rootOf(directory: string, path: string): string | undefined {
  const real = realPath(resolve(directory), directory);
  const end = sep + path.split("/").join(sep);
  return real.endsWith(end) ? real.slice(0, -end.length) : undefined;
}

/**
 * Is the statement in the log? The proof beside it must lead to a checkpoint that a trusted key signed; the log of its
 * root, where it lies in one, must still contain that tree and this entry; a checkpoint kept elsewhere must be a
 * beginning of it. Gives what should be said even so.
 */
export function checkInclusion(
  directory: string,
  files: Files,
  { path, runbook }: Pick<Predicate, "path" | "runbook">,
  demands: Pick<Demands, "trust" | "roots" | "checkpoint" | "opened">,
): { readonly notes: readonly Reason[] } {
  const { signers: trusted } = demands.trust;
  const kept = demands.checkpoint;
  const { index, hashes, note } = parseProof(textOf(files.get(FILES.proof)!, FILES.proof), FILES.proof);
  const proven = openCheckpoint(note, FILES.proof, trusted);
  const entry = logEntry(files.get(FILES.statement)!, path, runbook);
  if (!verifyInclusion(leafHash(entry), index, proven.size, hashes, proven.root))
    throw new Refusal("not-included", { file: FILES.proof });
  const root = rootOf(directory, path);
  const log = root === undefined ? undefined : openLog(root, trusted, demands.opened);
  if (root === undefined || !log) {
    // Where a log belongs, its absence is not an auditor's copy: somebody removed it.
    const ours = root !== undefined && demands.roots.some((one) => existsSync(one) && realPath(one, one) === root);
    if (ours || kept !== undefined) throw new Refusal("no-log");
    return { notes: [reason("log-not-here")] };
  }
  if (index >= log.size || !readEntry(logFolder(root), index, log.size)?.equals(entry))
    throw new Refusal("not-included", { file: "log" });
  checkGrown(root, log, proven, FILES.proof);
  if (kept !== undefined) checkKept(root, log, kept, trusted);
  return { notes: [] };
}

/** The tree of `before` must be the beginning of the log as it is: nothing removed, nothing changed. */
function checkGrown(root: string, log: Checkpoint, before: Checkpoint, file: string): void {
  if (before.origin !== log.origin) throw new Refusal("other-log", { file, origin: before.origin });
  if (before.size > log.size) throw new Refusal("log-cut", { file, had: before.size, has: log.size });
  const proof = consistencyProof(tileNodes(logFolder(root), log.size), before.size, log.size);
  if (!verifyConsistency(before, log, proof)) throw new Refusal("log-rewritten", { file });
}

/** A checkpoint that somebody kept elsewhere against the log of `root`. */
export function checkKept(root: string, log: Checkpoint, kept: string, trusted: readonly Signer[]): void {
  checkGrown(root, log, openCheckpoint(kept, "checkpoint", trusted), "checkpoint");
}

/** Entries of the log whose statement is gone, cannot be read or is another one: evidence that somebody removed. */
export const removedFrom = (root: string, size: number): string[] =>
  readEntries(logFolder(root), size).flatMap((bytes) => {
    const entry = entryOf(bytes);
    if (!entry) throw new Refusal("log-damaged", { file: "log/tile/entries" });
    return digestIn(join(root, entry.file)) === entry.digest ? [] : [entry.file];
  });

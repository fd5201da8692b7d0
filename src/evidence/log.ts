import { existsSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { WatchbookError } from "../model/error.ts";
import type { Clock } from "../model/time.ts";
import { makeFolder } from "../store/folder.ts";
import { lockFile, type Lock } from "../store/lock.ts";
import { parseCheckpoint, signCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { putFile, readPlain, textOf } from "./disk.ts";
import type { SigningKey } from "./key.ts";
import { EMPTY, inclusionProof, leafHash, rootHash } from "./merkle.ts";
import { formatProof } from "./proof.ts";
import { Refusal } from "./refusal.ts";
import { addLeaf, dropPartial, tileNodes } from "./tiles.ts";

/** The log of an evidence root: `log/checkpoint` and `log/tile/…` (C2SP tlog-tiles). One host writes it. */
export const logFolder = (root: string): string => join(root, "log");

const CHECKPOINT = "checkpoint";

/** The head of the log that is in force. */
export const checkpointFile = (root: string): string => join(logFolder(root), CHECKPOINT);

/** A checkpoint that is signed but not in force yet, and the directory whose arrival puts it in force. */
const NEXT = "checkpoint.next";

/** How long one writer waits for another of the same root, milliseconds. */
const WAIT_MS = 30_000;

export interface Appended {
  readonly index: number;
  /** Content of the `.tlog-proof` that shows the new leaf in the new checkpoint. */
  readonly proof: string;
  /** Puts the new checkpoint in force. Call it when the evidence directory is in its place. */
  commit(): void;
  /** Removes what only the old one needed. Nothing depends on it: what cannot be removed stays. */
  tidy(): void;
}

/** Takes the log of `root` for writing; waits for another writer. */
export async function lockLog(root: string, clock: Clock): Promise<Lock> {
  const file = join(logFolder(root), "lock.db");
  for (let waited = 0; ; waited += 20) {
    const lock = lockFile(file);
    if (lock) return lock;
    if (waited >= WAIT_MS) throw new WatchbookError("EVIDENCE-LOG-BUSY", { path: logFolder(root) });
    await clock.sleep(20);
  }
}

/**
 * Ends what a crash interrupted: a signed checkpoint whose evidence directory arrived comes into force, one whose
 * directory never came is dropped. Call it under the lock, before anything else.
 */
export function recoverLog(root: string): void {
  const file = join(logFolder(root), NEXT);
  const bytes = readPlain(file, NEXT);
  if (!bytes) return;
  const { directory, note } = JSON.parse(bytes.toString("utf8")) as { directory: string; note: string };
  if (existsSync(join(root, directory))) putFile(checkpointFile(root), note);
  unlinkSync(file);
}

/** The checkpoint in force, not believed yet; undefined for a log that has not begun. */
export function readCheckpoint(root: string): string | undefined {
  const bytes = readPlain(checkpointFile(root), "log/checkpoint", { max: 65_536 });
  return bytes && textOf(bytes, "log/checkpoint");
}

/** Does the tree in the tiles have the root that the checkpoint says? */
export function checkTree(root: string, checkpoint: Checkpoint): void {
  const found = checkpoint.size === 0 ? EMPTY : rootHash(tileNodes(logFolder(root), checkpoint.size), checkpoint.size);
  if (!found.equals(checkpoint.root)) throw new Refusal("log-damaged", { file: "log/tile" });
}

/**
 * Prepares one more leaf, under the lock. Nothing that is in force changes before `commit`: tiles only grow, and
 * the new checkpoint waits beside the old one with the name of the directory that will justify it.
 */
export function append(root: string, entry: Uint8Array, directory: string, key: SigningKey): Appended {
  const folder = logFolder(root);
  makeFolder(folder);
  const current = readCheckpoint(root);
  const before = current === undefined ? undefined : parseCheckpoint(current, "log/checkpoint");
  if (before) believe(root, before);
  const index = before?.size ?? 0;
  const size = index + 1;
  addLeaf(folder, index, entry, leafHash(entry));
  const nodes = tileNodes(folder, size);
  const origin = before?.origin ?? `watchbook/evidence/${key.publicKey.id.slice(0, 16)}`;
  const note = signCheckpoint({ origin, size, root: rootHash(nodes, size) }, key);
  putFile(join(folder, NEXT), JSON.stringify({ directory, note }));
  return {
    index,
    proof: formatProof({ index, hashes: inclusionProof(nodes, index, size), note }),
    commit: () => putFile(checkpointFile(root), note),
    tidy: () => {
      try {
        unlinkSync(join(folder, NEXT));
        dropPartial(folder, size);
      } catch (error) {
        // Of the system, not ours: somebody else was here, or the disk refuses. The next one tidies up, too.
        if (!(error instanceof Refusal) && !(error instanceof Error && "syscall" in error)) throw error;
      }
    },
  };
}

/** A log that is not what its own checkpoint says is not carried on: that would sign the damage. */
function believe(root: string, checkpoint: Checkpoint): void {
  try {
    checkTree(root, checkpoint);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new WatchbookError("EVIDENCE-LOG-DAMAGED", { path: logFolder(root) }, { cause: error });
  }
}

import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { WatchbookError } from "../model/error.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { putFile } from "./disk.ts";
import { logFolder, readCheckpoint } from "./log.ts";
import { consistencyProof, verifyConsistency } from "./merkle.ts";
import { Refusal } from "./refusal.ts";
import { tileNodes } from "./tiles.ts";

const named = (path: string): string =>
  `log-${createHash("sha256").update(path).digest("hex").slice(0, 16)}.checkpoint`;

/**
 * Where a host keeps the last checkpoint it signed for a root: beside its key, not in the root, which may lie in git and
 * be written by others. A log that was cut looks whole by itself, and the next entry would sign what is left of it.
 */
export const rememberedFile = (keys: string, root: string): string =>
  join(keys, named(existsSync(root) ? realpathSync(root) : root));

/** The same, and that of the path as it was given: a link in the place of a root leads to another one, older perhaps. */
const rememberedFiles = (keys: string, root: string): readonly string[] => [
  ...new Set([rememberedFile(keys, root), join(keys, named(resolve(root)))]),
];

/** The checkpoint this host signed last for `root`; undefined when it has signed none. */
export function remembered(keys: string, root: string): string | undefined {
  const notes = rememberedFiles(keys, root).flatMap((file) => {
    const note = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    // Of one that is none, whoever compares it says so.
    return note === undefined ? [] : [{ note, size: Number(note.split("\n")[1] ?? Infinity) }];
  });
  return notes.toSorted((a, b) => b.size - a.size)[0]?.note;
}

/** Call it when the checkpoint of `root` has come into force: what is remembered is never newer than the log. */
export function remember(keys: string, root: string): void {
  for (const file of rememberedFiles(keys, root)) putFile(file, readCheckpoint(root)!);
}

/** Throws WatchbookError EVIDENCE-LOG-CUT for a log that lacks, or has otherwise, what this host wrote into it. */
export function checkRemembered(keys: string, root: string): void {
  const kept = remembered(keys, root);
  if (kept === undefined) return;
  const before = parseCheckpoint(kept, rememberedFile(keys, root));
  const note = readCheckpoint(root);
  const now = note === undefined ? undefined : parseCheckpoint(note, "log/checkpoint");
  if (now && now.size >= before.size && grown(root, before, now)) return;
  throw new WatchbookError("EVIDENCE-LOG-CUT", {
    path: logFolder(root),
    had: before.size,
    has: now?.size ?? 0,
    file: rememberedFile(keys, root),
  });
}

type Head = ReturnType<typeof parseCheckpoint>;

function grown(root: string, before: Head, now: Head): boolean {
  try {
    return verifyConsistency(
      before,
      now,
      consistencyProof(tileNodes(logFolder(root), now.size), before.size, now.size),
    );
  } catch (error) {
    // Tiles that lack or are broken: `append` says so in its own words.
    if (error instanceof Refusal) return true;
    throw error;
  }
}

import { randomBytes } from "node:crypto";
import { link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { WatchbookError } from "../model/error.ts";
import { makeFolder } from "../store/folder.ts";

/** Errors that say that the disk or its rights refuse, not that we are wrong. */
const REFUSALS = new Set([
  "ENOSPC",
  "EDQUOT",
  "EROFS",
  "EACCES",
  "EPERM",
  "EIO",
  "ENOTDIR",
  "EISDIR",
  "ENAMETOOLONG",
  "EEXIST",
]);

/** The error of a refused write as a sentence for the user; undefined when it is our bug. */
export function refusal(error: unknown, path: string): WatchbookError | undefined {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return REFUSALS.has(code)
    ? new WatchbookError("REPORT-NOT-WRITTEN", { path, detail: code }, { cause: error })
    : undefined;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Writes a temporary file beside `path`, fsynced, and lets `settle` give it its name; false when the name is taken. */
async function placed(path: string, content: string, settle: (temporary: string) => Promise<void>): Promise<boolean> {
  const temporary = `${dirname(path)}/.${randomBytes(6).toString("hex")}.tmp`;
  try {
    makeFolder(dirname(path));
    const file = await open(temporary, "wx", 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await settle(temporary);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    // Nothing half-written stays behind; a folder that cannot be written holds no temporary file either.
    await rm(temporary, { force: true }).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).code === "EEXIST" && (error as NodeJS.ErrnoException).syscall === "link")
      return false;
    throw refusal(error, path) ?? error;
  }
}

/**
 * Writes a file so that a reader, and a crash at any moment, sees the old content or the new, never a part: a
 * temporary file beside it, fsync, rename, fsync of the folder. Rejects with REPORT-NOT-WRITTEN when the disk refuses.
 */
export async function writeWhole(path: string, content: string): Promise<void> {
  await placed(path, content, (temporary) => rename(temporary, path));
}

/**
 * Makes a file that must not be there yet, whole or not at all; false when it is there. Rejects as `writeWhole` does.
 */
export async function writeNew(path: string, content: string): Promise<boolean> {
  return placed(path, content, async (temporary) => {
    await link(temporary, path);
    await rm(temporary);
  });
}

/**
 * Writes several files of which none may be new without the others: each lies whole and synced beside its place before the
 * first one takes it. Rejects as `writeWhole` does; then nothing was changed, unless the disk refused between two renames.
 */
export async function writeTogether(files: readonly (readonly [path: string, content: string])[]): Promise<void> {
  const [first, ...rest] = files;
  if (!first) return;
  const [path, content] = first;
  await placed(path, content, async (temporary) => {
    await writeTogether(rest);
    await rename(temporary, path);
  });
}

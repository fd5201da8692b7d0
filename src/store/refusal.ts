import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { WatchbookError } from "../model/error.ts";

/** Primary result codes of SQLite (sqlite.org/rescode.html) that mean the disk or the file, not the statement. */
const CODES: Readonly<Record<number, string>> = {
  5: "STORE-BUSY",
  6: "STORE-BUSY",
  8: "STORE-READ-ONLY",
  10: "STORE-IO",
  11: "STORE-CORRUPT",
  13: "STORE-FULL",
  14: "STORE-CANNOT-OPEN",
  26: "STORE-CORRUPT",
};

/** Extended codes whose primary code would mislead: not a directory we may write to, a table is locked. */
const EXTENDED: Readonly<Record<number, string>> = { 1544: "STORE-READ-ONLY", 3338: "STORE-IO" };

interface SqliteError extends Error {
  readonly errcode: number;
  readonly errstr: string;
}
const isSqlite = (error: unknown): error is SqliteError =>
  error instanceof Error && (error as { code?: unknown }).code === "ERR_SQLITE_ERROR";

/** The user's error when SQLite met a full, read-only, broken or locked file; undefined when the error is ours. */
export function refusalOf(error: unknown, file: string): WatchbookError | undefined {
  if (error instanceof WatchbookError) return error;
  if (!isSqlite(error)) return undefined;
  const code = EXTENDED[error.errcode] ?? CODES[error.errcode & 0xff];
  if (code === undefined) return undefined;
  return new WatchbookError(code, { file, detail: error.errstr }, { cause: error });
}

/** Codes of system calls (errno(3)) that mean the disk or the folder. */
const SYSTEM: Readonly<Record<string, string>> = {
  EROFS: "STORE-READ-ONLY",
  EACCES: "STORE-READ-ONLY",
  EPERM: "STORE-READ-ONLY",
  ENOSPC: "STORE-FULL",
  EDQUOT: "STORE-FULL",
  ENOTDIR: "STORE-CANNOT-OPEN",
  EEXIST: "STORE-CANNOT-OPEN",
  EIO: "STORE-IO",
};

const UNWRITTEN = new Set(["STORE-FULL", "STORE-READ-ONLY", "STORE-IO"]);

/** Whether the disk took nothing, while what lies on it may still be read. */
export const isUnwritten = (error: unknown): error is WatchbookError =>
  error instanceof WatchbookError && UNWRITTEN.has(error.code);

/** The user's error when a system call met a full or read-only disk; undefined when the error is ours. */
export function systemRefusal(error: unknown, file: string): WatchbookError | undefined {
  const detail = (error as NodeJS.ErrnoException | undefined)?.code;
  const code = detail === undefined ? undefined : SYSTEM[detail];
  return code === undefined ? undefined : new WatchbookError(code, { file, detail: detail! }, { cause: error });
}

/**
 * The user's error when a file could not be opened: its folder could not be made, or SQLite says only that it cannot,
 * and the folder says why.
 */
export function openRefusal(error: unknown, file: string): WatchbookError | undefined {
  const refused = refusalOf(error, file);
  if (refused && refused.code !== "STORE-CANNOT-OPEN") return refused;
  return systemRefusal(refused ? accessError(dirname(file)) : error, file) ?? refused;
}

function accessError(folder: string): unknown {
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return error;
  }
}

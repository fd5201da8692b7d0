import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { createHash, randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { WatchbookError } from "../model/error.ts";
import { Refusal } from "./refusal.ts";

/** Largest file of an evidence directory that is read, bytes. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** Hundred thousand bytes a second for an hour is far below; an event line is a few hundred. */
export interface ReadLimit {
  readonly max?: number;
}

const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

/** What whoever can write into a folder of evidence can bring about, and a bad disk: no mistake of ours. */
const UNREADABLE = new Set(["EACCES", "EIO", "EISDIR", "ELOOP", "ENAMETOOLONG", "ENXIO", "EPERM"]);

/**
 * What `look` finds on the disk; undefined where nothing is there. Throws Refusal for what is there and cannot be read,
 * under the name `file`: one spoilt entry is no reason to end the program.
 */
export function looked<T>(file: string, look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    const code = String((error as { code?: unknown } | undefined)?.code);
    if (ABSENT.has(code)) return undefined;
    if (UNREADABLE.has(code)) throw new Refusal("unreadable", { file, code });
    throw error;
  }
}

/** Names in a folder; none where there is no folder. Throws Refusal for one that cannot be read. */
export const namesIn = (folder: string, file: string): readonly string[] =>
  looked(file, () => readdirSync(folder)) ?? [];

/** The path without links. Throws Refusal where nothing is, or it cannot be followed. */
export function realPath(path: string, file: string): string {
  const real = looked(file, () => realpathSync(path));
  if (real === undefined) throw new Refusal("file-missing", { file });
  return real;
}

/**
 * Reads a plain file of evidence. A symbolic link, anything but a plain file, and what is larger than `max` are
 * refused before a byte is read, and so is what cannot be read; `file` is the name that the refusal says. Undefined
 * when it is not there.
 */
export const readPlain = (path: string, file: string, { max = MAX_BYTES }: ReadLimit = {}): Buffer | undefined =>
  looked(file, () => readWhole(path, file, max));

function readWhole(path: string, file: string, max: number): Buffer | undefined {
  const link = lstatSync(path, { throwIfNoEntry: false });
  if (!link) return undefined;
  if (link.isSymbolicLink()) throw new Refusal("symlink", { file });
  if (!link.isFile()) throw new Refusal("not-a-file", { file });
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(fd);
    if (size > max) throw new Refusal("too-large", { file, bytes: size, max });
    return readAll(fd, size, file, max);
  } finally {
    closeSync(fd);
  }
}

/** Reads to the end; a file that grows past the limit while it is read is refused too. */
function readAll(fd: number, size: number, file: string, max: number): Buffer {
  let bytes = Buffer.alloc(size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(fd, bytes, length, bytes.length - length, null);
    length += read;
    if (read === 0) return bytes.subarray(0, length);
    if (length > max) throw new Refusal("too-large", { file, bytes: length, max });
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
  }
}

/** SHA-256 of a plain file of a bearable size; undefined for what is gone or cannot be read. */
export function digestIn(path: string): string | undefined {
  try {
    const bytes = readPlain(path, path);
    return bytes && createHash("sha256").update(bytes).digest("hex");
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** UTF-8 without a byte order mark; anything else is refused. */
export function textOf(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal("not-utf8", { file });
  }
}

/** Makes a folder's entries durable: after a rename the name is on the disk. */
export function syncFolder(path: string): void {
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Puts a file in place whole, or not at all: written beside, fsynced, renamed. */
export function putFile(path: string, content: string | Uint8Array): void {
  const fresh = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  writeFileSync(fresh, content, { flush: true, flag: "wx" });
  renameSync(fresh, path);
  syncFolder(dirname(path));
}

const DISK: Readonly<Record<string, string>> = {
  ENOSPC: "EVIDENCE-FULL",
  EDQUOT: "EVIDENCE-FULL",
  "STORE-FULL": "EVIDENCE-FULL",
  EROFS: "EVIDENCE-READ-ONLY",
  EACCES: "EVIDENCE-READ-ONLY",
  EPERM: "EVIDENCE-READ-ONLY",
  "STORE-READ-ONLY": "EVIDENCE-READ-ONLY",
  EIO: "EVIDENCE-IO",
  // Something lies in the way that is no disk's fault.
  EEXIST: "EVIDENCE-IO",
  EISDIR: "EVIDENCE-IO",
  ELOOP: "EVIDENCE-IO",
  ENOTDIR: "EVIDENCE-IO",
  ENOTEMPTY: "EVIDENCE-IO",
  "STORE-IO": "EVIDENCE-IO",
};

/** The user's error when the disk refused, at a system call or at the lock; the error itself otherwise. */
export function diskError(error: unknown, path: string): unknown {
  const detail = String((error as { code?: unknown } | undefined)?.code);
  const code = DISK[detail];
  return code === undefined ? error : new WatchbookError(code, { path, detail }, { cause: error });
}

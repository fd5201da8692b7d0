import { constants, type Stats } from "node:fs";
import { lstat, open, opendir, stat, statfs } from "node:fs/promises";
import { resolve } from "node:path";
import { ReachError, type FileStat, type Reach } from "../../../model/target.ts";

/** A file operation that takes longer hangs on a dead mount, milliseconds. */
const LIMIT_MS = 5_000;
const DEFAULT_BYTES = 1_048_576;
const MOST_CHUNK = 4_194_304;
/** Files of /proc say they are empty: read them by pieces of this size. */
const LEAST_CHUNK = 65_536;

const REASONS: Readonly<Record<string, ReachError["reason"]>> = {
  ENOENT: "absent",
  ENOTDIR: "absent",
  // A process that ended while its /proc file was read.
  ESRCH: "absent",
  EACCES: "no-permission",
  EPERM: "no-permission",
  ETIMEDOUT: "timeout",
  ESTALE: "unreachable",
  ENOTCONN: "unreachable",
  EHOSTDOWN: "unreachable",
};

/** A system error said in the words of Reach. */
export const reachError = (error: unknown): ReachError => {
  if (error instanceof ReachError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new ReachError(REASONS[code ?? ""] ?? "other", message, { cause: error });
};

/** The work, or ReachError `timeout` when it takes longer than `ms`. */
export async function timed<T>(path: string, work: Promise<T>, ms = LIMIT_MS): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ReachError("timeout", `${path}: ${ms} ms`)), ms);
  try {
    return await Promise.race([work, promise]);
  } catch (error) {
    throw reachError(error);
  } finally {
    clearTimeout(timer);
  }
}

async function readPart(path: string, offset: number, length: number): Promise<Uint8Array> {
  // Without O_NONBLOCK the opening of a pipe that nobody writes to would wait for ever.
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const found = await file.stat();
  const { size } = found;
  if (found.isFIFO() || found.isSocket()) throw new ReachError("other", `${path}: a pipe`);
  const parts: Buffer[] = [];
  for (let done = 0; done < length;) {
    const expected = Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, size - offset - done));
    const part = Buffer.allocUnsafe(Math.min(expected, length - done));
    const { bytesRead } = await file.read(part, 0, part.length, offset + done);
    if (bytesRead === 0) break;
    parts.push(part.subarray(0, bytesRead));
    done += bytesRead;
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

const kindOf = (found: Stats): FileStat["kind"] => {
  if (found.isFile()) return "file";
  if (found.isDirectory()) return "directory";
  return found.isSymbolicLink() ? "symlink" : "other";
};

async function describe(path: string): Promise<FileStat> {
  const found = await stat(path).catch(async (error: unknown) => {
    // A link to nothing is there, but not what it promises.
    const link = await lstat(path);
    if (link.isSymbolicLink()) return link;
    throw error;
  });
  return {
    kind: kindOf(found),
    size: found.size,
    modified: found.mtimeMs,
    mode: found.mode & 0o7777,
    uid: found.uid,
    gid: found.gid,
    inode: found.ino,
  };
}

async function names(path: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const entry of await opendir(path, { bufferSize: 1_024 })) found.push(entry.name);
  return found.toSorted();
}

async function room(path: string): ReturnType<Reach["space"]> {
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path);
  return {
    size: blocks * bsize,
    free: bfree * bsize,
    available: bavail * bsize,
    ...(files > 0 && { inodes: files, inodesFree: ffree }),
  };
}

/** The file methods of Reach on this machine; relative paths start in `directory`. */
export function files(directory: string): Pick<Reach, "read" | "stat" | "list" | "space"> {
  const at = (path: string) => resolve(directory, path);
  return {
    read: (path, range) => timed(path, readPart(at(path), range?.offset ?? 0, range?.length ?? DEFAULT_BYTES)),
    stat: (path) => timed(path, describe(at(path))),
    list: (path) => timed(path, names(at(path))),
    space: (path) => timed(path, room(at(path))),
  };
}

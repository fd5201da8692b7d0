import { WatchbookError } from "../model/error.ts";

/** Codes of system calls that say that the disk, its rights or the path refuse, not that we are wrong. */
const REFUSALS = new Set(
  "ENOENT ENOTDIR EISDIR EEXIST EROFS EACCES EPERM ENOSPC EDQUOT EIO ENAMETOOLONG ELOOP".split(" "),
);

/** Writes something a person asked for; what the disk refuses is the user's error OUTPUT-NOT-WRITTEN. */
export async function written<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? "";
    throw REFUSALS.has(detail) ? new WatchbookError("OUTPUT-NOT-WRITTEN", { path, detail }, { cause: error }) : error;
  }
}

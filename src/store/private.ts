import { chmodSync, closeSync, openSync, statSync } from "node:fs";

/** Of others than its user: nobody reads or writes it. */
const OTHERS = 0o077;

/**
 * Makes the database `file` its user's alone before SQLite opens it, whatever the umask and the folder's mode: what SQLite lays
 * beside it (-wal, -shm) gets the same mode, and what an older start left is shut too. One that is there is never opened
 * here: to close it would drop the locks of this process (POSIX). Throws the system's error where none can be made.
 */
export function keepPrivate(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  for (const one of [file, `${file}-wal`, `${file}-shm`]) shut(one);
}

function shut(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() || (found.mode & OTHERS) === 0) return;
  try {
    chmodSync(file, found.mode & 0o7777 & ~OTHERS);
  } catch (error) {
    // Somebody else's, or of a disk that takes nothing: what can be done with it SQLite says.
    if (!["EPERM", "EROFS", "EACCES", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it that lack. Throws the system's own error (EROFS, EACCES, ENOSPC, ENOTDIR, EEXIST for
 * a file of that name). Node's recursive mkdir is not used: where a file system takes no folders at all (/proc, /sys)
 * it never comes back, and on a read-only disk it says ENOENT.
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path).isDirectory()) return;
    if (code !== "ENOENT") throw error;
    const above = dirname(path);
    if (above === path || existsSync(above))
      throw Object.assign(new Error(`no folder can be made: ${path}`, { cause: error }), { code: "EROFS" });
    makeFolder(above, mode);
    makeFolder(path, mode);
  }
}

import { readFileSync, statSync } from "node:fs";

interface Seen {
  /** What tells one content of the file from another, without reading it. */
  readonly stamp: string;
  readonly made: unknown;
}

/** What was made of a file the last time, by the name of what is made and its path. */
const seen = new Map<string, Seen>();

/** Nobody can read it: for whoever asks here the same as none. */
const HIDDEN: ReadonlySet<unknown> = new Set([
  "ENOENT",
  "ENOTDIR",
  "EACCES",
  "EPERM",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
]);

function orNone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (HIDDEN.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}

/**
 * What `make` makes of a file (`what` names it), made once for as long as the file stays as it is: many hosts share their
 * files, and a look at one costs a tenth of a read in another thread. No bytes are given where none can be read.
 */
export function unchanged<T>(what: string, path: string, make: (bytes: Buffer) => T): T {
  const name = `${what}\0${path}`;
  const found = orNone(() => statSync(path, { bigint: true }));
  const stamp = found ? [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(" ") : "";
  const last = seen.get(name);
  if (last?.stamp === stamp) return last.made as T;
  const made = make((found && orNone(() => readFileSync(path))) ?? Buffer.alloc(0));
  seen.set(name, { stamp, made });
  return made;
}

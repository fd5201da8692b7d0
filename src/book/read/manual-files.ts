import type { Finding } from "../../model/finding.ts";

/** Files that one book may be made of. More is refused: a mistyped folder must not read a whole disk. */
export const LIMITS = {
  /** Bytes of one manual file. */
  fileBytes: 8 * 1024 * 1024,
  /** Bytes of all manual files together. */
  bookBytes: 256 * 1024 * 1024,
  /** Entries of the tree, folders included. */
  entries: 20_000,
  /** Folders in folders. */
  depth: 64,
} as const;

/** Name of the file that holds a book's data. */
export const CONFIG_NAME = "watchbook.yaml";

/** One file of a tree. */
export interface Entry {
  /** Relative to the root, `/` as separator, as the file system spells it. */
  readonly path: string;
  readonly bytes: number;
  /** A symbolic link to another file of the same tree: a link may point to it, but it is no manual of its own. */
  readonly alias?: true;
}

export interface Listing {
  /** Sorted by path. */
  readonly entries: readonly Entry[];
  /** Only these are manuals; absent: chosen by name. */
  readonly named?: ReadonlySet<string>;
  /** What was refused: links out of the tree, cycles, unreadable folders. */
  readonly findings: readonly Finding[];
}

/**
 * Where a book's files come from: a folder, named files, a git commit.
 * MUST: never leave the root, never follow a symbolic link out of it; list at most LIMITS.entries or reject with
 * BOOK-TOO-MANY-FILES; give bytes as they are.
 */
export interface ManualFiles {
  /** Absolute path of the root, as messages name it. */
  readonly root: string;
  /** `ignored` is asked with every path relative to the root; folders end with `/` and are not entered when ignored. */
  list(ignored: (path: string) => boolean): Promise<Listing>;
  /** Whole content of one listed file, or of watchbook.yaml; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Is there a file or folder at `path`, listed or not? Paths never leave the root. */
  has(path: string): Promise<boolean>;
}

/** Order of files everywhere: by code unit, independent of the locale. */
export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

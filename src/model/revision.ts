/** A commit that came with a revision of the book. */
export interface RevisionCommit {
  readonly id: string;
  /** As the commit has it: nobody has proven it. */
  readonly author: string;
  /** When it was written, milliseconds since the epoch. */
  readonly at: number;
  /** First line of its message. */
  readonly subject: string;
}

export const FILE_DEEDS = ["added", "changed", "removed"] as const;

/** A file of the book that is another one than before. */
export interface RevisionFile {
  /** Relative to the book's root. */
  readonly path: string;
  readonly did: (typeof FILE_DEEDS)[number];
}

/** What lies between two revisions of a book. */
export interface Revision {
  /** Newest first, those that touched the book's folder; none where it is not in git. */
  readonly commits: readonly RevisionCommit[];
  /** By path. */
  readonly files: readonly RevisionFile[];
  /** There were more commits or files than are kept. */
  readonly more: boolean;
}

/** So many commits and files of one revision are kept. */
export const REVISION_LIMITS = { commits: 20, files: 50 } as const;

/** Where in the manual something stands. Every object of a book carries one. */
export interface Source {
  /** Path relative to the book's root, `/` as separator. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
}

/** `file:line`, the form editors and terminals turn into a link. */
export const at = (source: Source): string => `${source.file}:${source.line}`;

import { join } from "node:path";

/** A path as one word of a shell, for a line that the reader copies. */
export const quote = (path: string): string =>
  /^[\p{L}\p{N}_./@%+=:,-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;

/** The command that verifies evidence from anywhere on this machine. Paths are absolute. */
export function verifyLine(directory: string, where: { readonly root: string; readonly data: string }): string {
  const data = where.data === join(where.root, ".watchbook") ? "" : ` --data ${quote(where.data)}`;
  return `watchbook evidence verify ${quote(directory)} --book ${quote(where.root)}${data}`;
}

import { createHash } from "node:crypto";
import type { Reach } from "../../../model/target.ts";
import { head, type Packing } from "./read.ts";

/** How far a file has been counted. */
export interface Mark {
  readonly path: string;
  readonly inode: number;
  /** Behind the last whole line that was counted. */
  readonly offset: number;
  /** Length and hash of the file's first bytes: tell a file from another one that got its inode. */
  readonly headLength: number;
  readonly headHash: string;
}

const HEAD = 256;

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

export async function markOf(reach: Reach, path: string, inode: number, offset: number): Promise<Mark> {
  const bytes = await head(reach, path, HEAD, "none");
  return { path, inode, offset, headLength: bytes.length, headHash: hash(bytes) };
}

/** Whether a file begins as the marked one did. */
export async function beginsLike(reach: Reach, path: string, mark: Mark, packing: Packing): Promise<boolean> {
  const bytes = await head(reach, path, mark.headLength, packing);
  return bytes.length === mark.headLength && hash(bytes) === mark.headHash;
}

type Row = readonly [path: string, inode: number, offset: number, headLength: number, headHash: string];

/** Marks as one fact of a sample. */
export const writeMarks = (marks: readonly Mark[]): string =>
  JSON.stringify(marks.map((mark): Row => [mark.path, mark.inode, mark.offset, mark.headLength, mark.headHash]));

/** Marks of an earlier sample; none when there are none. */
export function readMarks(fact: unknown): readonly Mark[] {
  if (typeof fact !== "string") return [];
  return (JSON.parse(fact) as readonly Row[]).map(([path, inode, offset, headLength, headHash]) => ({
    path,
    inode,
    offset,
    headLength,
    headHash,
  }));
}

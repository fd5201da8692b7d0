import { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Reach } from "../../../model/target.ts";
import { Unjudged } from "../answer/unjudged.ts";
import type { Match } from "./match.ts";

/** A piece of one file that has not been counted yet. */
export interface Part {
  readonly path: string;
  readonly from: number;
  /** Size when the run began: what is written meanwhile belongs to the next run. */
  readonly to: number;
  readonly packing: Packing;
}

/** How a file is packed; `other`: in a way that Node cannot unpack. */
export type Packing = "none" | "gz" | "zst" | "other";

/** By the ending of its name. */
export function packingOf(path: string): Packing {
  if (path.endsWith(".gz")) return "gz";
  if (path.endsWith(".zst")) return "zst";
  return /\.(?:xz|lzma|bz2|lz4|lzo|zip|7z|Z)$/.test(path) ? "other" : "none";
}

const CHUNK = 4_194_304;
/** A line longer than this is cut into pieces. */
const LONGEST_LINE = 1_048_576;
const LINE_END = 0x0a;

async function* plain(reach: Reach, path: string, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const bytes = await reach.read(path, { offset: at, length: Math.min(CHUNK, to - at) });
    if (bytes.length === 0) return;
    at += bytes.length;
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}

/** Unpacked bytes from an offset; the first ones are unpacked and dropped. */
async function* unpacked(reach: Reach, { path, from, to, packing }: Part): AsyncGenerator<Buffer> {
  const packed = Readable.from(plain(reach, path, 0, to));
  const opened = packing === "zst" ? createZstdDecompress() : createGunzip();
  packed.once("error", (error) => opened.destroy(error));
  let skip = from;
  try {
    for await (const chunk of packed.pipe(opened) as AsyncIterable<Buffer>) {
      const rest = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!/^(?:Z_|ZSTD_|ERR_ZLIB)/.test(code ?? "")) throw error;
    throw new Unjudged("unparsable", `${path}: ${code}`);
  }
}

/** The beginning of a file, unpacked. */
export async function head(reach: Reach, path: string, length: number, packing: Packing): Promise<Buffer> {
  if (packing === "none") return Buffer.from(await reach.read(path, { offset: 0, length }));
  const parts: Buffer[] = [];
  for await (const chunk of unpacked(reach, { path, from: 0, to: Number.MAX_SAFE_INTEGER, packing })) {
    parts.push(chunk);
    if (parts.reduce((sum, part) => sum + part.length, 0) >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/**
 * Gives every matching line of a part to `seen`; resolves with the offset behind the last whole line, and the bytes
 * read. `most` bounds the bytes.
 */
export async function readPart(
  reach: Reach,
  part: Part,
  match: Match,
  seen: (line: string) => void,
  most: number,
): Promise<{ readonly offset: number; readonly bytes: number }> {
  let rest = Buffer.alloc(0);
  let bytes = 0;
  const { packing, path, from, to } = part;
  for await (const chunk of packing === "none" ? plain(reach, path, from, to) : unpacked(reach, part)) {
    bytes += chunk.length;
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end =
      block.length > LONGEST_LINE && !block.includes(LINE_END) ? block.length : block.lastIndexOf(LINE_END) + 1;
    for (const line of match(block.subarray(0, end))) seen(line);
    rest = Buffer.from(block.subarray(end));
    if (bytes >= most) break;
  }
  // What was rotated away gets no more line ends: its last line counts as it is.
  if (packing !== "none" && rest.length > 0) for (const line of match(rest)) seen(line);
  return { offset: part.from + bytes - rest.length, bytes };
}

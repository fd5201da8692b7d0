import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../store/folder.ts";
import { namesIn, putFile, readPlain } from "./disk.ts";
import { nodeHash, type Hash, type Nodes } from "./merkle.ts";
import { Refusal } from "./refusal.ts";

/** Hashes of one row in one tile: 2^8, as C2SP tlog-tiles fixes. */
const WIDTH = 256;
const HASH = 32;

/** Number of a tile as path: 1234067 is `x001/x234/067`. */
export function tilePath(index: number): string {
  const parts = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  return parts.join("/");
}

/** `tile/0/000`, `tile/entries/000.p/5`: a full tile, or a partial one with its width. */
export const tileFile = (row: number | "entries", index: number, width: number): string =>
  `tile/${row}/${tilePath(index)}${width === WIDTH ? "" : `.p/${width}`}`;

/** Width of tile `index` when its row has `count` entries: 0 to 256. */
const widthOf = (index: number, count: number): number => Math.max(0, Math.min(WIDTH, count - index * WIDTH));

/** Entries of the tile row `row` (every 8 levels) in a tree of `size`. */
const rowCount = (row: number, size: number): number => Math.floor(size / WIDTH ** row);

/**
 * The tile as it stands for a tree of `size`: the full one where it is full, else the partial one of that width or a
 * wider one that later appends left.
 */
function readTile(folder: string, row: number | "entries", index: number, width: number): Buffer {
  const full = readPlain(join(folder, tileFile(row, index, WIDTH)), `log/${tileFile(row, index, WIDTH)}`);
  if (full) return full;
  const partial = join(folder, `tile/${row}/${tilePath(index)}.p`);
  const wider = namesIn(partial, `log/tile/${row}/${tilePath(index)}.p`)
    .map(Number)
    .filter((w) => w >= width && w < WIDTH);
  const best = Math.min(...wider);
  const file = tileFile(row, index, Number.isFinite(best) ? best : width);
  const bytes = readPlain(join(folder, file), `log/${file}`);
  if (!bytes) throw new Refusal("log-damaged", { file: `log/${file}` });
  return bytes;
}

/** Hashes of complete subtrees, from the tiles of a log of `size` leaves. */
export function tileNodes(folder: string, size: number): Nodes {
  const tiles = new Map<string, Buffer>();
  const entry = (row: number, index: number): Hash => {
    const tile = Math.floor(index / WIDTH);
    const name = `${row}/${tile}`;
    let bytes = tiles.get(name);
    if (!bytes) tiles.set(name, (bytes = readTile(folder, row, tile, widthOf(tile, rowCount(row, size)))));
    const at = (index % WIDTH) * HASH;
    const hash = bytes.subarray(at, at + HASH);
    if (hash.length !== HASH) throw new Refusal("log-damaged", { file: `log/tile/${row}/${tilePath(tile)}` });
    return hash;
  };
  const node = (level: number, index: number): Hash =>
    level % 8 === 0 ? entry(level / 8, index) : nodeHash(node(level - 1, index * 2), node(level - 1, index * 2 + 1));
  return node;
}

/** Entries [256·index, 256·(index+1)) of a log of `size`: a bundle of big-endian uint16 lengths and bytes. */
function readBundle(folder: string, index: number, size: number): Buffer[] {
  const entries: Buffer[] = [];
  const width = widthOf(index, size);
  const bytes = readTile(folder, "entries", index, width);
  let at = 0;
  for (let n = 0; n < width; n += 1) {
    const end = at + 2 + (at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0);
    if (at + 2 > bytes.length || end > bytes.length)
      throw new Refusal("log-damaged", { file: `log/tile/entries/${tilePath(index)}` });
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/** Entries [from, size) of the log, in order. */
export function readEntries(folder: string, size: number, from = 0): Buffer[] {
  const entries: Buffer[] = [];
  const first = Math.floor(from / WIDTH);
  for (let index = first; index * WIDTH < size; index += 1) entries.push(...readBundle(folder, index, size));
  return entries.slice(from - first * WIDTH);
}

/** One entry of a log of `size`; undefined for an index beyond it. */
export const readEntry = (folder: string, index: number, size: number): Buffer | undefined =>
  readBundle(folder, Math.floor(index / WIDTH), size)[index % WIDTH];

/**
 * Writes the tiles that one more leaf changes. Old tiles are not touched, so that the tree of `size` stays readable
 * until its checkpoint is replaced. `leaf` is the leaf's hash.
 */
export function addLeaf(folder: string, size: number, entry: Uint8Array, leaf: Hash): void {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(entry.length);
  extend(folder, "entries", size, Buffer.concat([length, entry]), size + 1);
  extend(folder, 0, size, leaf, size + 1);
  const nodes = tileNodes(folder, size + 1);
  for (let row = 1; (size + 1) % WIDTH ** row === 0; row += 1) {
    const index = rowCount(row, size);
    const [left, right] = [nodes(row * 8 - 1, index * 2), nodes(row * 8 - 1, index * 2 + 1)];
    extend(folder, row, index, nodeHash(left, right), index + 1);
  }
}

function extend(folder: string, row: number | "entries", count: number, piece: Uint8Array, next: number): void {
  const index = Math.floor(count / WIDTH);
  const width = widthOf(index, count);
  const before = width === 0 ? Buffer.alloc(0) : exact(folder, row, index, width);
  const file = join(folder, tileFile(row, index, widthOf(index, next)));
  makeFolder(dirname(file));
  putFile(file, Buffer.concat([before, piece]));
}

/** The first `width` entries of a tile, without what an append that was not finished may have left behind them. */
function exact(folder: string, row: number | "entries", index: number, width: number): Buffer {
  const bytes = readTile(folder, row, index, width);
  if (row !== "entries") return bytes.subarray(0, width * HASH);
  let at = 0;
  for (let n = 0; n < width; n += 1) at += 2 + bytes.readUInt16BE(at);
  return bytes.subarray(0, at);
}

/** Removes the partial tiles that a longer one replaces, once the new checkpoint stands. */
export function dropPartial(folder: string, size: number): void {
  for (const row of ["entries", 0, 1, 2, 3] as const) {
    const count = row === "entries" ? size : rowCount(row, size);
    if (count === 0) continue;
    const index = Math.floor((count - 1) / WIDTH);
    const partial = join(folder, `tile/${row}/${tilePath(index)}.p`);
    const keep = widthOf(index, count);
    if (keep === WIDTH) rmSync(partial, { recursive: true, force: true });
    else
      for (const name of namesIn(partial, `log/tile/${row}/${tilePath(index)}.p`))
        if (Number(name) < keep) rmSync(join(partial, name));
  }
}

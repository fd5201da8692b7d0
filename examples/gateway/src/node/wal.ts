import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import { holdTo, readMark, writeMark } from "./wal/mark.ts";
import { FIRST, parse, record, type Order, type Parsed } from "./wal/record.ts";

export type { Order } from "./wal/record.ts";

/** Orders on disk, one line each: length, sum over it and all before it, JSON. */
export interface Wal {
  readonly orders: readonly Order[];
  /** So many were there when it was opened. */
  readonly replayed: number;
  /** Bytes of a record that was being written when its writer died: they were cut off when it was opened. */
  readonly cut: number;
  /** Number of the order with this id. */
  find(id: string): number | undefined;
  /** The next orders, on disk (one fsync) when this returns. Throws Failure wal-not-written; then it takes no more. */
  append(ids: readonly string[]): readonly Order[];
  close(): void;
}

/** Files of a log: the records, how far they were acknowledged, and what was cut off last. */
export const filesOf = (folder: string) => ({
  log: join(folder, "orders.wal"),
  mark: join(folder, "orders.mark"),
  torn: join(folder, "orders.torn"),
});

/**
 * What a folder's log holds, changing nothing. Throws Failure wal-damaged, wal-short, wal-other, wal-mark-damaged.
 */
export function readWal(folder: string): Parsed {
  const { log, mark } = filesOf(folder);
  // The mark first: of a log that grows meanwhile it must not know more than what is read then.
  const acknowledged = readMark(mark);
  const parsed = parse(existsSync(log) ? readFileSync(log) : Buffer.alloc(0));
  holdTo(acknowledged, parsed);
  return parsed;
}

/** A write may take less than it was given. */
function writeWhole(handle: number, bytes: Buffer): void {
  for (let from = 0; from < bytes.length;) from += writeSync(handle, bytes, from);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

/** Opens the log of a folder and replays it; a torn end is cut off and kept beside it. Throws as `readWal`. */
export function openWal(folder: string): Wal {
  mkdirSync(folder, { recursive: true });
  const files = filesOf(folder);
  const found = readWal(folder);
  const orders = [...found.orders];
  if (found.torn > 0) writeFileSync(files.torn, readFileSync(files.log).subarray(found.bytes));
  const handle = openSync(files.log, "a");
  const mark = openSync(files.mark, existsSync(files.mark) ? "r+" : "w");
  if (found.torn > 0) ftruncateSync(handle, found.bytes);
  fsyncSync(handle);
  // Of a file that is new its folder has the name, and of a folder the one above.
  for (const above of [folder, dirname(folder)]) syncFolder(above);
  let bytes = found.bytes;
  let sum = found.sums.at(-1) ?? FIRST;
  writeMark(mark, { bytes, n: orders.length, sum });
  const numbers = new Map(orders.map(({ id, n }) => [id, n]));
  let failed = false;
  const keep = (lines: Buffer): void => {
    if (failed) throw new Failure("wal-not-written", { reason: "failed-before" });
    // Whatever becomes of a write that failed, nothing may be written behind it.
    failed = true;
    try {
      writeWhole(handle, lines);
      fsyncSync(handle);
    } catch (error) {
      throw new Failure("wal-not-written", { reason: (error as NodeJS.ErrnoException).code });
    }
    failed = false;
  };
  return {
    orders,
    replayed: found.orders.length,
    cut: found.torn,
    find: (id) => numbers.get(id),
    append: (ids) => {
      const added = ids.map((id, index): Order => ({ n: orders.length + 1 + index, id }));
      let last = sum;
      const lines = added.map((order) => {
        const { line, sum: own } = record(order, last);
        last = own;
        return line;
      });
      const written = Buffer.from(lines.join(""));
      keep(written);
      orders.push(...added);
      for (const { id, n } of added) numbers.set(id, n);
      bytes += written.length;
      sum = last;
      writeMark(mark, { bytes, n: orders.length, sum });
      return added;
    },
    close: () => {
      closeSync(handle);
      closeSync(mark);
    },
  };
}

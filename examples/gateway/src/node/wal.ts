import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { Failure } from "../failure.ts";

/** An order as the log has it; `n` counts from 1 without holes. */
export interface Order {
  readonly n: number;
  readonly id: string;
}

/** Orders on disk, one line each: CRC-32 of the rest in eight hex digits, a blank, JSON. */
export interface Wal {
  readonly orders: readonly Order[];
  /** So many were there when it was opened. */
  readonly replayed: number;
  /** Number of the order with this id. */
  find(id: string): number | undefined;
  /** The next orders, on disk (one fsync) when this returns. */
  append(ids: readonly string[]): readonly Order[];
  close(): void;
}

const sum = (text: string): string => crc32(text).toString(16).padStart(8, "0");

function parse(line: string, n: number): Order {
  const text = line.slice(9);
  if (line.slice(0, 8) !== sum(text)) throw new Failure("wal-damaged", { record: n });
  const order = JSON.parse(text) as Order;
  if (order.n !== n) throw new Failure("wal-hole", { record: n, found: order.n });
  return order;
}

/** What a file holds, and how many bytes of it are whole lines: the rest was being written when its writer died. */
function read(file: string): { readonly orders: Order[]; readonly bytes: number } {
  const all = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const bytes = all.lastIndexOf(10) + 1;
  const lines = all.toString("utf8", 0, bytes).split("\n").slice(0, -1);
  return { orders: lines.map((line, index) => parse(line, index + 1)), bytes };
}

/** Opens the log of a folder and replays it. Throws Failure wal-damaged, wal-hole. */
export function openWal(folder: string): Wal {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "orders.wal");
  const { orders, bytes } = read(file);
  const handle = openSync(file, "a");
  ftruncateSync(handle, bytes);
  const numbers = new Map(orders.map(({ id, n }) => [id, n]));
  return {
    orders,
    replayed: orders.length,
    find: (id) => numbers.get(id),
    append: (ids) => {
      const added = ids.map((id, index): Order => ({ n: orders.length + 1 + index, id }));
      const texts = added.map((order) => JSON.stringify(order));
      writeSync(handle, texts.map((text) => `${sum(text)} ${text}\n`).join(""));
      fsyncSync(handle);
      orders.push(...added);
      for (const { id, n } of added) numbers.set(id, n);
      return added;
    },
    close: () => closeSync(handle),
  };
}

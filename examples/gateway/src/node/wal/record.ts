import { hash } from "node:crypto";
import { Failure } from "../../failure.ts";

/** An order as the log has it; `n` counts from 1 without holes. */
export interface Order {
  readonly n: number;
  readonly id: string;
}

/** What the bytes of a log hold. */
export interface Parsed {
  readonly orders: readonly Order[];
  /** So many bytes are whole records. */
  readonly bytes: number;
  /** Bytes behind them: of a record whose writer died while it was being written. */
  readonly torn: number;
  /** Sum of every record, in their order. */
  readonly sums: readonly string[];
}

/** Four hex digits of length, a blank, sixteen of the sum, a blank. */
const HEAD = 22;
const LINE_END = 10;

/** What the first record stands on. */
export const FIRST = "0".repeat(16);

/** A record's sum covers the one before it: a record that was taken out, put in or moved is seen, not only a changed one. */
const sumOf = (before: string, text: string): string => hash("sha256", before + text, "hex").slice(0, 16);

/** One line of the log, and the sum that the next one stands on. */
export function record(order: Order, before: string): { readonly line: string; readonly sum: string } {
  const text = JSON.stringify(order);
  const sum = sumOf(before, text);
  return { line: `${Buffer.byteLength(text).toString(16).padStart(4, "0")} ${sum} ${text}\n`, sum };
}

const lengthOf = (head: string): number | undefined =>
  /^[0-9a-f]{4} [0-9a-f]{16} $/.test(head) ? Number.parseInt(head.slice(0, 4), 16) : undefined;

/** Without its line end: the beginning of a record that is longer; behind it room that the file system gave and nobody wrote to. */
function isTorn(rest: Buffer): boolean {
  const written = rest.findLastIndex((byte) => byte !== 0) + 1;
  if (written < HEAD) return true;
  const length = lengthOf(rest.toString("latin1", 0, HEAD));
  return length !== undefined && written <= HEAD + length;
}

/** The order of a whole line; undefined when it is not what was written. */
function orderOf(line: Buffer, n: number, before: string): { readonly order: Order; readonly sum: string } | undefined {
  const length = lengthOf(line.toString("latin1", 0, HEAD));
  const text = line.toString("utf8", HEAD);
  const sum = line.toString("latin1", 5, HEAD - 1);
  if (length !== line.length - HEAD || sum !== sumOf(before, text)) return undefined;
  const order = JSON.parse(text) as Order;
  return order.n === n ? { order, sum } : undefined;
}

/**
 * Reads the bytes of a log from its beginning. An end that was being written is left out and counted; anything else that
 * is not as it was written is Failure wal-damaged, with the record and the byte where it begins.
 */
export function parse(all: Buffer): Parsed {
  const orders: Order[] = [];
  const sums: string[] = [];
  let bytes = 0;
  while (bytes < all.length) {
    const end = all.indexOf(LINE_END, bytes);
    const found = end === -1 ? undefined : orderOf(all.subarray(bytes, end), orders.length + 1, sums.at(-1) ?? FIRST);
    if (!found) {
      if (end === -1 && isTorn(all.subarray(bytes))) break;
      throw new Failure("wal-damaged", { record: orders.length + 1, offset: bytes });
    }
    orders.push(found.order);
    sums.push(found.sum);
    bytes = end + 1;
  }
  return { orders, bytes, torn: all.length - bytes, sums };
}

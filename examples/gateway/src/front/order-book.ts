import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** Orders of an exchange: ids on disk, every id counted once. */
export interface OrderBook {
  readonly orders: number;
  /** Orders that came again with an id that was there, and did not count. */
  readonly repeated: number;
  take(id: string): void;
  /** As they were counted, not as they are known: an id that was counted twice is there twice. */
  counted(): readonly string[];
}

export function orderBook(file: string): OrderBook {
  const counted = (): readonly string[] =>
    existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const ids = new Set(counted());
  let repeated = 0;
  return {
    get orders() {
      return ids.size;
    },
    get repeated() {
      return repeated;
    },
    take: (id) => {
      if (ids.has(id)) repeated += 1;
      else {
        ids.add(id);
        appendFileSync(file, `${id}\n`);
      }
    },
    counted,
  };
}

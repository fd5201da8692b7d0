import { readFileSync, writeSync } from "node:fs";
import { Failure } from "../../failure.ts";
import { FIRST, type Parsed } from "./record.ts";

/**
 * How far the log was on disk when something of it was last acknowledged. It is written after the log and not synced by
 * itself: a kill cannot take it back, after a power failure it may lag behind, and it is never ahead.
 */
export interface Mark {
  readonly bytes: number;
  readonly n: number;
  readonly sum: string;
}

/** Always as long, so that a new one covers the old one whole. */
const text = ({ bytes, n, sum }: Mark): string =>
  `${String(bytes).padStart(15, "0")} ${String(n).padStart(15, "0")} ${sum}\n`;

/** Writes it to an open file. */
export function writeMark(handle: number, mark: Mark): void {
  writeSync(handle, text(mark), 0);
}

/** Undefined where nothing was ever acknowledged. Throws Failure wal-mark-damaged. */
export function readMark(file: string): Mark | undefined {
  let found: string;
  try {
    found = readFileSync(file, "latin1");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  if (found === "") return undefined;
  const [, bytes, n, sum] = /^(\d{15}) (\d{15}) ([0-9a-f]{16})\n$/.exec(found) ?? [];
  if (sum === undefined) throw new Failure("wal-mark-damaged", { file });
  return { bytes: Number(bytes), n: Number(n), sum };
}

/** What was acknowledged must be there, and be the same. Throws Failure wal-short, wal-other. */
export function holdTo(mark: Mark | undefined, log: Parsed): void {
  if (!mark) return;
  const there = log.orders.length;
  if (there < mark.n || log.bytes < mark.bytes)
    throw new Failure("wal-short", { records: there, acknowledged: mark.n, offset: log.bytes });
  if ((log.sums[mark.n - 1] ?? FIRST) !== mark.sum) throw new Failure("wal-other", { record: mark.n });
}

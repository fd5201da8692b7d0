import type { FileHandle } from "node:fs/promises";
import { decodeMark, MARK_BYTES, START, type Mark } from "./lines.ts";

/** Last mark of an index file for which `holds`; marks are in order, so it is found by halving. */
export async function lastMark(
  index: FileHandle | undefined,
  size: number,
  holds: (mark: Mark) => boolean,
): Promise<Mark> {
  if (!index) return START;
  const cell = Buffer.alloc(MARK_BYTES);
  const inside = async (n: number): Promise<Mark | undefined> => {
    const { bytesRead } = await index.read(cell, 0, MARK_BYTES, n * MARK_BYTES);
    const mark = bytesRead === MARK_BYTES ? decodeMark(cell, 0) : undefined;
    // The index of a writer that was killed may say more than the text.
    return mark && mark.offset <= size && holds(mark) ? mark : undefined;
  };
  let found = START;
  let low = 0;
  let high = Math.floor((await index.stat()).size / MARK_BYTES);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const mark = await inside(middle);
    if (mark) [low, found] = [middle + 1, mark];
    else high = middle;
  }
  return found;
}

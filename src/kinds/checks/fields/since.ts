import type { Reach } from "../../../model/target.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { named, siblings, type Log } from "../log/parts.ts";
import { packingOf, readPart } from "../log/read.ts";
import { sizeText } from "../params/size.ts";
import { lineOf, type Line } from "./line.ts";

const PEEK = 65_536;
const FIRST_STEP = 1_048_576;
const everyLine = (block: Buffer): readonly string[] =>
  block
    .toString("utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");

/** The first time that a piece of a log carries. */
async function timeAt(reach: Reach, path: string, offset: number, time: readonly string[] | undefined) {
  const bytes = await reach.read(path, { offset, length: PEEK });
  const lines = Buffer.from(bytes).toString("utf8").split("\n");
  // At any offset but 0 the first line is the rest of one.
  for (const text of offset === 0 ? lines : lines.slice(1)) {
    const at = lineOf(text, time)?.at;
    if (at !== undefined) return at;
  }
  return undefined;
}

/** Where to begin reading so that nothing since a moment is missed; lines stand in the order of their times. */
async function begin(reach: Reach, { path, stat }: Log, since: number, time: readonly string[] | undefined) {
  for (let [from, step] = [stat.size, FIRST_STEP]; from > 0; step *= 2) {
    from = Math.max(0, from - step);
    const first = await timeAt(reach, path, from, time);
    if (first !== undefined && first < since) return { from, reachesBack: true };
  }
  return { from: 0, reachesBack: false };
}

/** What one stretch of logs held. */
export interface Read {
  /** Lines that are no JSON object. */
  unreadable: number;
  bytes: number;
}

/**
 * Gives every JSON line since a moment to `seen`, also those of files that were rotated away since. A line without a time
 * belongs to the line before. Throws Unjudged for what cannot be read, and when there is more than `most` bytes.
 */
export async function readSince(
  reach: Reach,
  files: readonly string[],
  asked: { readonly since: number; readonly most: number; readonly time: readonly string[] | undefined },
  seen: (line: Line) => void,
): Promise<Read> {
  const { since, time, most } = asked;
  const logs = await named(reach, files);
  const read: Read = { unreadable: 0, bytes: 0 };
  const one = async (path: string, from: number, to: number): Promise<void> => {
    let inside = false;
    const add = (text: string): void => {
      const line = lineOf(text, time);
      if (line?.at !== undefined) inside = line.at >= since;
      if (!inside) return;
      if (line) seen(line);
      else read.unreadable += 1;
    };
    const packing = packingOf(path);
    if (packing === "other") throw new Unjudged("packed", path);
    if (packing === "none" && read.bytes + to - from > most) throw new Unjudged("too-large", sizeText(to - from));
    read.bytes += (await readPart(reach, { path, from, to, packing }, everyLine, add, most)).bytes;
  };
  for (const log of logs) {
    const { from, reachesBack } = await begin(reach, log, since, time);
    if (!reachesBack)
      for (const older of await siblings(reach, log.path, logs))
        if (older.stat.modified >= since) await one(older.path, 0, older.stat.size);
    await one(log.path, from, log.stat.size);
  }
  return read;
}

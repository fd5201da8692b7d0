import { randomFillSync } from "node:crypto";
import { open, stat, statfs, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { systemRefusal } from "../../store/refusal.ts";

/** Room beside the store that is given up when the disk is full, so that the last things can be written. */
export interface Reserve {
  /** Gives the room back to the disk; false when there was none to give. */
  give(): Promise<boolean>;
  /** It was given and is not back: what is not needed is not written now. */
  spent(): boolean;
  /** Takes the room (again) when the disk has plenty. Rejects with what is no lack of room. */
  look(bytes: number): Promise<void>;
}

const PIECE = 1 << 20;
/** The disk must have so many times the reserve: it must not be what fills it. */
const PLENTY = 4;

/** Written out, and not with zeros: file systems keep no room for holes, nor for what can be packed. */
async function fill(path: string, bytes: number): Promise<void> {
  await using file = await open(path, "w", 0o600);
  const piece = randomFillSync(Buffer.allocUnsafe(Math.min(PIECE, bytes)));
  for (let at = 0; at < bytes; at += piece.length) await file.write(piece, 0, Math.min(piece.length, bytes - at), at);
  await file.sync();
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

const isFull = (error: unknown, path: string): boolean => systemRefusal(error, path)?.code === "STORE-FULL";

/** The file `path`, kept across starts: empty when it was given up. */
export async function openReserve(path: string): Promise<Reserve> {
  let held = await sizeOf(path);
  const hasPlenty = async (bytes: number): Promise<boolean> => {
    const { bavail, bsize } = await statfs(dirname(path));
    return bavail * bsize >= bytes * PLENTY;
  };
  return {
    spent: () => held === 0,
    give: async () => {
      if (held === undefined || held === 0) return false;
      held = 0;
      await truncate(path, 0);
      return true;
    },
    look: async (bytes) => {
      if (bytes === 0 || held === bytes || !(await hasPlenty(bytes))) return;
      try {
        await fill(path, bytes);
        held = bytes;
      } catch (error) {
        if (!isFull(error, path)) throw error;
        await truncate(path, 0);
        held = 0;
      }
    },
  };
}

import { createHash } from "node:crypto";
import { lstatSync, type Stats } from "node:fs";
import { lstat, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { WatchbookError } from "../model/error.ts";
import { systemRefusal } from "../store/refusal.ts";

/** Bytes of a unix socket's path that Linux takes (108 with the closing zero). */
const MOST = 107;

/**
 * Where the owner of a data directory listens: `data/run/socket`; when that is too long for the kernel, a folder of
 * this user's under `temporary`, named after the data directory. Both folders are made with mode 0700.
 */
export function socketPath(data: string, temporary: string, uid: number): string {
  const inside = join(data, "run", "socket");
  if (Buffer.byteLength(inside) <= MOST) return inside;
  const name = createHash("sha256").update(data).digest("hex").slice(0, 16);
  return join(temporary, `watchbook-${uid}`, name);
}

/** Throws WatchbookError for what the disk refuses. */
async function made(folder: string): Promise<Stats> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await lstat(folder);
  } catch (error) {
    throw systemRefusal(error, folder) ?? error;
  }
}

/**
 * Makes room for the socket of whoever owns the data directory: its folder, without what a dead owner left. Refuses a folder
 * that another user could have put there (SOCKET-FOLDER): nobody else may reach the socket even for the moment between its
 * making and its mode.
 */
export async function socketRoom(socket: string, uid: number): Promise<void> {
  const folder = dirname(socket);
  const found = await made(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0)
    throw new WatchbookError("SOCKET-FOLDER", { folder });
  const left = lstatSync(socket, { throwIfNoEntry: false });
  // A folder is nobody's socket: whoever listens there is refused, and says so.
  if (left && !left.isDirectory()) await rm(socket, { force: true });
}

import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { MOST_KEPT, type Kept } from "../../engine/run/kept.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Call } from "../verb.ts";
import type { RunsDesk } from "./desk.ts";

/** Keeps a copy with the run. Rejects with FILE-NOT-FOUND, FILE-EMPTY, FILE-LARGE, and with what the disk refuses. */
export async function giveFile(
  { world }: Pick<Call, "world">,
  desk: RunsDesk,
  run: string,
  given: string,
): Promise<Kept> {
  const path = resolve(world.cwd, given);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new WatchbookError("FILE-NOT-FOUND", { path });
  // Before it is read: somebody may have named a disk image.
  if (found.size > MOST_KEPT) throw new WatchbookError("FILE-LARGE", { path, most: MOST_KEPT >> 20 });
  return desk.keep(run, basename(path), await readFile(path));
}

/** The same, for whoever asks for a path. */
export const giver =
  (call: Pick<Call, "world">, desk: RunsDesk, run: string) =>
  (path: string): Promise<Kept> =>
    giveFile(call, desk, run, path);

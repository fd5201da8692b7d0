import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { EXIT, WatchbookError } from "../../model/error.ts";
import type { KeptFile } from "../../model/journal.ts";
import { makeFolder } from "../../store/folder.ts";
import { systemRefusal } from "../../store/refusal.ts";
import { outputFolder } from "./output.ts";

/** Largest file that a person may give with a step, bytes. */
export const MOST_KEPT = 16 << 20;

export type { KeptFile as Kept };

const folderOf = (data: string, run: string): string => join(outputFolder(data, run), "files");

/** As it is named where it is kept and said: no folders, no line ends. */
const plain = (name: string): string =>
  basename(name)
    .replaceAll(/\p{Cc}/gu, " ")
    .trim()
    .slice(-200) || "file";

/**
 * Keeps a file under its digest. Rejects with FILE-EMPTY, FILE-LARGE, or what the disk refuses (STORE-FULL, STORE-READ-ONLY,
 * STORE-IO).
 */
export async function keepFile(data: string, run: string, name: string, bytes: Uint8Array): Promise<KeptFile> {
  if (bytes.length === 0) throw new WatchbookError("FILE-EMPTY", { path: name });
  if (bytes.length > MOST_KEPT) throw new WatchbookError("FILE-LARGE", { path: name, most: MOST_KEPT >> 20 });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const folder = folderOf(data, run);
  const path = join(folder, sha256);
  try {
    makeFolder(folder, 0o700);
    // Whole or not at all: a name here promises its content.
    await writeFile(`${path}.new`, bytes, { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
  } catch (error) {
    throw systemRefusal(error, path) ?? error;
  }
  return { name: plain(name), sha256, bytes: bytes.length };
}

/** Content of a kept file. Rejects with RUN-FILE-LOST when it is not there, or is not what was kept. */
export async function keptBytes(data: string, run: string, { name, sha256 }: Omit<KeptFile, "bytes">): Promise<Buffer> {
  const path = join(folderOf(data, run), sha256);
  const lost = (): WatchbookError => new WatchbookError("RUN-FILE-LOST", { run, name, path }, { exit: EXIT.input });
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw lost();
    throw systemRefusal(error, path) ?? error;
  }
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw lost();
  return bytes;
}

import { createHash } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { outputFolder } from "../../engine/run/output.ts";
import { WatchbookError } from "../../model/error.ts";
import { makeFolder } from "../../store/folder.ts";
import { written } from "../disk.ts";
import type { Call } from "../verb.ts";

/** Largest file that is kept with a run, bytes. */
const MOST = 64 << 20;

/** Keeps a copy beside the run's outputs, named by its content. Rejects with FILE-NOT-FOUND, FILE-LARGE, OUTPUT-NOT-WRITTEN. */
export async function keepFile(
  { world, data }: Pick<Call, "world" | "data">,
  run: string,
  given: string,
): Promise<{ readonly name: string; readonly sha256: string }> {
  const path = resolve(world.cwd, given);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new WatchbookError("FILE-NOT-FOUND", { path });
  if (found.size > MOST) throw new WatchbookError("FILE-LARGE", { path, most: MOST >> 20 });
  const bytes = await readFile(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const folder = join(outputFolder(data, run), "files");
  await written(join(folder, sha256), async () => {
    makeFolder(folder, 0o700);
    await writeFile(join(folder, sha256), bytes, { mode: 0o600, flush: true });
  });
  return { name: basename(path), sha256 };
}

import { randomBytes } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FILES } from "../../evidence/files.ts";
import { written } from "../disk.ts";
import type { Call } from "../verb.ts";

/** Writes the file a person asked for, whole or not at all. Rejects with OUTPUT-NOT-WRITTEN. */
export async function writeOut({ world }: Pick<Call, "world">, file: string, text: string | Buffer): Promise<void> {
  const path = resolve(world.cwd, file);
  const fresh = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  await written(path, async () => {
    try {
      await writeFile(fresh, text);
      await rename(fresh, path);
    } finally {
      await rm(fresh, { force: true });
    }
  });
}

/** The facts of a run's evidence, byte for byte: what ties the copy to the signed evidence. */
export async function copyEnv(call: Pick<Call, "world">, file: string, evidence: string): Promise<void> {
  await writeOut(call, file, await readFile(join(evidence, FILES.env)));
}

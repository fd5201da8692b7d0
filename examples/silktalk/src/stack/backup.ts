import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { pidOf } from "./nodes.ts";
import { NODES, type Place } from "./place.ts";

const run = promisify(execFile);

/** `20261120`, the date of this machine: what `date +%Y%m%d` gives. */
const today = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("");

/**
 * Packs configuration and data of the nodes that do not run and have no archive of today yet. A running node is left
 * alone: its database would be torn. The identity key is not packed, it has a place of its own.
 */
export async function backUp(place: Place): Promise<void> {
  const folder = join(place.dir, "backup", today(new Date()));
  for (const name of NODES) {
    const archive = join(folder, `${name}.tar.gz`);
    if (pidOf(place.home(name)) !== undefined || existsSync(archive)) continue;
    await mkdir(folder, { recursive: true });
    const parts = ["config.json", "data"].map((part) => `nodes/${name}/${part}`);
    await run("tar", ["-czf", archive, "-C", place.dir, ...parts]);
  }
}

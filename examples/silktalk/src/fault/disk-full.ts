import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { readConfig } from "../node/config.ts";
import type { Home } from "../node/home.ts";
import { usedBytes } from "../node/storage.ts";
import { healthOfNode } from "../stack/health.ts";
import { until } from "../stack/wait.ts";
import { words } from "../words/index.ts";
import type { Fault } from "./fault.ts";
import { answering } from "./ready.ts";

const BLOCK = new Uint8Array(1024 * 1024).fill(0x2e);
const filler = (home: Home): string => join(home.root, "filler.bin");

/** Really written, not a hole: `du` and the quota must agree. */
async function fill(path: string, bytes: number): Promise<void> {
  await using file = await open(path, "a");
  for (let left = bytes; left > 0; left -= BLOCK.byteLength)
    await file.write(BLOCK.subarray(0, Math.min(left, BLOCK.byteLength)));
}

export const diskFull: Fault = {
  value: { usual: 100, least: 1, most: 100 },
  async apply(place, node, percent) {
    await answering(place, node);
    const home = place.home(node);
    const { storage } = await readConfig(home.config);
    // An earlier filling goes first, so that a smaller share is possible as well.
    await rm(filler(home), { force: true });
    const wanted = Math.ceil((storage.quotaBytes * percent) / 100);
    await fill(filler(home), wanted - (await usedBytes(home.root)));
    await until(words().until.noticed(node), 10, async () => ((await healthOfNode(home))?.usedBytes ?? 0) >= wanted);
  },
  async undo(place, node) {
    const home = place.home(node);
    await rm(filler(home), { force: true });
    const { storage } = await readConfig(home.config);
    await until(words().until.room(node), 10, async () => {
      const health = await healthOfNode(home);
      return health === undefined || health.usedBytes < storage.quotaBytes * 0.9;
    });
  },
};

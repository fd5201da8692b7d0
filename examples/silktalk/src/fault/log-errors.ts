import { readFile } from "node:fs/promises";
import { until } from "../stack/wait.ts";
import { words } from "../words/index.ts";
import { begin, cease } from "./crew.ts";
import type { Fault } from "./fault.ts";
import { reachable } from "./ready.ts";

const refused = async (path: string): Promise<number> =>
  (await readFile(path, "utf8")).split("\n").filter((line) => line.includes("Message refused")).length;

export const logErrors: Fault = {
  value: { usual: 20, least: 1, most: 2000 },
  async apply(place, node, count) {
    await reachable(place, node);
    const { log } = place.home(node);
    const before = await refused(log);
    // The program is that of `errors`, all broken and counted.
    await begin(place, "errors", node, [100, count], () =>
      until(words().until.logged(node), 60, async () => (await refused(log)) >= before + count),
    );
    await cease(place, "errors", node);
  },
  /** What is logged stays logged: there is nothing to mend. */
  undo: async (place, node) => cease(place, "errors", node),
};

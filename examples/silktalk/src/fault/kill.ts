import { lives } from "../node/lock.ts";
import { pidOf, startNode } from "../stack/nodes.ts";
import { until } from "../stack/wait.ts";
import { words } from "../words/index.ts";
import type { Fault } from "./fault.ts";

export const kill: Fault = {
  async apply(place, node) {
    const pid = pidOf(place.home(node));
    if (pid === undefined) return;
    process.kill(pid, "SIGKILL");
    await until(words().until.ended(pid), 5, () => !lives(pid));
  },
  undo: async (place, node) => void (await startNode(place.home(node), true)),
};

import { lives } from "../node/lock.ts";
import { pidOf, startNode } from "../stack/nodes.ts";
import { until } from "../stack/wait.ts";
import type { Fault } from "./fault.ts";

export const kill: Fault = {
  does: "kills the node (SIGKILL); its lock and pid file stay behind",
  async apply(place, node) {
    const pid = pidOf(place.home(node));
    if (pid === undefined) return;
    process.kill(pid, "SIGKILL");
    await until(`${node} is gone`, 5, () => !lives(pid));
  },
  undo: async (place, node) => void (await startNode(place.home(node), true)),
};

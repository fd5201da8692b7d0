import { healthOfNode } from "../stack/health.ts";
import { until } from "../stack/wait.ts";
import { begin, cease } from "./crew.ts";
import type { Fault } from "./fault.ts";

export const connections: Fault = {
  does: "opens real connections until the node has COUNT of them, or is full",
  value: { name: "COUNT", usual: 300 },
  async apply(place, node, count) {
    const home = place.home(node);
    const before = (await healthOfNode(home))?.connections ?? 0;
    await begin(place, "connections", node, [Math.max(count - before, 0)]);
    await until(`${node} has ${count} connections`, 120, async () => {
      const health = await healthOfNode(home);
      return health !== undefined && health.connections >= Math.min(count, health.maxConnections);
    });
  },
  async undo(place, node) {
    await cease(place, "connections", node);
    const home = place.home(node);
    await until(`${node} has let them go`, 30, async () => ((await healthOfNode(home))?.connections ?? 0) < 10);
  },
};

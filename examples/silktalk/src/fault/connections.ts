import { healthOfNode } from "../stack/health.ts";
import { until } from "../stack/wait.ts";
import { words } from "../words/index.ts";
import { begin, cease } from "./crew.ts";
import type { Fault } from "./fault.ts";
import { answering } from "./ready.ts";

export const connections: Fault = {
  value: { usual: 300, least: 1, most: 10_000 },
  async apply(place, node, count) {
    const home = place.home(node);
    // Those of an earlier round end first: the new ones are counted anew.
    await cease(place, "connections", node);
    await answering(place, node);
    await begin(place, "connections", node, [count, home.root], () =>
      until(words().until.connections(node, count), 120, async () => {
        const health = await healthOfNode(home);
        return health !== undefined && health.connections >= Math.min(count, health.maxConnections);
      }),
    );
  },
  async undo(place, node) {
    await cease(place, "connections", node);
    const home = place.home(node);
    await until(words().until.released(node), 30, async () => ((await healthOfNode(home))?.connections ?? 0) < 10);
  },
};

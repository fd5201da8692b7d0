import { healthOfNode } from "../stack/health.ts";
import { until } from "../stack/wait.ts";
import { begin, cease } from "./crew.ts";
import type { Fault } from "./fault.ts";

export const errors: Fault = {
  does: "sends messages, PERCENT of them broken; the node's error rate follows",
  value: { name: "PERCENT", usual: 2 },
  async apply(place, node, percent) {
    await begin(place, "errors", node, [percent, 0]);
    const home = place.home(node);
    await until(`${node} has seen enough messages`, 60, async () => {
      const health = await healthOfNode(home);
      return (health?.messages ?? 0) >= 200 && (health?.errorRate ?? 0) >= percent * 0.9;
    });
  },
  async undo(place, node) {
    await cease(place, "errors", node);
    const home = place.home(node);
    // The window has to pass before the rate is clean again.
    await until(`${node} has forgotten them`, 120, async () => ((await healthOfNode(home))?.errorRate ?? 0) === 0);
  },
};

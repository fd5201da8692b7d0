import { healthOfNode } from "../stack/health.ts";
import { until } from "../stack/wait.ts";
import { words } from "../words/index.ts";
import { begin, cease } from "./crew.ts";
import type { Fault } from "./fault.ts";
import { reachable } from "./ready.ts";

export const errors: Fault = {
  value: { usual: 2, least: 1, most: 100 },
  async apply(place, node, percent) {
    await reachable(place, node);
    const home = place.home(node);
    await begin(place, "errors", node, [percent, 0], () =>
      until(words().until.messages(node), 60, async () => {
        const health = await healthOfNode(home);
        return (health?.messages ?? 0) >= 200 && (health?.errorRate ?? 0) >= percent * 0.9;
      }),
    );
  },
  async undo(place, node) {
    await cease(place, "errors", node);
    const home = place.home(node);
    // The window has to pass before the rate is clean again.
    await until(words().until.forgotten(node), 120, async () => ((await healthOfNode(home))?.errorRate ?? 0) === 0);
  },
};

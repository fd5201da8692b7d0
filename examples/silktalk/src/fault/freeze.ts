import { Failure } from "../node/failure.ts";
import { pidOf } from "../stack/nodes.ts";
import type { NodeName, Place } from "../stack/place.ts";
import type { Fault } from "./fault.ts";

const signal = (place: Place, node: NodeName, name: NodeJS.Signals): Promise<void> => {
  const pid = pidOf(place.home(node));
  if (pid === undefined) throw new Failure(`${node} does not run.`, "Start it first.", 3);
  process.kill(pid, name);
  return Promise.resolve();
};

export const freeze: Fault = {
  does: "stops the node's clock (SIGSTOP); ports accept, nothing answers",
  apply: async (place, node) => signal(place, node, "SIGSTOP"),
  undo: async (place, node) => signal(place, node, "SIGCONT"),
};

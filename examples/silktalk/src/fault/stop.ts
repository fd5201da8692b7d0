import { startNode, stopNode } from "../stack/nodes.ts";
import type { Fault } from "./fault.ts";

export const stop: Fault = {
  apply: (place, node) => stopNode(place.home(node)),
  undo: async (place, node) => void (await startNode(place.home(node), true)),
};

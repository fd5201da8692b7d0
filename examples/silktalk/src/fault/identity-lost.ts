import { rename } from "node:fs/promises";
import { startNode, stopNode } from "../stack/nodes.ts";
import type { Fault } from "./fault.ts";

const aside = (identity: string): string => `${identity}.aside`;

export const identityLost: Fault = {
  does: "restarts the node without identity.key; it comes back as somebody else",
  async apply(place, node) {
    const home = place.home(node);
    await stopNode(home);
    await rename(home.identity, aside(home.identity));
    await startNode(home, true);
  },
  async undo(place, node) {
    const home = place.home(node);
    await stopNode(home);
    await rename(aside(home.identity), home.identity);
    await startNode(home, true);
  },
};

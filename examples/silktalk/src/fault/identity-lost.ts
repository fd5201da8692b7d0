import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { startNode, stopNode } from "../stack/nodes.ts";
import type { Fault } from "./fault.ts";

const aside = (identity: string): string => `${identity}.aside`;

export const identityLost: Fault = {
  async apply(place, node) {
    const home = place.home(node);
    // Lost already: the key that lies aside is the true one and must not be overwritten by the new one.
    if (existsSync(aside(home.identity))) return;
    await stopNode(home);
    await rename(home.identity, aside(home.identity));
    await startNode(home, true);
  },
  async undo(place, node) {
    const home = place.home(node);
    if (!existsSync(aside(home.identity))) return;
    await stopNode(home);
    await rename(aside(home.identity), home.identity);
    await startNode(home, true);
  },
};

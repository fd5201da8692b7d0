import { join } from "node:path";
import { homeAt, type Home } from "../node/home.ts";

/** The three nodes. alpha is the one the others know at start. */
export const NODES = ["alpha", "beta", "gamma"] as const;
export type NodeName = (typeof NODES)[number];

/** Everything a running stack has, below one work directory. */
export interface Place {
  readonly dir: string;
  readonly bin: string;
  readonly faults: string;
  home(node: NodeName): Home;
}

export const placeAt = (dir: string): Place => ({
  dir,
  bin: join(dir, "bin"),
  faults: join(dir, "faults"),
  home: (node) => homeAt(join(dir, "nodes", node)),
});

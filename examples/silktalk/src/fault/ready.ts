import type { Health } from "../node/health.ts";
import { healthOfNode } from "../stack/health.ts";
import { pidOf } from "../stack/nodes.ts";
import type { NodeName, Place } from "../stack/place.ts";
import { failure, words } from "../words/index.ts";

const full = (health: Health): boolean => health.connections >= health.maxConnections;

/** Health of a node that runs and answers; otherwise the fault could never be seen, and this fails at once. */
export async function answering(place: Place, node: NodeName): Promise<Health> {
  const { failures } = words();
  if (pidOf(place.home(node)) === undefined) throw failure(failures.stopped(node), 3);
  const health = await healthOfNode(place.home(node));
  if (health === undefined) throw failure(failures.silent(node), 3);
  return health;
}

/** The same for a fault that has to connect to the node first. */
export async function reachable(place: Place, node: NodeName): Promise<Health> {
  const health = await answering(place, node);
  if (full(health)) throw failure(words().failures.full(node), 3);
  return health;
}

/** True when a node answers and takes no more connections. */
export async function isFull(place: Place, node: NodeName): Promise<boolean> {
  const health = await healthOfNode(place.home(node));
  return health !== undefined && full(health);
}

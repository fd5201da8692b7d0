import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ask } from "../command/ask.ts";
import { readConfig } from "../node/config.ts";
import { healthOfNode, peersOfNode } from "../stack/health.ts";
import { NODES, type NodeName, type Place } from "../stack/place.ts";
import { until } from "../stack/wait.ts";
import { failure, words } from "../words/index.ts";
import { begin, cease } from "./crew.ts";
import type { Fault } from "./fault.ts";
import { isFull, reachable } from "./ready.ts";

const portFile = (place: Place, node: NodeName): string => join(place.faults, `latency-${node}.port`);

interface Other {
  readonly name: NodeName;
  readonly peerId: string;
}

/** The other nodes that answer now: only they can be led through the proxy, and only they can come back. */
async function othersOf(place: Place, node: NodeName): Promise<readonly Other[]> {
  const asked = await Promise.all(
    NODES.filter((name) => name !== node).map(async (name) => {
      const health = await healthOfNode(place.home(name));
      return health === undefined ? [] : [{ name, peerId: health.peerId }];
    }),
  );
  return asked.flat();
}

/** Waits for the proxy's port, and leads the others through it. */
async function detour(place: Place, node: NodeName, others: readonly Other[], ms: number): Promise<void> {
  let port = "";
  await until(words().until.proxy, 10, async () => {
    port = await readFile(portFile(place, node), "utf8").catch(() => "");
    return port.endsWith("\n");
  });
  const { peerId } = await readConfig(place.home(node).config);
  const address = `/ip4/127.0.0.1/tcp/${port.trim()}/p2p/${peerId}`;
  for (const { name } of others) await ask(place.home(name), { do: "connect", address, replace: true });
  const home = place.home(node);
  await until(words().until.slow(node), 60, async () => ((await healthOfNode(home))?.latencyMs ?? 0) >= ms);
}

export const latency: Fault = {
  // Above five seconds a ping counts as lost, whatever it took.
  value: { usual: 600, least: 1, most: 4000 },
  async apply(place, node, ms) {
    await reachable(place, node);
    const others = await othersOf(place, node);
    if (others.length === 0) throw failure(words().failures.alone(node), 3);
    const file = portFile(place, node);
    await rm(file, { force: true });
    await begin(place, "latency", node, [ms / 2, file], () => detour(place, node, others, ms));
  },
  /** The others come back by themselves, except where another fault keeps them out: a full node takes nobody. */
  async undo(place, node) {
    await cease(place, "latency", node);
    const home = place.home(node);
    const others = await othersOf(place, node);
    await until(words().until.rejoined(node), 30, async () => {
      const peers = await peersOfNode(home);
      if (peers === undefined || (await isFull(place, node))) return true;
      return others.every(({ peerId }) => peers.some(({ peer }) => peer === peerId));
    });
    await until(words().until.fast(node), 60, async () => {
      const peers = (await peersOfNode(home)) ?? [];
      return peers.every(
        ({ peer, latencyMs }) => others.every(({ peerId }) => peerId !== peer) || (latencyMs ?? 0) < 100,
      );
    });
  },
};

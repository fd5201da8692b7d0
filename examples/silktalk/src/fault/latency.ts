import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ask } from "../command/ask.ts";
import { readConfig } from "../node/config.ts";
import { healthOfNode } from "../stack/health.ts";
import { settle } from "../stack/nodes.ts";
import { NODES, type NodeName, type Place } from "../stack/place.ts";
import { until } from "../stack/wait.ts";
import { begin, cease } from "./crew.ts";
import type { Fault } from "./fault.ts";

const portFile = (place: Place, node: NodeName): string => join(place.faults, `latency-${node}.port`);

export const latency: Fault = {
  does: "puts a proxy before the node so that a round trip takes MS milliseconds longer",
  value: { name: "MS", usual: 600 },
  async apply(place, node, ms) {
    const file = portFile(place, node);
    await rm(file, { force: true });
    await begin(place, "latency", node, [ms / 2, file]);
    let port = "";
    await until("the proxy listens", 10, async () => {
      port = await readFile(file, "utf8").catch(() => "");
      return port.endsWith("\n");
    });
    const { peerId } = await readConfig(place.home(node).config);
    const address = `/ip4/127.0.0.1/tcp/${port.trim()}/p2p/${peerId}`;
    for (const other of NODES.filter((name) => name !== node))
      await ask(place.home(other), { do: "connect", address, replace: true });
    await until(`${node} is slow`, 60, async () => ((await healthOfNode(place.home(node)))?.latencyMs ?? 0) >= ms);
  },
  async undo(place, node) {
    await cease(place, "latency", node);
    await settle(place);
    await until(`${node} is fast`, 60, async () => ((await healthOfNode(place.home(node)))?.latencyMs ?? 1e9) < 100);
  },
};

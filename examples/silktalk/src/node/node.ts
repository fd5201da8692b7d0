import { chmod, rm } from "node:fs/promises";
import type { PeerId } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import { bootstrap } from "./bootstrap.ts";
import type { Config } from "./config.ts";
import { healthOf, type Health } from "./health.ts";
import type { Home } from "./home.ts";
import type { Identity } from "./identity.ts";
import { latency } from "./latency.ts";
import type { Log } from "./log.ts";
import { every } from "./loop.ts";
import { envelope, receive, send, speakers } from "./messages.ts";
import { makeNetwork, type Network } from "./network.ts";
import { peersOf } from "./peers.ts";
import { serveControl, serveHealth, type Order } from "./serve.ts";
import { usedBytes } from "./storage.ts";
import { slidingWindow } from "./window.ts";

const MESSAGE_PAUSE = 3;

function logPeers(network: Network, log: Log): void {
  network.addEventListener("peer:connect", (event) => log.info("Peer connected", { peer: event.detail.toString() }));
  network.addEventListener("peer:disconnect", (event) => log.info("Peer lost", { peer: event.detail.toString() }));
}

/** Dials; with `replace` the connections there were are closed once the new one stands, so that there is no gap. */
async function connect(network: Network, order: Extract<Order, { do: "connect" }>): Promise<unknown> {
  const options = { signal: AbortSignal.timeout(10_000), force: order.replace ?? false };
  const made = await network.dial(multiaddr(order.address), options);
  const others = network.getConnections(made.remotePeer).filter((connection) => connection.id !== made.id);
  if (order.replace) await Promise.all(others.map((connection) => connection.close()));
  return { peer: made.remotePeer.toString(), address: made.remoteAddr.toString() };
}

/**
 * Runs one node until the signal: network, health, control, and the loops that keep it connected, measure it and talk.
 * Gives back what ends it.
 */
export async function runNode(
  home: Home,
  config: Config,
  identity: Identity,
  log: Log,
  version: string,
  lost: () => number,
) {
  const ending = new AbortController();
  const { network, close } = await makeNetwork(config, identity.key, home.data, version);
  const began = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - began) / 1e9;
  const window = slidingWindow(config.metrics.windowSeconds, seconds);
  const trips = latency(network);
  let used = await usedBytes(home.root);
  const full = () => used >= config.storage.quotaBytes;

  const health = (): Health => {
    const { total, percent } = window.read();
    return healthOf({
      name: config.name,
      version,
      peerId: identity.peerId,
      recordedPeerId: config.peerId,
      peers: network.getPeers().length,
      connections: network.getConnections().length,
      maxConnections: config.connection.maxConnections,
      latencyMs: trips.slowest(),
      errorRate: percent,
      messages: total,
      usedBytes: used,
      quotaBytes: config.storage.quotaBytes,
      logLinesLost: lost(),
      uptimeSeconds: Math.round(seconds()),
    });
  };
  const greet = async (peer: PeerId): Promise<void> => {
    const limit = AbortSignal.any([ending.signal, AbortSignal.timeout(5000)]);
    const answer = await send(network, peer, envelope(`hello from ${config.name}`), limit).catch(
      (error: Error) => error.message,
    );
    if (answer !== "ok" && !ending.signal.aborted)
      log.warn("Message not taken", { peer: peer.toString(), reason: answer });
  };
  const greetAll = async (): Promise<void> => {
    for (const peer of await speakers(network)) await greet(peer);
  };

  logPeers(network, log);
  await receive(network, { log, window, full, signal: ending.signal });
  await network.start();
  await rm(home.control, { force: true });
  const control = await serveControl(home.control, async (order) => {
    if (order.do === "status") return health();
    if (order.do === "peers") return peersOf(network, trips.of);
    return connect(network, order);
  });
  await chmod(home.control, 0o600);
  const http = await serveHealth(config.health.host, config.health.port, health, () => peersOf(network, trips.of));
  const dialAll = bootstrap(network, config.discovery.bootstrap, log);
  const pause = config.metrics.intervalSeconds;
  const loops = [
    every(pause, ending.signal, () => dialAll(ending.signal)),
    every(pause, ending.signal, () => trips.measure(ending.signal)),
    every(pause, ending.signal, async () => void (used = await usedBytes(home.root))),
    every(MESSAGE_PAUSE, ending.signal, greetAll),
  ];
  log.info("Node started", { peer: identity.peerId, port: config.listen.port, health: config.health.port });
  return {
    health,
    /** Resolves when a loop fails, which none should. */
    failed: Promise.all(loops),
    async stop(): Promise<void> {
      ending.abort();
      http.close();
      http.closeAllConnections();
      control.close();
      await Promise.all(loops);
      await network.stop();
      await close();
      log.info("Node stopped");
    },
  };
}

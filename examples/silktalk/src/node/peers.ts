import type { Network } from "./network.ts";

export interface PeerLine {
  readonly peer: string;
  readonly connections: number;
  readonly addresses: readonly string[];
  readonly latencyMs: number | null;
}

/** Connected peers, most connections first. */
export const peersOf = (network: Network, latencyOf: (peer: string) => number | null): readonly PeerLine[] =>
  network
    .getPeers()
    .map((peer) => {
      const open = network.getConnections(peer);
      const addresses = open.slice(0, 3).map((connection) => connection.remoteAddr.toString());
      return { peer: peer.toString(), connections: open.length, addresses, latencyMs: latencyOf(peer.toString()) };
    })
    .toSorted((a, b) => b.connections - a.connections);

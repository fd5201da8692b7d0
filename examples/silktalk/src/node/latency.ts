import type { Network } from "./network.ts";
import { median } from "./window.ts";

const KEPT = 5;
/** A ping that was lost counts as the longest wait: a silent peer must not look fast. */
const LOST_MS = 5000;

/** Round trips over libp2p ping, the last five of each connected peer. */
export function latency(network: Network) {
  const trips = new Map<string, number[]>();
  return {
    async measure(signal: AbortSignal): Promise<void> {
      const peers = network.getPeers();
      const names = new Set(peers.map(String));
      for (const name of trips.keys()) if (!names.has(name)) trips.delete(name);
      await Promise.all(
        peers.map(async (peer) => {
          const limit = AbortSignal.any([signal, AbortSignal.timeout(LOST_MS)]);
          const ms = await network.services.ping.ping(peer, { signal: limit }).catch(() => LOST_MS);
          if (signal.aborted || network.getConnections(peer).length === 0) return;
          trips.set(peer.toString(), [...(trips.get(peer.toString()) ?? []), ms].slice(-KEPT));
        }),
      );
    },
    /** Milliseconds of one peer, or of the slowest; null without any. */
    of: (peer: string): number | null => median(trips.get(peer) ?? []),
    slowest: (): number | null => {
      const all = [...trips.values()].map((list) => median(list)!);
      return all.length === 0 ? null : Math.max(...all);
    },
  };
}

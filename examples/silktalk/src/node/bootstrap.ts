import { peerIdFromString } from "@libp2p/peer-id";
import { multiaddr } from "@multiformats/multiaddr";
import type { Log } from "./log.ts";
import type { Network } from "./network.ts";

/** What the operator may do when a dial fails; the word comes first in the log line. */
export function diagnose(error: Error): string {
  const words = [error, ...((error as AggregateError).errors ?? []), error.cause]
    .filter((part) => part instanceof Error)
    .map((part) => `${part.name} ${part.message}`)
    .join(" ");
  if (/ECONNREFUSED/.test(words)) return "stopped";
  if (/ECONNRESET/.test(words)) return "full";
  if (/UnexpectedPeer|EncryptionFailed|identity key does not match/i.test(words)) return "wrong-identity";
  if (/Timeout|Abort/i.test(words)) return "silent";
  return "unknown";
}

/** Dials every bootstrap peer that is not connected. A failure is logged once, and again when its reason changes. */
export function bootstrap(network: Network, addresses: readonly string[], log: Log) {
  const failing = new Map<string, string>();
  const dial = async (address: string, signal: AbortSignal): Promise<void> => {
    const target = multiaddr(address);
    const id = target.getComponents().find((part) => part.name === "p2p")?.value ?? "";
    if (network.getConnections(peerIdFromString(id)).length > 0) return void failing.delete(address);
    try {
      await network.dial(target, { signal: AbortSignal.any([signal, AbortSignal.timeout(3000)]) });
      failing.delete(address);
    } catch (error) {
      if (signal.aborted) return;
      const reason = diagnose(error as Error);
      if (failing.get(address) !== reason)
        log.warn("Peer unreachable", { address, reason, detail: (error as Error).message });
      failing.set(address, reason);
    }
  };
  return async (signal: AbortSignal): Promise<void> => {
    await Promise.all(addresses.map((address) => dial(address, signal)));
  };
}

import { noise } from "@chainsafe/libp2p-noise";
import { yamux } from "@chainsafe/libp2p-yamux";
import { ping, type Ping } from "@libp2p/ping";
import { tcp } from "@libp2p/tcp";
import { createLibp2p } from "libp2p";
import type { Network } from "../../node/network.ts";

/** A peer nobody knows, without address or DHT, that only dials. */
export const stranger = (): Promise<Network> =>
  createLibp2p<{ ping: Ping }>({
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionMonitor: { enabled: false },
    connectionManager: { maxConnections: 10_000, reconnectRetries: 0 },
    services: { ping: ping({ maxInboundStreams: 64 }) },
  });

import { noise } from "@chainsafe/libp2p-noise";
import { yamux } from "@chainsafe/libp2p-yamux";
import { identify } from "@libp2p/identify";
import type { Libp2p, PrivateKey } from "@libp2p/interface";
import { kadDHT, passthroughMapper } from "@libp2p/kad-dht";
import { ping, type Ping } from "@libp2p/ping";
import { tcp } from "@libp2p/tcp";
import { LevelDatastore } from "datastore-level";
import { createLibp2p } from "libp2p";
import type { Config } from "./config.ts";

export type Network = Libp2p<{ ping: Ping }>;

/**
 * A libp2p node over TCP with noise, yamux, identify, ping and a DHT in server mode whose records live in `data`.
 * It is not started yet. Reconnecting is done by bootstrap.ts, so that every attempt can be logged.
 */
export async function makeNetwork(config: Config, privateKey: PrivateKey, data: string, version: string) {
  const datastore = new LevelDatastore(data);
  await datastore.open();
  const network: Network = await createLibp2p({
    start: false,
    privateKey,
    datastore,
    nodeInfo: { name: "silktalk", version },
    addresses: { listen: [`/ip4/${config.listen.host}/tcp/${config.listen.port}`] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: {
      maxConnections: config.connection.maxConnections,
      inboundConnectionThreshold: config.connection.inboundPerSecond,
      maxIncomingPendingConnections: 20,
      reconnectRetries: 0,
      dialTimeout: 3000,
    },
    services: {
      identify: identify(),
      // More than one stream: the connection monitor of libp2p pings over the same protocol.
      ping: ping({ timeout: 5000, maxInboundStreams: 8, maxOutboundStreams: 8 }),
      // On loopback every address is private: the default mappers would drop them all.
      dht: kadDHT({ protocol: "/silktalk/kad/1.0.0", clientMode: false, peerInfoMapper: passthroughMapper }),
    },
  });
  return { network, close: () => datastore.close() };
}

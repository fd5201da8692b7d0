import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** TCP ports that were free a moment ago, none of them twice. */
export async function freePorts(count: number, host = "127.0.0.1"): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, host));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

export const freePort = async (host?: string): Promise<number> => (await freePorts(1, host))[0]!;

import { readConfig } from "../node/config.ts";
import type { Health } from "../node/health.ts";
import type { Home } from "../node/home.ts";
import type { PeerLine } from "../node/peers.ts";

/** Answer of a node's health port, or undefined when it does not answer within two seconds. */
async function get(home: Home, path: string): Promise<unknown> {
  const { health } = await readConfig(home.config);
  try {
    const response = await fetch(`http://${health.host}:${health.port}${path}`, { signal: AbortSignal.timeout(2000) });
    return await response.json();
  } catch {
    // Refused, reset or silent: for whoever waits all of these are "not yet".
    return undefined;
  }
}

/** What a node says of itself, or undefined when it does not answer. */
export const healthOfNode = async (home: Home): Promise<Health | undefined> =>
  (await get(home, "/health")) as Health | undefined;

/** The peers a node is connected to, or undefined when it does not answer. */
export async function peersOfNode(home: Home): Promise<readonly PeerLine[] | undefined> {
  return ((await get(home, "/peers")) as { readonly peers: readonly PeerLine[] } | undefined)?.peers;
}

import { readConfig } from "../node/config.ts";
import type { Health } from "../node/health.ts";
import type { Home } from "../node/home.ts";

/** What a node says of itself, or undefined when it does not answer within two seconds. */
export async function healthOfNode(home: Home): Promise<Health | undefined> {
  const { health } = await readConfig(home.config);
  try {
    const response = await fetch(`http://${health.host}:${health.port}/health`, { signal: AbortSignal.timeout(2000) });
    return (await response.json()) as Health;
  } catch {
    // Refused, reset or silent: for whoever waits all of these are "not yet".
    return undefined;
  }
}

import { once } from "node:events";
import { createServer, type Server } from "node:net";

/**
 * Below 32768, where connections have their own ends by default: there a server that is down for a moment, as those of a drill are,
 * finds its port taken by whoever has just connected somewhere. Each process begins at a place of its own and gives none out twice.
 */
const [FIRST, EACH, PLACES] = [20_000, 50, 250];
let given = 0;

async function listenSomewhere(host: string): Promise<{ readonly server: Server; readonly port: number }> {
  for (let tries = 0; tries < EACH * PLACES; tries++) {
    const port = FIRST + ((process.pid * EACH + given++) % (EACH * PLACES));
    const server = createServer().listen(port, host);
    try {
      await once(server, "listening");
      return { server, port };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`no free port of ${host}`);
}

/** TCP ports that were free a moment ago, none of them twice. */
export async function freePorts(count: number, host = "127.0.0.1"): Promise<readonly number[]> {
  const found = await Promise.all(Array.from({ length: count }, () => listenSomewhere(host)));
  await Promise.all(found.map(({ server }) => once(server.close(), "close")));
  return found.map(({ port }) => port);
}

export const freePort = async (host?: string): Promise<number> => (await freePorts(1, host))[0]!;

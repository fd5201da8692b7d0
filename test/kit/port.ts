import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server } from "node:net";

/**
 * Below 32768, where connections have their own ends by default: there a server that is down for a moment, as those of a drill are,
 * finds its port taken by whoever has just connected somewhere.
 */
const [FIRST, END, TRIES] = [20_000, 32_768, 1_000];

/** What `begin` says of a port; undefined when somebody has it. */
async function unlessTaken<T>(begin: () => Promise<T>): Promise<T | undefined> {
  try {
    return await begin();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return undefined;
  }
}

/**
 * The port is this process's until it ends, used or not: whoever looks for one asks for the UDP side of an address that no server
 * is given, which the kernel gives to one process at a time and takes back by itself.
 */
async function reserve(port: number): Promise<true> {
  const socket = createSocket("udp4");
  socket.bind({ port, address: "127.86.86.86", exclusive: true });
  await once(socket, "listening");
  socket.unref();
  return true;
}

async function listen(port: number, host: string): Promise<Server> {
  const server = createServer().listen(port, host);
  await once(server, "listening");
  return server;
}

/** A TCP port that was free a moment ago, and that no other test is given while this process lives. */
export async function freePort(host = "127.0.0.1"): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST, END);
    const server = (await unlessTaken(() => reserve(port))) && (await unlessTaken(() => listen(port, host)));
    if (!server) continue;
    await once(server.close(), "close");
    return port;
  }
  throw new Error(`no free port of ${host}`);
}

/** As `freePort`, none of them twice. */
export const freePorts = (count: number, host?: string): Promise<readonly number[]> =>
  Promise.all(Array.from({ length: count }, () => freePort(host)));

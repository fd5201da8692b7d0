import { once } from "node:events";
import { createServer } from "node:net";

/** True when this process can listen there now. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const opened = once(server, "listening").then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") return false;
      throw error;
    },
  );
  server.listen(port, "127.0.0.1");
  const free = await opened;
  if (free) {
    server.close();
    await once(server, "close");
  }
  return free;
}

/** `wanted`, or the nearest free port above it that is not among `others`. */
export async function freePort(wanted: number, others: readonly number[] = []): Promise<number> {
  for (let port = wanted; port < wanted + 2000; port++) if (!others.includes(port) && (await isFree(port))) return port;
  throw new Error(`no free port above ${wanted}`);
}

import { chmod, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { EXIT, WatchbookError } from "../model/error.ts";
import { systemRefusal } from "../store/refusal.ts";
import { isLoopback, urlOf, type Address } from "./address.ts";
import type { Api, Front } from "./front.ts";
import { socketRoom } from "./socket.ts";

/** A door that is open until it is disposed of. */
export interface Door extends AsyncDisposable {
  /** `http://127.0.0.1:7070` or the socket's path. */
  readonly at: string;
}

/** The app behind one door. Slow senders are cut off; answers may take as long as an inspection. */
function serverOf(app: Api, front: Front): Server {
  const listener = getRequestListener(
    (request, env) =>
      app.fetch(request, { front, address: "incoming" in env ? env.incoming.socket.remoteAddress : undefined }),
    { overrideGlobalObjects: false },
  );
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => void listener(incoming, outgoing);
  return createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 }, answer);
}

function listen(server: Server, where: { path: string } | Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Ends it; answers and streams that have not ended by themselves after `graceMs` are cut off. */
function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    if (graceMs === 0) server.closeAllConnections();
  });
}

/** What stands in its way, or a file system that has no sockets; undefined when the error is ours. */
function socketRefusal(error: unknown, path: string): WatchbookError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  return new WatchbookError("SOCKET-REFUSED", { path, detail: code }, { exit: EXIT.input, cause: error });
}

/**
 * The unix socket, mode 0600. The caller owns the data directory: a file that lies there was left by a dead owner.
 * `graceMs`: what is being answered when it is closed may take so long to end. Throws WatchbookError SOCKET-FOLDER or SOCKET-REFUSED, and what the disk refuses.
 */
export async function openSocket(app: Api, path: string, uid: number, graceMs = 0): Promise<Door> {
  const server = serverOf(app, "socket");
  try {
    await socketRoom(path, uid);
    await listen(server, { path });
    await chmod(path, 0o600);
  } catch (error) {
    throw systemRefusal(error, path) ?? socketRefusal(error, path) ?? error;
  }
  return {
    at: path,
    [Symbol.asyncDispose]: async () => {
      await close(server, graceMs);
      await rm(path, { force: true });
    },
  };
}

/** A TCP address: free to read on loopback, with a token elsewhere. Throws WatchbookError PORT-TAKEN or LISTEN-REFUSED. */
export async function openAddress(app: Api, address: Address): Promise<Door> {
  const server = serverOf(app, isLoopback(address) ? "loopback" : "open");
  try {
    await listen(server, address);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const shown = urlOf(address).slice("http://".length);
    if (code === "EADDRINUSE")
      throw new WatchbookError("PORT-TAKEN", { address: shown }, { exit: EXIT.input, cause: error });
    throw new WatchbookError("LISTEN-REFUSED", { address: shown, detail: code || message }, { cause: error });
  }
  const { port } = server.address() as AddressInfo;
  return { at: urlOf({ ...address, port }), [Symbol.asyncDispose]: () => close(server, 0) };
}

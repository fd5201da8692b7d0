import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { Health } from "./health.ts";
import type { PeerLine } from "./peers.ts";

const reply = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
};

/** GET /health (503 when unhealthy) and GET /peers; nothing here changes the node. */
export async function serveHealth(
  host: string,
  port: number,
  health: () => Health,
  peers: () => readonly PeerLine[],
): Promise<Server> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== "GET") return reply(response, 405, { error: "only GET" });
    if (request.url === "/peers") return reply(response, 200, { peers: peers() });
    if (request.url !== "/health") return reply(response, 404, { error: "only /health and /peers" });
    const now = health();
    return reply(response, now.status === "unhealthy" ? 503 : 200, now);
  });
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

/** An order of the `silktalk` command. */
export type Order =
  | { readonly do: "status" }
  | { readonly do: "peers" }
  /** `replace` closes what is open to that peer first. */
  | { readonly do: "connect"; readonly address: string; readonly replace?: boolean };

/** The unix socket (0600) that changes things: one JSON order in, one JSON answer out. */
export async function serveControl(path: string, obey: (order: Order) => Promise<unknown>): Promise<Server> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      Promise.resolve()
        .then(() => obey(JSON.parse(Buffer.concat(parts).toString("utf8")) as Order))
        .then(
          (answer) => reply(response, 200, { ok: true, answer }),
          (error: Error) => reply(response, 422, { ok: false, error: error.message }),
        );
    });
  });
  server.listen({ path, readableAll: false, writableAll: false });
  await once(server, "listening");
  return server;
}

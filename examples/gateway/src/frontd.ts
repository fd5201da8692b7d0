// A stand-in of an exchange's front: node frontd.ts SITE. Takes orders, keeps their ids, counts every id once.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { told } from "./failure.ts";
import { listen, onLines, send } from "./lines.ts";
import { control } from "./node/control.ts";
import { readJson } from "./site/config.ts";

/** `front.json` of a site. */
export interface FrontConfig {
  readonly environment: string;
  readonly port: number;
  readonly control: number;
  readonly api: string;
  /** Its clock is so many milliseconds off. */
  readonly skewMs?: number;
}

/** What `GET /state` of a front answers. `repeated`: came again with an id that was there, and did not count. */
export interface FrontState {
  readonly on: boolean;
  readonly connected: number;
  readonly orders: number;
  readonly repeated: number;
}

async function serve(site: string): Promise<void> {
  const { port, control: door, api, skewMs = 0 } = readJson(join(site, "front.json")) as FrontConfig;
  const file = join(site, "orders.ids");
  const ids = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);
  const sockets = new Set<Socket>();
  let repeated = 0;
  const take = (socket: Socket, id: string): void => {
    if (ids.has(id)) repeated += 1;
    else {
      ids.add(id);
      appendFileSync(file, `${id}\n`);
    }
    send(socket, { ok: id });
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    onLines(socket, ({ id }) => id !== undefined && take(socket, id));
    send(socket, { api, now: Date.now() + skewMs });
  });
  const on = async (): Promise<void> => {
    if (!server.listening) await listen(server, port);
  };
  const off = (): void => {
    if (server.listening) server.close();
    for (const socket of sockets) socket.destroy();
  };
  const state = (): FrontState => ({
    on: server.listening,
    connected: sockets.size,
    orders: ids.size,
    repeated,
  });
  await on();
  await control(door, { "GET /state": state, "POST /on": on, "POST /off": off });
  process.once("SIGTERM", () => process.exit(0));
}

await told(() => serve(process.argv[2] ?? "."));
if (process.exitCode !== undefined) process.exit();

import { createServer, type Socket } from "node:net";
import { listen, onLines, send } from "../lines.ts";
import type { Order, Wal } from "./wal.ts";

/** Where clients send orders: `{"id": …}` is answered by `{"ack": id, "n": number}` once it is kept. */
export interface Entry {
  readonly isOpen: boolean;
  /** Rejects with EADDRINUSE while somebody else has the address: the other half of a pair is not gone. */
  open(): Promise<void>;
  close(): void;
}

export interface Keeping {
  /** Orders that are new in the log. */
  readonly added: (orders: readonly Order[]) => void;
  /** Whether the order with this number is where it must be before it is acknowledged. */
  readonly kept: (n: number) => Promise<boolean>;
}

/** Orders that share one fsync; between two of them everybody else is heard. */
const TOGETHER = 64;

export function entryOf(port: number, wal: Wal, { added, kept }: Keeping): Entry {
  const sockets = new Set<Socket>();
  const pending: { readonly socket: Socket; readonly id: string }[] = [];
  const answer = async (socket: Socket, id: string): Promise<void> => {
    const n = wal.find(id)!;
    send(socket, (await kept(n)) ? { ack: id, n } : { doubt: id });
  };
  const flush = (): void => {
    const batch = pending.splice(0, TOGETHER);
    const fresh = new Set(batch.map(({ id }) => id).filter((id) => wal.find(id) === undefined));
    if (fresh.size > 0) added(wal.append([...fresh]));
    for (const { socket, id } of batch) void answer(socket, id);
    if (pending.length > 0) setImmediate(flush);
  };
  const take = (socket: Socket, id: unknown): void => {
    if (typeof id !== "string" || !/^[\w.:-]{1,80}$/.test(id)) return send(socket, { refused: "id" });
    if (pending.push({ socket, id }) === 1) setImmediate(flush);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    onLines(socket, ({ id }) => take(socket, id));
  });
  return {
    get isOpen() {
      return server.listening;
    },
    open: async () => {
      if (!server.listening) await listen(server, port);
    },
    close: () => {
      pending.length = 0;
      if (server.listening) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

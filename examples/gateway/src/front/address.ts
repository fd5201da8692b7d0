import { createServer, type Socket } from "node:net";
import { listen, onLines, type Message } from "../lines.ts";

/** One address where a front is called. */
export interface Address {
  readonly isOpen: boolean;
  readonly connected: number;
  open(): Promise<void>;
  /** Listens no more, and drops every connection. */
  close(): void;
}

export function addressAt(
  port: number,
  greet: (socket: Socket) => void,
  hear: (socket: Socket, message: Message) => void,
): Address {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    onLines(socket, (message) => hear(socket, message));
    greet(socket);
  });
  return {
    get isOpen() {
      return server.listening;
    },
    get connected() {
      return sockets.size;
    },
    open: async () => {
      if (!server.listening) await listen(server, port);
    },
    close: () => {
      if (server.listening) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

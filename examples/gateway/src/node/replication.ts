import { createServer, type Socket } from "node:net";
import { keepCalling, listen, onLines, send } from "../lines.ts";
import type { Wal } from "./wal.ts";

/** How long an order waits for the standby when it must, milliseconds; then it is in doubt. */
const PATIENCE_MS = 5_000;

/** The primary's side: streams the log to one standby, which says how far it is. */
export interface Leader {
  /** Orders that the standby has on disk; undefined while none is there. */
  readonly standbyHas: number | undefined;
  listen(port: number): Promise<void>;
  /** Hands on what is new. */
  publish(): void;
  /** Whether the standby has this order within its time. */
  reached(n: number): Promise<boolean>;
  pause(paused: boolean): void;
  close(): void;
}

export function leaderOf(wal: Wal): Leader {
  let standby: { readonly socket: Socket; sent: number; has: number } | undefined;
  let paused = false;
  let waiting: { readonly n: number; readonly done: () => void }[] = [];
  const publish = (): void => {
    if (!standby || paused) return;
    for (const order of wal.orders.slice(standby.sent)) send(standby.socket, order);
    standby.sent = wal.orders.length;
  };
  const server = createServer((socket) => {
    socket.once("close", () => standby?.socket === socket && (standby = undefined));
    onLines(socket, ({ have = 0 }) => {
      // Orders that we never had: it was a primary of its own meanwhile.
      if (have > wal.orders.length) {
        send(socket, { diverged: wal.orders.length });
        return;
      }
      if (standby?.socket !== socket) standby = { socket, sent: have, has: have };
      standby.has = have;
      for (const { n, done } of waiting) if (n <= have) done();
      waiting = waiting.filter(({ n }) => n > have);
      publish();
    });
  });
  return {
    get standbyHas() {
      return standby?.has;
    },
    listen: (port) => listen(server, port),
    publish,
    reached: (n) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), PATIENCE_MS);
        const done = (): void => {
          clearTimeout(timer);
          resolve(true);
        };
        if (standby && standby.has >= n) done();
        else waiting.push({ n, done });
      }),
    pause: (now) => {
      paused = now;
      publish();
    },
    close: () => {
      server.close();
      standby?.socket.destroy();
    },
  };
}

/** The standby's side: keeps what the primary streams. */
export interface Follower {
  readonly state: "following" | "lost" | "diverged";
  stop(): void;
}

export function followerOf(wal: Wal, port: number): Follower {
  let state: Follower["state"] = "lost";
  const calling = keepCalling(port, (socket) => {
    const tell = (): void => send(socket, { have: wal.orders.length });
    socket.once("close", () => state === "following" && (state = "lost"));
    onLines(socket, ({ id, n, diverged }) => {
      if (diverged !== undefined) state = "diverged";
      else if (id === undefined || n !== wal.orders.length + 1) socket.destroy();
      else {
        wal.append([id]);
        tell();
      }
    });
    state = "following";
    tell();
  });
  return {
    get state() {
      return state;
    },
    stop: () => calling.stop(),
  };
}

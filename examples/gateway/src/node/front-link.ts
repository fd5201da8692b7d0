import type { Socket } from "node:net";
import { keepCalling, onLines, send, type Message } from "../lines.ts";
import type { Order, Wal } from "./wal.ts";

/** What a front says first. */
export interface Hello {
  readonly api: string;
  /** Its clock, milliseconds since the epoch. */
  readonly now: number;
}

/** The connection to the exchange's front. Every order of the log is sent until the front has confirmed it. */
export interface FrontLink {
  readonly isConnected: boolean;
  readonly unconfirmed: number;
  send(order: Order): void;
  /** Sends again whatever was not confirmed: the front counts every id once. */
  resend(): void;
}

/** What a link tells: it is there, or it is not and why: a system's code, `closed`, `silent`. */
export interface Heard {
  readonly back: () => void;
  /** Also after each call that led nowhere. */
  readonly lost: (reason: string) => void;
}

/** It is asked twice a second whether it is there; a front that answers nothing six times running is gone. */
const [BEAT_MS, MISSES] = [500, 6];

/**
 * Watches a connection: one that is frozen or slow accepts and never answers. Beats are counted, not time: who did not run
 * himself for a while must not take the other for silent.
 */
function keepAsking(socket: Socket): () => void {
  let missed = 0;
  const beat = setInterval(() => {
    missed += 1;
    if (missed > MISSES) socket.destroy(new Error("silent"));
    else send(socket, { ping: missed });
  }, BEAT_MS);
  socket.once("close", () => clearInterval(beat));
  return () => void (missed = 0);
}

/** `trades`: only then orders are sent. */
export function frontLink(port: number, wal: Wal, trades: () => boolean, heard: Heard): FrontLink {
  const confirmed = new Set<string>();
  let front: Socket | undefined;
  const deliver = ({ id }: Order): void => {
    if (front && trades() && !confirmed.has(id)) send(front, { id });
  };
  const take = (socket: Socket, { api, ok }: Message): void => {
    if (ok !== undefined) confirmed.add(ok);
    if (api === undefined) return;
    front = socket;
    heard.back();
    wal.orders.forEach(deliver);
  };
  keepCalling(
    port,
    (socket) => {
      const answered = keepAsking(socket);
      onLines(socket, (message) => {
        answered();
        take(socket, message);
      });
    },
    (reason) => {
      front = undefined;
      heard.lost(reason);
    },
  );
  return {
    get isConnected() {
      return front !== undefined;
    },
    get unconfirmed() {
      return wal.orders.length - confirmed.size;
    },
    send: deliver,
    resend: () => wal.orders.forEach(deliver),
  };
}

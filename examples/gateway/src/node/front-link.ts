import type { Socket } from "node:net";
import { keepCalling, onLines, send } from "../lines.ts";
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

/** `trades`: only then orders are sent. `note` hears when the front was lost and when it is back. */
export function frontLink(
  port: number,
  wal: Wal,
  trades: () => boolean,
  note: (event: "front-lost" | "front-back") => void,
): FrontLink {
  const confirmed = new Set<string>();
  let front: Socket | undefined;
  const deliver = ({ id }: Order): void => {
    if (front && trades() && !confirmed.has(id)) send(front, { id });
  };
  keepCalling(port, (socket) => {
    socket.once("close", () => {
      if (front !== socket) return;
      front = undefined;
      note("front-lost");
    });
    onLines(socket, ({ api, ok }) => {
      if (ok !== undefined) confirmed.add(ok);
      if (api === undefined) return;
      front = socket;
      note("front-back");
      wal.orders.forEach(deliver);
    });
  });
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

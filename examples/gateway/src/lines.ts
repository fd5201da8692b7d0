import { connect, type Server, type Socket } from "node:net";
import { once } from "node:events";

/** A line that is longer is no message of ours. */
const LONGEST = 65_536;

/** Everything that goes over a line: each of the three conversations (entry, replication, front) has its own fields. */
export interface Message {
  /** An order; from the primary with its number. */
  readonly id?: string;
  readonly n?: number;
  /** Answers of the entry: kept, kept but perhaps not by the standby, not taken. */
  readonly ack?: string;
  readonly doubt?: string;
  readonly refused?: string;
  /** The standby's: so many orders are on its disk. The primary's: it never had that many itself. */
  readonly have?: number;
  readonly diverged?: number;
  /** The front's: its version and clock (milliseconds since the epoch) first, then a confirmed order. */
  readonly api?: string;
  readonly now?: number;
  readonly ok?: string;
  /** Are you there? Answered with the same number. */
  readonly ping?: number;
  readonly pong?: number;
}

const parsed = (text: string): Message | undefined => {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Hears messages, one a line. Whoever sends something else is cut off; how a connection ends is told by `close`. */
export function onLines(socket: Socket, hear: (message: Message) => void): void {
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("error", () => socket.destroy());
  socket.on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const message = parsed(part);
      if (message) hear(message);
      else socket.destroy();
    }
    if (rest.length > LONGEST) socket.destroy();
  });
}

export const send = (socket: Socket, message: Message): void => {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
};

/** Listens on loopback; rejects where the port is taken. */
export async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

/** How long before a lost peer is called again, milliseconds. */
const AGAIN_MS = 200;

/** Calls a peer, and again whenever it is lost, until stopped. `onEnd` hears why a connection ended or was not made. */
export function keepCalling(
  port: number,
  onConnect: (socket: Socket) => void,
  onEnd: (reason: string) => void = () => undefined,
): { stop(): void } {
  let stopped = false;
  let socket: Socket | undefined;
  const call = (): void => {
    if (stopped) return;
    socket = connect(port, "127.0.0.1");
    const own = socket;
    let reason = "closed";
    own.once("connect", () => onConnect(own));
    own.on("error", (error: NodeJS.ErrnoException) => {
      reason = error.code ?? error.message;
      own.destroy();
    });
    own.once("close", () => {
      onEnd(reason);
      setTimeout(call, AGAIN_MS).unref();
    });
  };
  call();
  return {
    stop: () => {
      stopped = true;
      socket?.destroy();
    },
  };
}

import { Socket } from "node:net";

/** Where every socket is read into: what came is heard, and copied, before anything else is read. */
const BYTES = Buffer.allocUnsafeSlow(65_536);
/** Longer chunks than this are no trickle, bytes: they are read as they come. */
const TRICKLE = 8_192;
/** What came may wait for so much of the time that its command has taken, at most so many milliseconds. */
const SHARE = 0.1;
const LONGEST_MS = 50;
/** It is not worth a timer, milliseconds. */
const SHORTEST_MS = 2;

export interface UnhurriedSocket {
  readonly socket: Socket;
  /** A command begins: for its first words nobody waits. */
  readonly hurry: () => void;
}

/**
 * A connection that is read the less often, the longer the command takes that began last: a host says a line at a time, to
 * wake up for each costs more than what stands in it. Nothing waits before the first `hurry`.
 */
export function unhurriedSocket(host: string, port: number): UnhurriedSocket {
  let since: number | undefined;
  const resume = (): void => void socket.resume();
  const heard = (length: number, bytes: Uint8Array): boolean => {
    socket.emit("data", Buffer.from(bytes.subarray(0, length)));
    if (since === undefined || length > TRICKLE) return true;
    const ms = Math.min((process.uptime() - since) * 1_000 * SHARE, LONGEST_MS);
    if (ms < SHORTEST_MS) return true;
    setTimeout(resume, Math.ceil(ms));
    return false;
  };
  // The types know `onread` only as an option of connect(); it is this one's, which passes it on.
  const options: object = { onread: { buffer: BYTES, callback: heard } };
  const socket = new Socket(options);
  socket.connect({ host, port });
  return { socket, hurry: () => (since = process.uptime()) };
}

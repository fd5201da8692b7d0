import { once } from "node:events";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { onLines, send } from "../lines.ts";

/** A connection to the order entry; called again until it opens or `end` (monotonic, nanoseconds) is over. */
async function enter(port: number, end: bigint): Promise<Socket> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return socket;
    } catch (error) {
      socket.destroy();
      if (process.hrtime.bigint() > end) throw new Failure("entry-closed", { port, reason: String(error) });
    }
    await sleep(50);
  }
}

/** Orders that wait for their acknowledgement at a time. */
const WINDOW = 64;

export interface Sent {
  /** Ids that were acknowledged, in that order. */
  readonly acked: readonly string[];
  /** Monotonic clock at the first acknowledgement, nanoseconds. */
  readonly first: bigint;
}

/**
 * Sends orders and waits for every acknowledgement; those go to `file`, synced, one id a line: whoever comes later can
 * tell what was promised. Throws Failure entry-closed, not-acknowledged.
 */
export async function sendOrders(port: number, ids: readonly string[], seconds: number, file?: string): Promise<Sent> {
  const end = process.hrtime.bigint() + BigInt(seconds) * 1_000_000_000n;
  const socket = await enter(port, end);
  const acked: string[] = [];
  let sent = 0;
  const sendNext = (): void => {
    const id = ids[sent];
    if (id === undefined) return;
    sent += 1;
    send(socket, { id });
  };
  let first = 0n;
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    onLines(socket, ({ ack }) => {
      if (ack === undefined) {
        socket.destroy();
        return;
      }
      if (acked.length === 0) first = process.hrtime.bigint();
      acked.push(ack);
      if (acked.length === ids.length) socket.destroy();
      sendNext();
    });
  });
  for (let at = 0; at < WINDOW; at++) sendNext();
  await done;
  socket.destroy();
  if (file !== undefined) keep(file, acked);
  if (acked.length < ids.length)
    throw new Failure("not-acknowledged", { wanted: ids.length, sent, acked: acked.length });
  return { acked, first };
}

function keep(file: string, ids: readonly string[]): void {
  const handle = openSync(file, "w");
  writeSync(handle, ids.map((id) => `${id}\n`).join(""));
  fsyncSync(handle);
  closeSync(handle);
}

/** Acknowledged ids of a file that are not among these: a difference of sets, not of counts. */
export const missingFrom = (file: string, ids: readonly string[]): readonly string[] => {
  const there = new Set(ids);
  const acked = readFileSync(file, "utf8").split("\n").filter(Boolean);
  if (acked.length === 0) throw new Failure("nothing-acknowledged", { file });
  return acked.filter((id) => !there.has(id));
};

import { createHash, randomUUID } from "node:crypto";
import type { Connection, PeerId, Stream } from "@libp2p/interface";
import { lpStream } from "@libp2p/utils";
import type { Log } from "./log.ts";
import type { Network } from "./network.ts";
import type { Window } from "./window.ts";

/** One message per stream, in frames with their length: an envelope there, `ok` or a reason back. */
export const PROTOCOL = "/silktalk/message/1.0.0";
const MAX_BYTES = 64 * 1024;
const ANSWER_MS = 5000;

export interface Envelope {
  readonly id: string;
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly sum: string;
}

const text = (bytes: { subarray(): Uint8Array }): string => new TextDecoder().decode(bytes.subarray());
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
export const envelope = (text: string): Envelope => ({ id: randomUUID(), text, sum: digest(text) });

/** Sends one envelope and gives the receiver's answer. */
export async function send(network: Network, to: PeerId, message: Envelope, signal: AbortSignal): Promise<string> {
  const stream = await network.dialProtocol(to, PROTOCOL, { signal });
  try {
    const frames = lpStream(stream, { maxDataLength: MAX_BYTES });
    await frames.write(new TextEncoder().encode(JSON.stringify(message)), { signal });
    return text(await frames.read({ signal }));
  } finally {
    // The receiver closes too; what is left of a stream after an error is thrown away.
    await stream.close({ signal }).catch((error: Error) => stream.abort(error));
  }
}

/** Connected peers that speak our protocol, as identify has told; one that has just left is none. */
export async function speakers(network: Network): Promise<readonly PeerId[]> {
  const speaking = await Promise.all(
    network.getPeers().map(async (peer) => {
      try {
        return (await network.peerStore.get(peer)).protocols.includes(PROTOCOL) ? [peer] : [];
      } catch (error) {
        if ((error as Error).name === "NotFoundError") return [];
        throw error;
      }
    }),
  );
  return speaking.flat();
}

const judge = (written: string): { readonly id: string; readonly answer: string } => {
  try {
    const message = JSON.parse(written) as Partial<Envelope>;
    const id = message.id ?? "";
    if (typeof message.text !== "string" || message.sum !== digest(message.text)) return { id, answer: "bad checksum" };
    return { id, answer: "ok" };
  } catch {
    return { id: "", answer: "not an envelope" };
  }
};

interface Desk {
  readonly log: Log;
  readonly window: Window;
  full(this: void): boolean;
  readonly signal: AbortSignal;
}

/**
 * Answers messages. Each one is counted in the window; a refused one is an ERROR line. A message cut off because its
 * sender went away is the sender's trouble: a WARN line, and not counted.
 */
export async function receive(network: Network, { log, window, full, signal }: Desk): Promise<void> {
  const handle = async (stream: Stream, connection: Connection): Promise<void> => {
    const peer = connection.remotePeer.toString();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    try {
      const frames = lpStream(stream, { maxDataLength: MAX_BYTES });
      const written = text(await frames.read({ signal: limit }));
      const { id, answer } = full() ? { id: "", answer: "storage full" } : judge(written);
      await frames.write(new TextEncoder().encode(answer), { signal: limit });
      window.add(answer !== "ok");
      if (answer === "ok") log.info("Message received", { peer, id });
      else log.error("Message refused", { peer, id, reason: answer });
      await stream.close({ signal: limit });
    } catch (error) {
      log.warn("Message cut off", { peer, reason: (error as Error).message });
      stream.abort(error as Error);
    }
  };
  await network.handle(PROTOCOL, handle, { maxInboundStreams: 256 });
}

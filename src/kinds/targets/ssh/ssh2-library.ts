import { createSecretKey } from "node:crypto";
import { WatchbookError } from "../../../model/error.ts";
import type { Duplex, Readable } from "node:stream";

/** What we use of the library ssh2 (1.17): an optional dependency. */
export interface Ssh2Channel extends Duplex {
  readonly stderr: Readable;
}
export interface Ssh2Client {
  on(event: "ready" | "close" | "end" | "handshake", heard: () => void): this;
  on(event: "error", heard: (error: Error & { readonly level?: string }) => void): this;
  connect(options: Readonly<Record<string, unknown>>): this;
  exec(line: string, heard: (error: Error | undefined, channel: Ssh2Channel) => void): boolean;
  end(): this;
  destroy(): this;
}
export interface Ssh2Key {
  isPrivateKey(): boolean;
}
export interface Ssh2Library {
  readonly Client: new () => Ssh2Client;
  /** A key that was read once need not be read again for every host. An Error is given, not thrown. */
  readonly utils: { parseKey(key: Buffer): Error | Ssh2Key | readonly Ssh2Key[] };
}

/**
 * Lets a connection be, once it stands. The library asks every host that says it is OpenSSH to prove its other host keys, a
 * question, a signature and a check of it each time, for whoever keeps a file of keys up to date; ours is reviewed by people.
 * It has no option against that, only the name of what it found there; should a later one keep that elsewhere, it asks again.
 */
export const asksNoProof = (client: Ssh2Client): void =>
  void client.on("handshake", () => Object.assign(client, { _remoteVer: "" }));

/** Where the library keeps the bytes of a connection's keys: each packet is opened and sealed with them anew. */
const KEYS = ["_encKey", "_decipherKey", "_macKey"];

/**
 * Lets a connection that stands keep its keys ready for use: made from bytes, the cipher of a packet costs four times as much.
 * The library has no word for it; should a later one keep them elsewhere, nothing changes.
 */
export const keepsKeys = (client: Ssh2Client): void =>
  void client.on("ready", () => {
    const { _protocol } = client as {
      readonly _protocol?: Readonly<Record<string, Record<string, unknown> | undefined>>;
    };
    for (const half of [_protocol?.["_cipher"], _protocol?.["_decipher"]])
      for (const name of half ? KEYS : []) {
        const bytes = half![name];
        if (Buffer.isBuffer(bytes)) half![name] = createSecretKey(bytes);
      }
  });

/** Loads the library. Throws WatchbookError SSH2-MISSING where it is not installed. */
export async function library(target: string): Promise<Ssh2Library> {
  const name: string = "ssh2";
  try {
    const found = (await import(name)) as { readonly default?: Ssh2Library } & Ssh2Library;
    return found.default ?? found;
  } catch (error) {
    throw new WatchbookError(
      "SSH2-MISSING",
      { target, detail: (error as Error).message.split("\n")[0]! },
      { cause: error },
    );
  }
}

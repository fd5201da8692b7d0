import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Unjudged } from "../answer/unjudged.ts";

export interface Body {
  readonly text: string;
  /** False when there was more than we read. */
  readonly whole: boolean;
}

/** The body unpacked, as a stream: a bomb is unpacked no further than it is read. */
function unpacked(message: IncomingMessage): Readable {
  const encoding = message.headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return message;
  const unpack = { gzip: createGunzip, "x-gzip": createGunzip, deflate: createInflate, br: createBrotliDecompress }[
    encoding
  ];
  if (!unpack) throw new Unjudged("unparsable", `content-encoding: ${encoding}`);
  // Errors reach the reader through the unpacked stream.
  return pipeline(message, unpack(), () => undefined);
}

/** Text by the charset the server names (old Chinese sites say gbk); UTF-8 when it names none we know. */
function decode(bytes: Uint8Array, type = ""): string {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Reads at most `most` bytes, then hangs up. */
export async function readBody(message: IncomingMessage, most: number): Promise<Body> {
  if (most === 0) {
    message.destroy();
    return { text: "", whole: false };
  }
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of unpacked(message) as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > most) break;
    }
  } finally {
    message.destroy();
  }
  const text = decode(Buffer.concat(parts).subarray(0, most), message.headers["content-type"]);
  return { text, whole: length <= most };
}

import { request as plain, type IncomingMessage, type RequestOptions } from "node:http";
import { request as secure } from "node:https";
import { createSecureContext, type ConnectionOptions } from "node:tls";
import { trust } from "../../checks/net/trust.ts";
import type { HttpAnswer, HttpRequest } from "../../../model/notifier.ts";
import { pinned, type Place } from "./place.ts";

/** Bytes of an answer that are read; what comes after is left unread. */
export const ANSWER_BYTES = 65_536;
/** Bytes of its headers. */
const HEADER_BYTES = 16_384;

/** The receiver began an answer and broke off. */
export class HalfAnswer extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`half an answer (${status})`);
    this.name = "HalfAnswer";
    this.status = status;
  }
}

function begin(url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = url.protocol === "https:" ? secure(url, options, resolve) : plain(url, options, resolve);
  sent.once("error", reject);
  sent.end(body);
  return promise;
}

/** The beginning of a body; rejects with HalfAnswer when the other side breaks off. */
async function beginning(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of message as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= ANSWER_BYTES) break;
    }
  } catch (error) {
    if (["ECONNRESET", "HPE_INVALID_CHUNK_SIZE"].includes(String((error as NodeJS.ErrnoException).code)))
      throw new HalfAnswer(message.statusCode ?? 0);
    throw error;
  }
  return Buffer.concat(parts).subarray(0, ANSWER_BYTES).toString("utf8");
}

/** One request to a place, on a connection of its own; redirects are answers. Rejects with Node's errors and HalfAnswer. */
export async function post(
  { url, method, headers, body }: HttpRequest,
  place: Place,
  { signal, ca }: { readonly signal: AbortSignal; readonly ca?: string },
): Promise<HttpAnswer> {
  const to = new URL(url);
  const options: RequestOptions & Pick<ConnectionOptions, "secureContext"> = {
    method,
    headers: {
      "user-agent": "watchbook",
      accept: "*/*",
      "accept-encoding": "identity",
      "content-length": Buffer.byteLength(body),
      ...headers,
    },
    agent: false,
    signal,
    lookup: pinned(place),
    maxHeaderSize: HEADER_BYTES,
    ...(to.protocol === "https:" && { secureContext: ca === undefined ? trust() : createSecureContext({ ca }) }),
  };
  const message = await begin(to, options, body);
  try {
    const text = await beginning(message);
    return { status: message.statusCode ?? 0, headers: flat(message.headers), body: text };
  } finally {
    message.destroy();
  }
}

const flat = (headers: IncomingMessage["headers"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );

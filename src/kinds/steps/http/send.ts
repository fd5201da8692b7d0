import { request as plain, type IncomingMessage, type RequestOptions } from "node:http";
import { request as secure } from "node:https";
import type { ConnectionOptions } from "node:tls";
import type { Answer } from "../../checks/http/request.ts";
import { place } from "../../checks/http/request.ts";
import { codeOf } from "../../checks/net/failure.ts";
import { trust } from "../../checks/net/trust.ts";
import { readBody } from "../../checks/http/body.ts";
import { Ended } from "../ending/ended.ts";

export interface Request {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Redirects that are followed, on the same origin only. */
  readonly redirects: number;
  readonly ca?: string;
}

/** So much of an answer is read, bytes. */
const MOST = 1_048_576;

/** What fails before anything of a request has left: nothing began. */
const BEFORE =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|EHOSTDOWN|ENET\w+|EADDRNOTAVAIL|EMFILE|ENFILE|EACCES|EPERM)$/;
const TLS = /^(ERR_TLS|ERR_SSL|CERT_)|UNABLE_TO|SELF_SIGNED|ISSUER/;

/** Whether a request that was sent and not answered may have changed something. */
export const changes = (method: string): boolean => method !== "GET" && method !== "HEAD";

/** What no answer means: nothing began, or a change may have happened and nobody knows. */
function failure(error: unknown, { url, method }: Request, sent: boolean): Ended {
  const code = codeOf(error) || (error as Error).name;
  const args = { url: place(url), code };
  if (TLS.test(code)) return new Ended("unreachable", "http-tls", args);
  if (!sent || BEFORE.test(code)) return new Ended("unreachable", "http-unreachable", args);
  return changes(method) ? new Ended("unknown", "http-no-answer", args) : new Ended("failed", "http-no-answer", args);
}

interface Sent {
  readonly message: IncomingMessage;
}

/** Sends one request; resolves with the headers of its answer. Throws Ended. */
function send(asked: Request, signal: AbortSignal): Promise<Sent> {
  const { url, method, body } = asked;
  const options: RequestOptions & Pick<ConnectionOptions, "secureContext"> = {
    method,
    headers: {
      "user-agent": "watchbook",
      "accept-encoding": "identity",
      ...asked.headers,
      ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
    },
    agent: false,
    signal,
    ...(url.protocol === "https:" && { secureContext: trust(asked.ca) }),
  };
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  const sent = (url.protocol === "https:" ? secure : plain)(url, options, (message) => resolve({ message }));
  let isConnected = false;
  sent.once("socket", (socket) =>
    socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => (isConnected = true)),
  );
  sent.once("error", (error) => reject(failure(error, asked, isConnected)));
  sent.end(body);
  return promise;
}

/** Where an answer points to on the same origin; undefined for anything else. */
function onward({ headers, statusCode = 0 }: IncomingMessage, from: URL): URL | undefined {
  const { location } = headers;
  if (statusCode < 300 || statusCode > 399 || location === undefined || !URL.canParse(location, from.href))
    return undefined;
  const to = new URL(location, from);
  return to.origin === from.origin ? to : undefined;
}

/**
 * Sends a request and reads its answer, at most 1 MiB of it. A request that changes something is never sent on to
 * where a redirect points. Throws Ended for what kept the answer away.
 */
export async function ask(asked: Request, signal: AbortSignal): Promise<Answer> {
  let { url } = asked;
  for (let redirects = 0; ; redirects += 1) {
    const { message } = await send({ ...asked, url }, signal);
    const to = changes(asked.method) || redirects >= asked.redirects ? undefined : onward(message, url);
    const { statusCode: status = 0, headers } = message;
    if (to === undefined) {
      const body = await readBody(message, MOST).catch((error: unknown) => {
        throw failure(error, asked, true);
      });
      return { url, status, headers, redirects, body, seconds: 0 };
    }
    message.destroy();
    url = to;
  }
}

import { request as plain, type IncomingMessage, type RequestOptions } from "node:http";
import { request as secure } from "node:https";
import { connect, type NetConnectOpts } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { secondsBetween, type Clock } from "../../../model/time.ts";
import { Failing } from "../answer/failing.ts";
import { codeOf, connectionError, noAnswer } from "../net/failure.ts";
import { deadline } from "../net/deadline.ts";
import { trust } from "../net/trust.ts";
import { readBody, type Body } from "./body.ts";

export interface Ask {
  readonly url: URL;
  readonly method: "GET" | "HEAD" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds for everything: name, connection, redirects, headers and body. */
  readonly within: number;
  readonly redirects: number;
  /** Bytes of the body, unpacked, that are read; 0: none. */
  readonly maxBytes: number;
  readonly ca?: string;
  /** Fields of a form, sent as the body of a POST. */
  readonly form?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly redirects: number;
  readonly body: Body;
  /** Until the headers, or until the end of the body where it is read. */
  readonly seconds: number;
}

/** Address without what may be secret in it. */
export const place = (url: URL): string => `${url.origin}${url.pathname}`;

/** Node's codes for a certificate or handshake that is not accepted. */
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$)|UNABLE_TO|SELF_SIGNED|ISSUER/;

function failure(error: unknown, url: URL): unknown {
  const code = codeOf(error);
  if (TLS.test(code)) return new Failing("http-tls", { url: place(url), code });
  // Node's HTTP parser, and what is not what content-encoding promised.
  if (/^(HPE|Z)_|^ERR_.*BROTLI/.test(code)) return new Failing("http-protocol", { url: place(url), code });
  return connectionError(error, url.host);
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/**
 * A connection for one request: a kept one would not notice that nobody listens any more. Without TLS, which an agent
 * prepares, there is no agent either.
 */
const ownConnection = (url: URL, { ca }: Ask): RequestOptions & Pick<ConnectionOptions, "secureContext"> =>
  url.protocol === "https:"
    ? { agent: false, secureContext: trust(ca) }
    : { createConnection: (options) => connect({ ...options, noDelay: true } as NetConnectOpts) };

/** One request; resolves with the headers. */
function ask(url: URL, asked: Ask, headers: Ask["headers"], signal: AbortSignal): Promise<IncomingMessage> {
  const form = asked.form && new URLSearchParams(asked.form).toString();
  const options: RequestOptions = {
    method: asked.method,
    headers: {
      "user-agent": "watchbook",
      accept: "*/*",
      "accept-encoding": "identity",
      ...(form !== undefined && FORM),
      ...headers,
    },
    ...ownConnection(url, asked),
  };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = url.protocol === "https:" ? secure(url, options, resolve) : plain(url, options, resolve);
  sent.once("error", (error) => reject(failure(error, url)));
  // By hand: a request that is given a signal listens to all of its own ends too, at a tenth of the whole check.
  const cut = (): void => void sent.destroy(new Error("aborted"));
  if (signal.aborted) cut();
  else signal.addEventListener("abort", cut, { once: true });
  sent.end(form);
  return promise;
}

/** Follows redirects, at most as many as allowed; what was meant for one origin is not told to another. */
async function follow(
  asked: Ask,
  signal: AbortSignal,
): Promise<Omit<Answer, "body" | "seconds"> & { message: IncomingMessage }> {
  let url = asked.url;
  for (let redirects = 0; ; redirects += 1) {
    const message = await ask(url, asked, url.origin === asked.url.origin ? asked.headers : {}, signal);
    const { statusCode: status = 0, headers } = message;
    const next = status >= 300 && status < 400 ? headers.location : undefined;
    if (next === undefined || asked.redirects === 0) return { url, status, headers, redirects, message };
    message.destroy();
    if (redirects === asked.redirects) throw new Failing("http-redirects", { url: place(asked.url), count: redirects });
    if (!URL.canParse(next, url.href) || !/^https?:$/.test(new URL(next, url).protocol))
      throw new Failing("http-protocol", { url: place(url), code: "Location" });
    url = new URL(next, url);
  }
}

/** Asks and reads the answer within its limits. Throws Failing for what the server did, Unjudged for what we could not. */
export async function request(asked: Ask, clock: Clock, signal: AbortSignal): Promise<Answer> {
  using limit = deadline(asked.within * 1_000, signal);
  const start = clock.monotonic();
  try {
    const { message, ...answer } = await follow(asked, limit.signal);
    const body = await readBody(message, asked.maxBytes);
    return { ...answer, body, seconds: secondsBetween(start, clock.monotonic()) };
  } catch (error) {
    if (limit.late) throw noAnswer(place(asked.url), asked.within);
    throw failure(error, asked.url);
  }
}

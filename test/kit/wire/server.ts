import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A stand-in for a vendor: takes what the vendor's documentation says it takes, and answers as it says. */
export type Vendor = (request: Received, now: number) => Reply;

export const json = (status: number, document: unknown, headers: Reply["headers"] = {}): Reply => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(document),
});
export const plain = (status: number, body: string, headers: Reply["headers"] = {}): Reply => ({
  status,
  headers,
  body,
});

async function received(message: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part);
  const url = new URL(message.url ?? "/", "http://here");
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: message.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(parts).toString("utf8"),
  };
}

/** A server on loopback, closed with the test; its address without a slash at the end. */
export async function listen(t: Pick<TestContext, "after">, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A vendor on loopback; `requests` is what came. */
export async function wire(
  t: Pick<TestContext, "after">,
  vendor: Vendor,
  clock: () => number,
): Promise<{ readonly url: string; readonly requests: Received[]; readonly replies: Reply[] }> {
  const requests: Received[] = [];
  const replies: Reply[] = [];
  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await received(message);
    const reply = vendor(request, clock());
    requests.push(request);
    replies.push(reply);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  };
  return { url: await listen(t, (message, response) => void answer(message, response)), requests, replies };
}

/** The document of a JSON body; undefined when there is none, or its content type says otherwise. */
export function documentOf({ headers, body }: Received): Record<string, unknown> | undefined {
  if (!(headers["content-type"] ?? "").startsWith("application/json")) return undefined;
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Whether a vendor's strictness holds: a text of 1 to `most` characters. */
export const isText = (value: unknown, most: number): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= most && value.isWellFormed();

/** At most so many messages a minute. */
export function rate(perMinute: number): (now: number) => boolean {
  let times: number[] = [];
  return (now) => {
    times = times.filter((time) => time > now - 60_000);
    return times.push(now) <= perMinute;
  };
}

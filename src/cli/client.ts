import { request, type IncomingMessage } from "node:http";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { utc } from "../model/time.ts";
import { ownerOf, type Owner } from "../store/ownership.ts";
import type { Problem } from "../api/contract.ts";
import { eventsOf, type ServerEvent } from "./client/events.ts";

/** HTTP over a daemon's unix socket. */
export interface Client {
  readonly owner: Owner;
  /** JSON of a GET. Rejects with the WatchbookError that the daemon gave, or DAEMON-SILENT. */
  get<T>(path: string): Promise<T>;
  /** JSON of a POST; waits as long as the daemon works. */
  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T>;
  /** Server-sent events until the daemon ends the stream, or leaves: then it just ends. */
  events(path: string, signal: AbortSignal): AsyncGenerator<ServerEvent, void>;
}

/** Milliseconds in which a daemon answers a question. */
const PATIENCE = 10_000;
/** Milliseconds without a sign of life after which a stream counts as cut. */
const QUIET = 30_000;

/**
 * A client of the daemon that owns `data`; undefined when nobody owns it. A verb that owns it for a moment listens to
 * nobody: WatchbookError DATA-OWNED names its process.
 */
export function connect(data: string): Client | undefined {
  const owner = ownerOf(data);
  if (owner === undefined) return undefined;
  if (owner.socket === null)
    throw new WatchbookError("DATA-OWNED", { data, pid: owner.pid, since: utc(owner.since) }, { exit: EXIT.input });
  const call = <T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
    send<T>(owner, data, { method, path, body, ...(signal === undefined ? {} : { signal }) });
  return {
    owner,
    get: (path) => call("GET", path, undefined),
    post: (path, body, signal) => call("POST", path, body, signal),
    events: (path, signal) => events(owner, data, path, signal),
  };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly signal?: AbortSignal;
}

/** The beginning of the daemon's answer. Rejects with DAEMON-SILENT. */
function open(owner: Owner, data: string, sent: Sent): Promise<IncomingMessage> {
  const silent = (cause: unknown): WatchbookError =>
    new WatchbookError(
      "DAEMON-SILENT",
      { data, pid: owner.pid, socket: owner.socket ?? "" },
      { exit: EXIT.unreachable, cause },
    );
  return new Promise<IncomingMessage>((resolve, reject) => {
    const headers: Record<string, string> = { host: "localhost" };
    if (sent.body !== undefined) headers["content-type"] = "application/json";
    const { method, path, signal } = sent;
    const asked = request({
      socketPath: owner.socket!,
      method,
      path,
      headers,
      ...(signal === undefined ? {} : { signal }),
    });
    // An inspection may take minutes; everything else answers at once.
    if (method === "GET") asked.setTimeout(PATIENCE, () => asked.destroy(new Error("timeout")));
    asked.on("response", resolve);
    asked.on("error", (error) => reject(signal?.aborted ? error : silent(error)));
    asked.end(sent.body === undefined ? undefined : JSON.stringify(sent.body));
  });
}

/** All of an answer. Rejects with the WatchbookError that it is. */
async function read(answer: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const type = answer.headers["content-type"] ?? "";
  if (type.startsWith("application/problem+json")) throw again(body as Problem);
  return body;
}

const send = async <T>(owner: Owner, data: string, sent: Sent): Promise<T> =>
  (await read(await open(owner, data, sent))) as T;

async function* events(
  owner: Owner,
  data: string,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent, void> {
  const answer = await open(owner, data, { method: "GET", path, body: undefined, signal });
  const type = answer.headers["content-type"] ?? "";
  if (!type.startsWith("text/event-stream")) {
    await read(answer);
    return;
  }
  answer.setTimeout(QUIET, () => answer.destroy());
  try {
    yield* eventsOf(answer);
  } catch (error) {
    // A daemon that was killed cuts the stream: whoever reads it asks again from where it stood.
    if ((error as NodeJS.ErrnoException).code !== "ECONNRESET" && !signal.aborted) throw error;
  }
}

/** The daemon's error as if it had happened here. */
const again = ({ code, args, exit }: Problem): WatchbookError => new WatchbookError(code, args, { exit: exit as Exit });

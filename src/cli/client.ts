import { request, type IncomingMessage } from "node:http";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { systemClock, utc } from "../model/time.ts";
import { ownerOf, type Owner } from "../store/ownership.ts";
import type { Problem } from "../api/contract.ts";
import { eventsOf, type ServerEvent } from "./client/events.ts";

/** HTTP over a daemon's unix socket. */
export interface Client {
  readonly owner: Owner;
  /** JSON of a GET. Rejects with the WatchbookError that the daemon gave, DAEMON-SILENT or DAEMON-ENDED. */
  get<T>(path: string): Promise<T>;
  /** JSON of a POST; waits as long as the daemon works. */
  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T>;
  /** JSON of a POST whose body is these bytes. */
  upload<T>(path: string, bytes: Uint8Array): Promise<T>;
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
    upload: (path, bytes) => call("POST", path, bytes),
    events: (path, signal) => events(owner, data, path, signal),
  };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly signal?: AbortSignal;
}

const bodyOf = (body: unknown): Uint8Array | string | undefined =>
  body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body);

/** The beginning of the daemon's answer. Rejects with DAEMON-SILENT or DAEMON-ENDED. */
async function open(owner: Owner, data: string, sent: Sent): Promise<IncomingMessage> {
  try {
    return await begin(owner, sent);
  } catch (error) {
    throw sent.signal?.aborted ? error : await gone(owner, data, error);
  }
}

function begin(owner: Owner, sent: Sent): Promise<IncomingMessage> {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const headers: Record<string, string> = { host: "localhost" };
    const bytes = bodyOf(sent.body);
    if (bytes !== undefined)
      headers["content-type"] = sent.body instanceof Uint8Array ? "application/octet-stream" : "application/json";
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
    asked.on("error", reject);
    asked.end(bytes);
  });
}

/** Looks at the lock of a process that is just dying: how often, and milliseconds between them. */
const LOOKS = 20;
const LOOK_EVERY = 50;

/** Why no answer came: the daemon ended, which its lock proves, or it is there and silent. */
async function gone(owner: Owner, data: string, cause: unknown): Promise<WatchbookError> {
  const { pid } = owner;
  const cut = CUT.has((cause as NodeJS.ErrnoException).code ?? "");
  for (let look = 0; look < (cut ? LOOKS : 1); look += 1) {
    if (ownerOf(data)?.pid !== pid)
      return new WatchbookError("DAEMON-ENDED", { data, pid }, { exit: EXIT.unreachable, cause });
    await systemClock.sleep(LOOK_EVERY);
  }
  return new WatchbookError(
    "DAEMON-SILENT",
    { data, pid, socket: owner.socket ?? "" },
    { exit: EXIT.unreachable, cause },
  );
}

/** What a connection says whose other end is gone. */
const CUT = new Set(["ECONNRESET", "ECONNREFUSED", "ENOENT", "EPIPE"]);

/** All of an answer. Rejects with the WatchbookError that it is. */
async function read(answer: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const type = answer.headers["content-type"] ?? "";
  if (type.startsWith("application/problem+json")) throw again(body as Problem);
  return body;
}

async function send<T>(owner: Owner, data: string, sent: Sent): Promise<T> {
  const answer = await open(owner, data, sent);
  try {
    return (await read(answer)) as T;
  } catch (error) {
    // An answer that breaks off is none.
    throw CUT.has((error as NodeJS.ErrnoException).code ?? "") && !sent.signal?.aborted
      ? await gone(owner, data, error)
      : error;
  }
}

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

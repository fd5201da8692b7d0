import { request, type IncomingMessage } from "node:http";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { systemClock, utc, type Clock } from "../model/time.ts";
import { ownerOf, type Owner } from "../store/ownership.ts";
import type { Problem } from "../api/contract.ts";
import { eventsOf, type ServerEvent } from "./client/events.ts";

/**
 * HTTP over the unix socket of a data directory's owner: a daemon, or a verb for as long as it drives runs. Where no answer
 * comes it rejects with DAEMON-SILENT or DAEMON-ENDED, OWNER-SILENT or OWNER-ENDED; OWNER-LEFT when such a verb was gone
 * before it had heard anything.
 */
export interface Client {
  readonly owner: Owner;
  /** JSON of a GET. Rejects with the WatchbookError that was given. */
  get<T>(path: string): Promise<T>;
  /** JSON of a POST; waits as long as the daemon works. */
  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T>;
  /** JSON of a DELETE. */
  end<T>(path: string): Promise<T>;
  /** JSON of a POST whose body is these bytes. */
  upload<T>(path: string, bytes: Uint8Array): Promise<T>;
  /** Server-sent events until the daemon ends the stream, or leaves: then it just ends. */
  events(path: string, signal: AbortSignal): AsyncGenerator<ServerEvent, void>;
}

/** Milliseconds in which a daemon answers a question. */
const PATIENCE = 10_000;
/** Milliseconds without a sign of life after which a stream counts as cut. */
const QUIET = 30_000;

/** How long a verb that only looks holds a data directory, and one that drives a run takes to open its socket; milliseconds. */
const MOMENT = 5_000;

/** Who has the data directory, for the terminal that cannot have it. */
export const owned = (data: string, { pid, since, command }: Owner): WatchbookError =>
  new WatchbookError(
    "DATA-OWNED",
    { data, pid, since: utc(since), command: command === "" ? "watchbook" : command },
    { exit: EXIT.input },
  );

/** As `connect`; a verb that listens to nobody is waited for, in case it only looks or is about to listen. */
export async function reached(data: string, clock: Clock): Promise<Client | undefined> {
  for (let waited = 0; ownerOf(data)?.socket === null && waited < MOMENT; waited += LOOK_EVERY)
    await clock.sleep(LOOK_EVERY);
  return connect(data);
}

/** The same where only a daemon can do what is wanted. Rejects with DATA-OWNED while a verb drives runs. */
export async function daemonAt(data: string, clock: Clock): Promise<Client | undefined> {
  const client = await reached(data, clock);
  if (client?.owner.daemon === false) throw owned(data, client.owner);
  return client;
}

/**
 * A client of the process that owns `data`; undefined when nobody owns it. A verb that listens to nobody is named by
 * WatchbookError DATA-OWNED.
 */
export function connect(data: string): Client | undefined {
  const owner = ownerOf(data);
  if (owner === undefined) return undefined;
  if (owner.socket === null) throw owned(data, owner);
  const call = <T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
    send<T>(owner, data, { method, path, body, ...(signal === undefined ? {} : { signal }) });
  return {
    owner,
    get: (path) => call("GET", path, undefined),
    post: (path, body, signal) => call("POST", path, body, signal),
    end: (path) => call("DELETE", path, undefined),
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

/** The beginning of an answer. Rejects as `gone` says. */
async function open(owner: Owner, data: string, sent: Sent): Promise<IncomingMessage> {
  try {
    return await begin(owner, sent);
  } catch (error) {
    throw sent.signal?.aborted ? error : await gone(owner, data, sent, error);
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

/** Why no answer came: the owner ended, which its lock proves, or it is there and silent. */
async function gone(owner: Owner, data: string, sent: Sent, cause: unknown): Promise<WatchbookError> {
  const { pid, socket, command, daemon } = owner;
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  const why = (what: string): WatchbookError =>
    new WatchbookError(what, { data, pid, socket: socket ?? "", command }, { exit: EXIT.unreachable, cause });
  for (let look = 0; look < (CUT.has(code) ? LOOKS : 1); look += 1) {
    const now = ownerOf(data);
    // Whoever is about to leave says so by listening to nobody any more.
    if (now?.pid !== pid || now.socket === null) {
      if (daemon) return why("DAEMON-ENDED");
      return why(sent.method === "GET" || UNHEARD.has(code) ? "OWNER-LEFT" : "OWNER-ENDED");
    }
    await systemClock.sleep(LOOK_EVERY);
  }
  return why(daemon ? "DAEMON-SILENT" : "OWNER-SILENT");
}

/** What a connection says whose other end is gone. */
const CUT = new Set(["ECONNRESET", "ECONNREFUSED", "ENOENT", "EPIPE"]);
/** The same before anything was heard there: whatever was asked for was not begun. */
const UNHEARD = new Set(["ECONNREFUSED", "ENOENT"]);

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
      ? await gone(owner, data, sent, error)
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

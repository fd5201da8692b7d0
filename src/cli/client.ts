import { request, type IncomingMessage } from "node:http";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { utc } from "../model/time.ts";
import { ownerOf, type Owner } from "../store/ownership.ts";
import type { Problem } from "../api/contract.ts";

/** HTTP over a daemon's unix socket. */
export interface Client {
  readonly owner: Owner;
  /** JSON of a GET. Rejects with the WatchbookError that the daemon gave, or DAEMON-SILENT. */
  get<T>(path: string): Promise<T>;
  /** JSON of a POST; waits as long as the daemon works. */
  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T>;
}

/** Milliseconds in which a daemon answers a question. */
const PATIENCE = 10_000;

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
  };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly signal?: AbortSignal;
}

async function send<T>(owner: Owner, data: string, sent: Sent): Promise<T> {
  const silent = (cause: unknown): WatchbookError =>
    new WatchbookError(
      "DAEMON-SILENT",
      { data, pid: owner.pid, socket: owner.socket ?? "" },
      { exit: EXIT.unreachable, cause },
    );
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
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
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const type = answer.headers["content-type"] ?? "";
  if (type.startsWith("application/problem+json")) throw again(JSON.parse(text) as Problem);
  return JSON.parse(text) as T;
}

/** The daemon's error as if it had happened here. */
const again = ({ code, args, exit }: Problem): WatchbookError => new WatchbookError(code, args, { exit: exit as Exit });

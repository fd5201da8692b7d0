import { setTimeout as pause } from "node:timers/promises";
import type { KubeConfig, RequestContext } from "@kubernetes/client-node";
import { EXIT, WatchbookError } from "../../../model/error.ts";
import { ReachError } from "../../../model/target.ts";
import { Lost } from "../posix/lost.ts";

type Client = typeof import("@kubernetes/client-node");

/** An object as the API server has it. */
export interface Thing {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly uid: string }[];
    readonly deletionTimestamp?: string;
  };
  readonly [key: string]: unknown;
}

export type PatchType = "strategic-merge" | "merge" | "json" | "apply";

/** The API server of one cluster. Reads are tried again when the server does not answer; writes never are. */
export interface Api {
  /** Null when there is no such object. */
  get<T>(path: string, signal: AbortSignal): Promise<T | null>;
  post(path: string, body: unknown, signal: AbortSignal): Promise<Thing>;
  patch(path: string, type: PatchType, body: unknown, signal: AbortSignal): Promise<Thing>;
  remove(path: string, signal: AbortSignal): Promise<void>;
}

/** Pauses before a read is tried again, milliseconds. */
const PAUSES_MS = [200, 800];
/** One request takes no longer, milliseconds. */
const LIMIT_MS = 15_000;
/** Errors of a connection that was never there: the server has not seen the request. */
const NEVER = /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|CERT|TLS|SSL/;

const causeOf = (error: unknown): string => {
  const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
  return cause ? `${cause.code ?? ""} ${cause.message}`.trim() : message;
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Request {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly type?: string;
  readonly body?: unknown;
}

const MIME: Readonly<Record<PatchType, string>> = {
  "strategic-merge": "application/strategic-merge-patch+json",
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
  apply: "application/apply-patch+yaml",
};

/** `target`: its name in errors. */
export function apiOf(client: Client, config: KubeConfig, target: string): Api {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new ReachError("other", `${target}: no cluster in the kubeconfig`);
  const send = (request: Request, signal: AbortSignal): Promise<Answer> =>
    ask(client, config, server, target, request, signal);
  const write = async (request: Request, signal: AbortSignal): Promise<unknown> => {
    const { status, body } = await send(request, signal);
    if (status >= 200 && status < 300) return body;
    throw refusal(target, request, status, body);
  };
  return {
    get: <T>(path: string, signal: AbortSignal) => read<T>(send, target, path, signal),
    post: async (path, body, signal) =>
      (await write({ method: "POST", path, body, type: "application/json" }, signal)) as Thing,
    patch: async (path, type, body, signal) =>
      (await write({ method: "PATCH", path, body, type: MIME[type] }, signal)) as Thing,
    remove: async (path, signal) => void (await write({ method: "DELETE", path }, signal)),
  };
}

async function read<T>(
  send: (request: Request, signal: AbortSignal) => Promise<Answer>,
  target: string,
  path: string,
  signal: AbortSignal,
): Promise<T | null> {
  const request: Request = { method: "GET", path };
  for (let tries = 0; ; tries++) {
    const again = PAUSES_MS[tries];
    try {
      const { status, body } = await send(request, signal);
      if (status === 200) return body as T;
      if (status === 404) return null;
      if (again === undefined || (status !== 429 && status < 500)) throw refusal(target, request, status, body);
    } catch (error) {
      if (again === undefined || !(error instanceof ReachError)) throw error;
    }
    await pause(again, undefined, { signal });
  }
}

/** One request. ReachError when the server was not reached; Lost when it was and its answer did not come. */
async function ask(
  client: Client,
  config: KubeConfig,
  server: string,
  target: string,
  { method, path, type, body }: Request,
  signal: AbortSignal,
): Promise<Answer> {
  signal.throwIfAborted();
  const context: RequestContext = new client.RequestContext(
    `${server.replace(/\/$/, "")}${path}`,
    client.HttpMethod[method],
  );
  context.setHeaderParam("Accept", "application/json");
  if (type !== undefined) context.setHeaderParam("Content-Type", type);
  if (body !== undefined) context.setBody(JSON.stringify(body));
  const limit = AbortSignal.timeout(LIMIT_MS);
  context.setSignal(AbortSignal.any([signal, limit]));
  await config.applySecurityAuthentication(context);
  try {
    const answer = await new client.IsomorphicFetchHttpLibrary().send(context).toPromise();
    const text = await answer.body.text();
    return { status: answer.httpStatusCode, body: text === "" ? {} : parsed(text) };
  } catch (error) {
    signal.throwIfAborted();
    const cause = causeOf(error);
    const detail = `${target}: ${method} ${server}${path.split("?")[0]}: ${cause}`;
    if (method === "GET" || NEVER.test(cause))
      throw new ReachError(limit.aborted ? "timeout" : "unreachable", detail, { cause: error });
    throw new Lost(detail, { cause: error });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page, a plain sentence: the status says what it is worth.
    return { message: text.slice(0, 600) };
  }
}

function refusal(target: string, { method, path }: Request, status: number, body: unknown): WatchbookError {
  const said = (body as { message?: unknown }).message;
  const detail = (typeof said === "string" ? said : "-").slice(0, 600);
  const command = `${method} ${path.split("?")[0]}`;
  return new WatchbookError("TARGET-REFUSED", { target, command, status: `${status}`, detail }, { exit: EXIT.failed });
}

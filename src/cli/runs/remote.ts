import { openBook } from "../../book/open.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import type { Kept } from "../../engine/run/kept.ts";
import type { RunMessage } from "../../engine/run/follow.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import type { RunRecord } from "../../model/run.ts";
import type { OutputPart } from "../../store/output/read.ts";
import { connect, type Client } from "../client.ts";
import { logins } from "../run/logins.ts";
import type { Call } from "../verb.ts";
import type { Followed, PlanShown, RunsDesk } from "./desk.ts";

/** Milliseconds between two tries to find a daemon that went away, and how often. */
const AGAIN_MS = 500;
const TRIES = 120;

/** The process that owns the data. */
export async function remoteDesk(call: Call, client: Client): Promise<RunsDesk> {
  const { book } = await openBook(call.book, { tolerant: true });
  const lang = call.values["lang"] === undefined ? book.lang : call.lang;
  const at = (path: string, query: Readonly<Record<string, string | number | boolean | undefined>> = {}): string => {
    const given = new URLSearchParams({ lang });
    for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
    return `/api/v1/${path}?${given.toString()}`;
  };
  const run = (name: string, more = ""): string => `runs/${encodeURIComponent(name)}${more}`;
  return {
    lang,
    book,
    pid: client.owner.pid,
    ...(!client.owner.daemon && { command: client.owner.command }),
    plan: (request) => client.post<PlanShown>(at("plans"), request),
    begin: (request, asked) => client.post<RunShown>(at("runs"), { ...request, ...asked, logins: logins(call.world) }),
    list: async (query) => (await client.get<{ readonly runs: readonly RunRecord[] }>(at("runs", { ...query }))).runs,
    show: (name) => client.get<RunShown>(at(run(name))),
    act: (name, by, action) => client.post<RunShown>(at(run(name, "/actions")), { ...action, by }),
    keep: (id, name, bytes) => client.upload<Kept>(at(run(id, "/files"), { name }), bytes),
    output: (name, log, portion) =>
      client.get<Omit<OutputPart, "bytes"> & { readonly text: string }>(
        at(run(name, `/output/${encodeURIComponent(log)}`), { ...portion }),
      ),
    follow: (name, cursor, signal) => {
      const path = (from: string): string => at(run(name, "/events"), { after: from || undefined });
      return client.owner.daemon
        ? follow(call, client, path, cursor, signal)
        : stream(client, path(cursor), cursor, signal);
    },
    settled: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The stream of a run, until it has ended or is cut. */
async function* stream(
  client: Client,
  path: string,
  start: string,
  signal: AbortSignal,
): AsyncGenerator<Followed, void> {
  let cursor = start;
  for await (const { event, id, data } of client.events(path, signal)) {
    cursor = id === "" ? cursor : id;
    const message = { type: event, ...(JSON.parse(data) as object) } as RunMessage;
    yield { message, cursor };
    if (message.type === "end") return;
  }
}

/** The stream, taken up again where it was cut: a daemon that is started anew goes on with its runs. */
async function* follow(
  call: Call,
  first: Client,
  path: (cursor: string) => string,
  start: string,
  signal: AbortSignal,
): AsyncGenerator<Followed, void> {
  let cursor = start;
  for (let client: Client | undefined = first; client && !signal.aborted; client = await again(call, signal)) {
    try {
      for await (const followed of stream(client, path(cursor), cursor, signal)) {
        cursor = followed.cursor;
        yield followed;
        if (followed.message.type === "end") return;
      }
    } catch (error) {
      if (!(error instanceof WatchbookError) || !["DAEMON-SILENT", "DAEMON-ENDED"].includes(error.code)) throw error;
    }
    if (!signal.aborted) yield { message: { type: "silent" }, cursor };
  }
}

async function again({ data, world }: Call, signal: AbortSignal): Promise<Client | undefined> {
  for (let tries = 0; tries < TRIES && !signal.aborted; tries += 1) {
    await world.clock.sleep(AGAIN_MS, signal).catch(() => undefined);
    try {
      const client = connect(data);
      if (client) return client;
    } catch (error) {
      // A verb that holds the data for a moment listens to nobody; the daemon may come after it.
      if (!(error instanceof WatchbookError)) throw error;
    }
  }
  if (signal.aborted) return undefined;
  throw new WatchbookError("DAEMON-GONE", { data }, { exit: EXIT.unreachable });
}

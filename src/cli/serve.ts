import { existsSync, statSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { tmpdir, userInfo } from "node:os";
import { addressOf, isLoopback, urlOf, type Address } from "../api/address.ts";
import { makeApp } from "../api/app.ts";
import type { Api } from "../api/front.ts";
import { openAddress, openSocket } from "../api/listen.ts";
import { socketPath } from "../api/socket.ts";
import { openTokens } from "../api/tokens.ts";
import { watchAccess } from "../engine/access/watch.ts";
import { openAccess, type Access } from "../engine/access/access.ts";
import type { Cost } from "../engine/access/password.ts";
import { makeDaemon, type Daemon, type DaemonParts } from "../engine/daemon.ts";
import { errorsOf } from "../engine/book-state.ts";
import { at } from "../model/source.ts";
import { format } from "../i18n/format.ts";
import { calledFromAnywhere } from "../i18n/program.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { bookSource } from "./book-source.ts";
import { hold, openLocal } from "./hold.ts";
import { deliverablesOf } from "./render/deliverables.ts";
import { makeToken } from "./token.ts";
import type { Verb, World } from "./verb.ts";

const LISTEN = "127.0.0.1:7070";

/** A daemon that serves until it is disposed of. */
export interface Serving extends AsyncDisposable {
  readonly daemon: Daemon;
  /** `http://127.0.0.1:7070` */
  readonly url: string;
  readonly socket: string;
  readonly app: Api;
  readonly access: Access;
}

export interface ServeOptions {
  /** Absolute path of the book's root and of the data directory. */
  readonly book: string;
  readonly data: string;
  /** `HOST:PORT`; port 0 takes a free one. Default 127.0.0.1:7070. */
  readonly listen?: string | undefined;
  /** Folder of the built console; default: where the package has its own. Nothing is built there: the plain page alone. */
  readonly console?: string | undefined;
  readonly every?: DaemonParts["every"];
  /** What a password costs; for tests. */
  readonly cost?: Cost | undefined;
}

/**
 * Takes the data directory, runs the book and serves it on the socket and one address. Throws WatchbookError
 * DAEMON-RUNS (with the owner's pid), PORT-TAKEN, LISTEN-OPEN, or why the book does not compile.
 */
export async function startDaemon(
  world: Pick<World, "clock" | "env" | "version" | "registry" | "stderr"> & Partial<Pick<World, "home">>,
  options: ServeOptions,
): Promise<Serving> {
  const { book: root, data } = options;
  // Before the data directory is made: it would make a folder that was only mistyped.
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new WatchbookError("FILE-NOT-FOUND", { path: root });
  const { uid } = userInfo();
  const address = addressOf(options.listen ?? LISTEN);
  const socket = socketPath(data, tmpdir(), uid);
  await using stack = new AsyncDisposableStack();
  const reach = stack.use(await openLocal(await world.registry(), root));
  const source = bookSource(root, reach, world.clock, data);
  // A folder that holds no book that can be run is left as it was.
  if (!existsSync(data)) await source.load();
  const { house } = stack.use(await hold(world, data, { socket, daemon: true, command: "serve" }, { works: true }));
  const tokens = openTokens(data, world.clock);
  const every = options.every === undefined ? {} : { every: options.every };
  const onBug = (error: unknown): void =>
    void world.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const daemon = stack.use(await makeDaemon({ house, source, root, pid: process.pid, ...every, onBug }));
  const { store } = daemon.house;
  const access = await openAccess({ store, clock: world.clock, ...(options.cost && { cost: options.cost }) });
  const watched = { house: daemon.house, access, every: options.every?.alerts ?? 1_000, onBug };
  stack.use(watchAccess({ ...watched, book: () => daemon.book(), keepTokens: (people) => tokens.keep(people) }));
  const { people } = daemon.book().open.book.config;
  if (!isLoopback(address) && !access.accounts.isSetUp() && (await tokens.valid(people)).length === 0)
    throw openTo(address);
  const listening: string[] = [];
  const app = makeApp({
    daemon,
    tokens,
    access,
    console: options.console ?? consoleOf(world),
    listening: () => listening,
    deliverables: async (lang) => {
      const { open, texts: pages = new Map<string, string>() } = daemon.book();
      return deliverablesOf({ book: open.book, texts: pages }, await world.registry(), lang);
    },
    onBug,
  });
  const inner = stack.use(await openSocket(app, socket, uid));
  const outer = stack.use(await openAddress(app, address));
  listening.push(outer.at, inner.at);
  const kept = stack.move();
  return { daemon, app, access, url: outer.at, socket, [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose]() };
}

/** Where `npm run build` puts the console. */
const consoleOf = ({ home }: Partial<Pick<World, "home">>): string | undefined =>
  home === undefined ? undefined : join(home, "dist", "console");

const openTo = (address: Address): WatchbookError =>
  new WatchbookError("LISTEN-OPEN", { address: urlOf(address).slice("http://".length) }, { exit: EXIT.input });

/** Keeps the book running until it is interrupted. */
export const serve: Verb = {
  name: "serve",
  words: 0,
  options: {
    listen: { type: "string" },
    "token-for": { type: "string" },
    scope: { type: "string" },
    days: { type: "string" },
  },
  run: async (call) => {
    const { world, values } = call;
    if (typeof values["token-for"] === "string") return makeToken(call, values["token-for"]);
    const { book, data } = call;
    // What a daemon says is read on its page and by verbs in other folders.
    calledFromAnywhere({ book, data: values["data"] === undefined ? undefined : data });
    const listen = typeof values["listen"] === "string" ? values["listen"] : undefined;
    await using serving = await startDaemon(world, { book, data, listen });
    const state = serving.daemon.book();
    const lang = values["lang"] === undefined ? state.open.book.lang : call.lang;
    const { said } = texts(lang).serve;
    const args = { title: state.open.book.title, url: serving.url, data, pid: process.pid };
    if (call.json) world.stdout.write(`${JSON.stringify({ ...args, socket: serving.socket })}\n`);
    world.stderr.write(`${format(state.refused === undefined ? said.serving : said.servingOld, args)}\n`);
    const code = serving.access.setUpCode();
    // Only to eyes: what a service writes is kept where others read it. `account setup-code` says it again.
    if (code !== undefined && world.stderr.isTTY)
      world.stderr.write(`${format(texts(lang).access.said.setup, { url: serving.url, code })}\n`);
    const [first] = errorsOf(state.findings);
    if (first !== undefined) world.stderr.write(`${format(said.flawed, { first: at(first.source) })}\n`);
    // Kept now and not at the end only, which a kill does not have: the next start after it is the one that counts.
    flushCompileCache();
    await ended(serving.daemon, world.signal);
    world.stderr.write(`${said.stopping}\n`);
    return EXIT.ok;
  },
};

/** Resolves at the signal; rejects when a bug stopped the daemon. */
async function ended(daemon: Daemon, signal: AbortSignal): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  if (signal.aborted) stopped.resolve();
  signal.addEventListener("abort", () => stopped.resolve(), { once: true });
  await Promise.race([stopped.promise, daemon.done]);
}

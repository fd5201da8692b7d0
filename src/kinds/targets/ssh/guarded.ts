import { randomUUID } from "node:crypto";
import { ReachError, type ExecEnd, type ExecOptions } from "../../../model/target.ts";
import { Lost } from "../posix/lost.ts";
import { quote, quoted } from "../posix/quote.ts";
import { GUARD, REAP } from "./guard.ts";
import { Keep } from "../posix/keep.ts";
import { signalOf } from "../posix/signals.ts";
import { Marks } from "./marks.ts";
import { refusal, unreachable, type Peer } from "./refusal.ts";
import type { Channel, Wire } from "./wire.ts";

/** Where commands start and what they find on the host. */
export interface Place {
  readonly path: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Default: where the login shell starts. */
  readonly directory: string;
}

export interface Told {
  readonly end: ExecEnd;
  readonly out: Buffer;
  readonly err: Buffer;
  readonly truncated: boolean;
}

const SYSTEM_PATH = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_BYTES = 1_048_576;
/** What the limit on the host is longer than ours, seconds: ours is the one that is seen. */
const LATER_S = 2;
/** How long the host may take to end a command after its input has ended, milliseconds: TERM, a second, KILL. */
const ENDING_MS = 3_500;
const REAP_MS = 4_000;
/** Shells tell of a signal by a status above this. */
const SIGNALLED = 128;

/** A program of ours as a word of the login shell: it is long, and sent with every command. */
interface Program {
  readonly word: string;
}
const [GUARDS, REAPS]: readonly [Program, Program] = [{ word: quote(GUARD) }, { word: quote(REAP) }];

/**
 * Line for the login shell of the host. It starts a POSIX shell with an environment of our own and says nothing else, so
 * that it reads the same in sh, csh and fish; only the words after it need a shell that quotes as POSIX does.
 */
const lineOf = (place: Place, mark: string, program: Program, args: readonly string[]): string => {
  const path = [...place.path, ...SYSTEM_PATH].join(":");
  const clean = `exec env -i HOME="$HOME" PATH=${quote(path)} LC_ALL=C ${mark === "" ? "" : `WATCHBOOK_EXEC=${mark} `}`;
  return `${clean}sh -c ${program.word} watchbook ${quoted(args)}`;
};

/** What a shell is told as status is one of these, if it was no status of the program's own. */
function statusEnd(status: number): ExecEnd {
  const signal = signalOf(status - SIGNALLED);
  return signal === undefined ? { kind: "exit", code: status } : { kind: "signal", signal };
}

function endOf(last: string, argv: readonly string[], directory: string): ExecEnd {
  const [kind = "", detail = ""] = last.split(" ");
  if (kind === "exit") return statusEnd(Number(detail));
  const [command = ""] = argv;
  if (detail === "no-permission")
    return { kind: "spawn", reason: "no-permission", detail: `${command}: no permission` };
  const missing = detail === "no-directory" ? directory : command;
  return { kind: "spawn", reason: "not-found", detail: `${missing}: not found` };
}

/** Variables as lines that a shell reads as data; local commands take any name, a remote shell only some. */
const assignments = (env: Readonly<Record<string, string>>): string =>
  Object.entries(env)
    .map(([name, value]) => `export ${name}=${quote(value)}\n`)
    .join("");

/** Why a command cannot be sent at all. */
function unfit(argv: readonly string[], env: Readonly<Record<string, string>>): ExecEnd | undefined {
  const refuse = (detail: string, reason: "not-found" | "other" = "other"): ExecEnd => ({
    kind: "spawn",
    reason,
    detail,
  });
  if (argv.length === 0 || argv[0] === "") return refuse("no command", "not-found");
  if (argv.some((word) => word.includes("\0"))) return refuse("a NUL byte in the arguments");
  for (const [name, value] of Object.entries(env))
    if (!/^[A-Za-z_]\w*$/.test(name) || value.includes("\0")) return refuse(`variable ${JSON.stringify(name)}`);
  return undefined;
}

interface Stop {
  readonly reached: Promise<ExecEnd>;
  forget(): void;
}

/** Resolves at the limit or the abort, whichever is first. */
function stopAt(ms: number, signal: AbortSignal | undefined): Stop {
  const { promise, resolve } = Promise.withResolvers<ExecEnd>();
  const abort = (): void => resolve({ kind: "aborted" });
  const timer = setTimeout(() => resolve({ kind: "timeout", ms }), ms);
  signal?.addEventListener("abort", abort, { once: true });
  return {
    reached: promise,
    forget: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}

/** What is waited for, or nothing after so many milliseconds. */
async function within<T>(awaited: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([awaited, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends by its mark what did not end by itself, over another channel; what cannot be reached ends at the host's limit. */
async function reap(wire: Wire, place: Place, mark: string): Promise<void> {
  const line = lineOf(place, "", REAPS, [`WATCHBOOK_EXEC=${mark}`]);
  const silent = { out: () => undefined, err: () => undefined };
  try {
    const opening = wire.open(line, silent);
    const channel = await within(opening, REAP_MS);
    if (!channel) return void opening.then((late) => late.destroy()).catch(() => undefined);
    await within(channel.closed, REAP_MS);
    channel.destroy();
  } catch (error) {
    if (!(error instanceof Error) || error.name === "TypeError") throw error;
  }
}

/**
 * Runs one command on a host under the guard. Rejects with ReachError `unreachable` or WatchbookError when nothing began,
 * with Lost when the connection was lost after it may have begun.
 */
export async function guarded(
  wire: Wire,
  peer: Peer,
  argv: readonly string[],
  options: ExecOptions,
  place: Place,
): Promise<Told> {
  const [out, err] = [new Keep(options.maxBytes ?? DEFAULT_BYTES), new Keep(options.maxBytes ?? DEFAULT_BYTES)];
  const told = (end: ExecEnd): Told => ({
    end,
    out: out.bytes,
    err: err.bytes,
    truncated: out.truncated || err.truncated,
  });
  const env = { ...place.env, ...options.env };
  const refused = options.signal?.aborted ? ({ kind: "aborted" } as const) : unfit(argv, env);
  if (refused) return told(refused);
  const hear = (keep: Keep, stream: "out" | "err") => (chunk: Buffer) => {
    keep.push(chunk);
    options.onOutput?.(chunk, stream);
  };
  const stop = stopAt(options.timeoutMs ?? DEFAULT_TIMEOUT_MS, options.signal);
  const once = { argv, env, options, place, stop, wire, peer, out: hear(out, "out"), err: hear(err, "err") };
  try {
    // A shared connection that went away is found so by the first who wants it; nothing began then.
    return told((await attempt(once, false)) ?? (await attempt(once, true))!);
  } finally {
    stop.forget();
  }
}

interface Once {
  readonly wire: Wire;
  readonly peer: Peer;
  readonly place: Place;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly options: ExecOptions;
  readonly stop: Stop;
  readonly out: (chunk: Buffer) => void;
  readonly err: (chunk: Buffer) => void;
}

/** One try; undefined: the connection was not there, and this is not the last try. */
async function attempt(once: Once, last: boolean): Promise<ExecEnd | undefined> {
  const { wire, place, argv, env, options, stop } = once;
  const [token, mark] = [randomUUID(), randomUUID()];
  const marks = { out: new Marks(token, once.out), err: new Marks(token, once.err) };
  const seconds = Math.ceil((options.timeoutMs ?? DEFAULT_TIMEOUT_MS) / 1_000) + LATER_S;
  const directory = options.cwd ?? place.directory;
  const input = options.stdin ?? "";
  const values = assignments(env);
  const length = values === "" && input === "" ? "none" : String(Buffer.byteLength(input));
  const args = [token, String(seconds), length, directory, ...argv];
  const opening = wire.open(lineOf(place, mark, GUARDS, args), {
    out: (chunk) => marks.out.push(chunk),
    err: (chunk) => marks.err.push(chunk),
  });
  const channel = await Promise.race([opening, stop.reached]);
  if ("kind" in channel) {
    opening.then((late) => late.destroy()).catch(() => undefined);
    return channel;
  }
  if (length !== "none") channel.write(`${values}${token}\n${input}`);
  return attend({ ...once, mark, marks, channel, directory, last });
}

interface Going extends Once {
  readonly last: boolean;
  readonly mark: string;
  readonly marks: { readonly out: Marks; readonly err: Marks };
  readonly channel: Channel;
  readonly directory: string;
}

async function attend(going: Going): Promise<ExecEnd | undefined> {
  const { wire, peer, place, mark, marks, channel, stop, argv, directory } = going;
  const first = await Promise.race([channel.closed, stop.reached]);
  if ("kind" in first) {
    channel.endInput();
    const closed = await within(channel.closed, ENDING_MS);
    if (!closed || marks.out.last === undefined) {
      channel.destroy();
      if (!closed?.refused) await reap(wire, place, mark);
    }
    return first;
  }
  const { last } = marks.out;
  if (last !== undefined) return endOf(last, argv, directory);
  if (first.refused && !going.last) return undefined;
  if (first.refused) throw refusal(peer, first.detail || marks.err.noise);
  const said = marks.err.noise || marks.out.noise || first.detail;
  if (first.code !== undefined && !marks.out.begun && first.code !== 255)
    throw new ReachError("other", `${peer.target} (${peer.host}): the login shell said: ${said.slice(0, 200)}`);
  throw new Lost(unreachable(peer, said.slice(0, 200) || "the connection was lost").message);
}

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp, readdir, rm, rmdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../model/time.ts";
import { endsWithUs, hasEnded } from "./dead-man.ts";
import { muxChannel } from "./mux-channel.ts";
import { connectArgs, type SshParams } from "./options.ts";
import { refusal, unreachable, type Peer } from "./refusal.ts";
import type { Channel, Listener, Wire } from "./wire.ts";

/**
 * A connection that nobody uses ends by itself after this, seconds: also when we were killed. Longer than the minute between
 * two looks of a check, and than an inspection of many hosts takes: a login costs ten times as much as a command.
 */
const IDLE_S = 300;
/** What the folders of sockets begin with; an empty one older than this is nobody's, milliseconds. */
const PREFIX = "wb-ssh-";
const SWEEP_MS = 600_000;
/** Longest path of a socket (sockaddr_un), less what ssh adds while it makes it. */
const LONGEST = 85;
/** What ssh says when it did not get there. */
const OWN_STATUS = 255;

const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString("utf8");

/** In a session of its own: Ctrl-C is for us to hear, not for what runs. The environment is ours, for the agent's sake. */
const start = (args: readonly string[]): ChildProcess =>
  spawn("ssh", args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });

/** Waits for a process of ssh that only says something; rejects when there is no ssh. */
async function finished(child: ChildProcess, ms: number): Promise<{ readonly code: number; readonly said: string }> {
  const said: Buffer[] = [];
  child.stderr!.on("data", (chunk: Buffer) => said.push(chunk));
  child.stdout!.resume();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", reject);
  // Its end, not its output's: a connection in the background may hold that.
  child.once("exit", (code) => resolve(code ?? OWN_STATUS));
  const timer = setTimeout(() => child.kill("SIGKILL"), ms);
  try {
    return { code: await promise, said: text(said) };
  } finally {
    clearTimeout(timer);
    child.stdout!.destroy();
    child.stderr!.destroy();
  }
}

/** Removes the empty folders of processes that were killed: their connections end by themselves, and take the socket along. */
async function sweep(base: string): Promise<void> {
  const old = systemClock.wall() - SWEEP_MS;
  for (const name of await readdir(base)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(base, name);
    const { mtimeMs = old } = (await stat(folder).catch(() => undefined)) ?? {};
    // One that is another user's, or still has its socket, stays.
    if (mtimeMs < old) await rmdir(folder).catch(() => undefined);
  }
}

const sweeping = new Map<string, Promise<void>>();

/** Who comes while one is going on shares it: each of many hosts would look through the folders of all the others. */
function swept(base: string): Promise<void> {
  const going = sweeping.get(base) ?? sweep(base).finally(() => sweeping.delete(base));
  sweeping.set(base, going);
  return going;
}

/** The ssh of the system: one connection per target, shared by all its commands (ControlMaster). */
export class OpenSsh implements Wire {
  readonly #params: SshParams;
  readonly #root: string;
  readonly #peer: Peer;
  readonly #channels = new Set<Channel>();
  #directory: string | undefined;
  #socket: string | undefined;
  #connecting: Promise<string> | undefined;

  constructor(params: SshParams, root: string, peer: Peer) {
    this.#params = params;
    this.#root = root;
    this.#peer = peer;
  }

  async open(line: string, listener: Listener): Promise<Channel> {
    const socket = await this.#connected();
    const channel = muxChannel(socket, line, listener);
    this.#channels.add(channel);
    void this.#left(channel, socket);
    return channel;
  }

  async #left(channel: Channel, socket: string): Promise<void> {
    const { refused } = await channel.closed;
    this.#channels.delete(channel);
    // Whatever the socket still is, nobody gets through it: the next command makes a connection of its own.
    if (refused) rmSync(socket, { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connecting?.catch(() => undefined);
    for (const channel of this.#channels) channel.destroy();
    const socket = this.#socket;
    if (socket !== undefined && existsSync(socket))
      await finished(start(["-F", "none", "-S", socket, "-O", "exit", "--", this.#params.host]), 2_000);
    if (this.#directory !== undefined) {
      hasEnded(join(this.#directory, "s"));
      await rm(this.#directory, { recursive: true, force: true });
    }
    this.#directory = undefined;
    this.#socket = undefined;
  }

  /** Path of the connection's socket. Made on first use, and again when it is gone. */
  async #connected(): Promise<string> {
    if (this.#socket !== undefined && existsSync(this.#socket)) return this.#socket;
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined));
    this.#socket = await this.#connecting;
    return this.#socket;
  }

  async #connect(): Promise<string> {
    if (this.#directory === undefined || !existsSync(this.#directory)) {
      const base = tmpdir().length + 16 > LONGEST ? "/tmp" : tmpdir();
      await swept(base);
      this.#directory = await mkdtemp(join(base, PREFIX));
    }
    const socket = join(this.#directory, "s");
    endsWithUs(socket);
    const master = ["-o", "ControlMaster=yes", "-o", `ControlPersist=${IDLE_S}`, "-S", socket, "-N", "-f"];
    const args = [...connectArgs(this.#params, this.#root), ...master, "--", this.#params.host];
    const { code, said } = await finished(start(args), this.#params.connectMs + 2_000).catch((error: unknown) => {
      throw unreachable(this.#peer, (error as Error).message, error);
    });
    if (code === 0) return socket;
    throw refusal(this.#peer, (await this.#why(said)) || `no connection within ${this.#params.connectMs} ms`);
  }

  /** A shared connection keeps what the way to the host says (a jump host, a proxy) to itself: one that is not shared tells. */
  async #why(said: string): Promise<string> {
    if (!/^(kex_exchange_identification|Connection closed by)/m.test(said)) return said;
    const only = ["-o", "ControlPath=none", "-o", "PreferredAuthentications=none"];
    const args = [...only, ...connectArgs(this.#params, this.#root), "--", this.#params.host, "exit"];
    const again = await finished(start(args), this.#params.connectMs + 2_000);
    // It got through this time: what was said first stands.
    return /Permission denied/.test(again.said) ? said : again.said;
  }
}

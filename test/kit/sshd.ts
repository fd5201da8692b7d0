import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { knownName } from "../../src/kinds/targets/ssh/options.ts";
import { sshTarget } from "../../src/kinds/targets/ssh.ts";
import type { Reach } from "../../src/model/target.ts";
import { until } from "../suites/child.ts";
import { freePort } from "./port.ts";

/** What ends things when a test, or a benchmark, is over. */
export interface Afterwards {
  after(work: () => unknown): void;
}

/** A real sshd on an address of the loopback, with a host key of its own; keys only. */
export interface Sshd {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** Folder with `known_hosts`, `id` and `config`: the root of a book that reaches it. */
  readonly root: string;
  /** Parameters of a target of kind ssh. */
  readonly params: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
  /** Stops it and starts another one there, with another host key if so said. */
  again(newKey?: boolean): Promise<void>;
}

const PATH = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;
const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { encoding: "utf8", env: { ...process.env, PATH }, stdio: ["ignore", "pipe", "pipe"] });

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("data", () => {
      resolve(true);
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });

function key(path: string): string {
  rmSync(path, { force: true });
  rmSync(`${path}.pub`, { force: true });
  run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path);
  return readFileSync(`${path}.pub`, "utf8").trim().split(" ").slice(0, 2).join(" ");
}

function configOf(folder: string, host: string, port: number, extra: readonly string[]): string {
  return [
    `ListenAddress ${host}:${port}`,
    `HostKey ${folder}/host`,
    "PidFile none",
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "UsePAM no",
    // The folder is a temporary one: whoever may write there is not for sshd to judge.
    "StrictModes no",
    "MaxStartups 200",
    "PrintMotd no",
    ...extra,
    "",
  ].join("\n");
}

interface Place {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly netns: string | undefined;
}

async function start({ folder, host, port, netns }: Place): Promise<ChildProcess & { pid: number }> {
  const sshd = run("sh", "-c", "command -v sshd").trim();
  if (userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true });
  const argv = [sshd, "-D", "-e", "-f", join(folder, "sshd_config")];
  const [command, ...args] = netns === undefined ? argv : ["ip", "netns", "exec", netns, ...argv];
  const child = spawn(command!, args, { stdio: "ignore", detached: true });
  await until(`sshd on ${host}:${port}`, () => answers(host, port));
  return child as ChildProcess & { pid: number };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** Starts an sshd that ends with the test. `extra`: more lines of its configuration; `netns`: where `host` is an address. */
export async function sshd(
  t: Afterwards,
  options: { readonly host?: string; readonly extra?: readonly string[]; readonly netns?: string } = {},
): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), "watchbook-sshd-"));
  chmodSync(folder, 0o700);
  const host = options.host ?? "127.0.0.1";
  const { netns } = options;
  const port = netns === undefined ? await freePort(host) : 22;
  const at = { folder, host, port, netns };
  let hostKey = key(join(folder, "host"));
  writeFileSync(join(folder, "authorized_keys"), `${key(join(folder, "id"))}\n`);
  writeFileSync(join(folder, "known_hosts"), `${knownName(host, port)} ${hostKey}\n`);
  writeFileSync(join(folder, "config"), "");
  writeFileSync(join(folder, "sshd_config"), configOf(folder, host, port, options.extra ?? []));
  let child = await start(at);
  t.after(async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    host,
    port,
    root: folder,
    get pid() {
      return child.pid;
    },
    params: { host, port, user: userInfo().username, identity: "id", config: "none" },
    stop: () => end(child),
    again: async (newKey = false) => {
      await end(child);
      if (newKey) hostKey = key(join(folder, "host"));
      child = await start(at);
    },
  };
}

/** A target on it; let go when the test ends. */
export async function reachOf(t: Afterwards, server: Sshd, more: Record<string, unknown> = {}): Promise<Reach> {
  const parsed = sshTarget.params.safeParse({ ...server.params, ...more });
  if (!parsed.success) throw new Error(JSON.stringify(parsed.error.issues));
  const reach = await sshTarget.open("web", parsed.data, server.root);
  t.after(() => reach[Symbol.asyncDispose]());
  return reach;
}

/** Processes of its connections: everything below the listener but what was put in a session of its own. */
export function sessionsOf({ pid }: Sshd): readonly number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const below = (of: number): readonly number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid).filter((child) => nameOf(child).startsWith("sshd"));
}

/** The same, and its connections end with it: a killed client leaves a shared one that would end by itself after a minute. */
export async function sshdAlone(t: Afterwards): Promise<Sshd> {
  const endings: (() => unknown)[] = [];
  const server = await sshd({ after: (work) => endings.push(work) });
  t.after(async () => {
    for (const pid of sessionsOf(server)) process.kill(pid, "SIGKILL");
    for (const work of endings) await work();
  });
  return server;
}

const statOf = (pid: number | string): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    // Ended meanwhile.
    return "";
  }
};
const parentOf = (pid: string): number => {
  const stat = statOf(pid);
  const [, state, parent] = stat.slice(stat.lastIndexOf(")")).split(" ");
  return state === "Z" ? -1 : Number(parent);
};
const nameOf = (pid: number): string => /\((.*)\)/s.exec(statOf(pid))?.[1] ?? "";

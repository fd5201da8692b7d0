import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lockFile, type Lock } from "../../../src/store/lock.ts";
import { cache, must, pause, until } from "./place.ts";
import { composeFolder } from "./plugin.ts";
import { signal } from "../signal.ts";

/** A Docker engine that tests use together. */
export interface Engine {
  /** DOCKER_HOST and DOCKER_CONFIG: the CLI with Compose 2. */
  readonly env: Readonly<Record<string, string>>;
  /** Output of `docker …`; an error with what it said when it fails. */
  docker(...argv: readonly string[]): string;
}

const home = (): string => cache("docker");
const socket = (): string => join(home(), "docker.sock");
const environment = (): Record<string, string> => ({
  DOCKER_HOST: `unix://${socket()}`,
  DOCKER_CONFIG: composeFolder(),
});

async function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
  let lock: Lock | undefined;
  await until(`lock ${name}`, () => (lock = lockFile(join(home(), name))) !== undefined, 900_000);
  try {
    return await work();
  } finally {
    lock?.[Symbol.dispose]();
  }
}

export function answers(): boolean {
  try {
    must(["docker", "version", "--format", "{{.Server.Version}}"], { env: environment() });
    return true;
  } catch {
    return false;
  }
}

const pidfile = (): string => join(home(), "dockerd.pid");

/** What the engine said last, when it could not start. */
const lastWords = (): string =>
  readFileSync(join(home(), "dockerd.log"), "utf8").trimEnd().split("\n").slice(-3).join(" | ");

/** The engine could not be started on this kernel. */
export class NoEngine extends Error {}

async function startEngine(): Promise<void> {
  if (answers()) return;
  rmSync(pidfile(), { force: true });
  const log = openSync(join(home(), "dockerd.log"), "w");
  const child = spawn(
    "dockerd",
    [
      ...["--data-root", join(home(), "data"), "--exec-root", join(home(), "run"), "--pidfile", pidfile()],
      // Nobody's docker0: Compose projects bring networks of their own.
      ...["-H", `unix://${socket()}`, "--bridge=none", "--default-address-pool", "base=10.213.0.0/16,size=24"],
    ],
    { detached: true, stdio: ["ignore", log, log] },
  );
  child.unref();
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  await until("dockerd answers", () => ended || answers());
  if (ended) throw new NoEngine(`dockerd does not start here: ${lastWords()}`);
}

/** Ends the engine and waits for its end; nothing to do when none runs. */
export async function stopEngine(): Promise<void> {
  if (!existsSync(pidfile())) return;
  const pid = Number(readFileSync(pidfile(), "utf8"));
  signal([pid], "SIGTERM");
  await until("dockerd ends", () => !existsSync(`/proc/${pid}/exe`) || !existsSync(pidfile()));
}

/** Containers and networks of test processes that are gone. */
function removeOrphans(docker: Engine["docker"]): void {
  const owner = (name: string): number => Number(/^wbtest-(\d+)/.exec(name)?.[1] ?? 0);
  const orphans = (names: string): readonly string[] =>
    names.split("\n").filter((name) => owner(name) > 0 && !existsSync(`/proc/${owner(name)}`));
  for (const name of orphans(docker("ps", "-a", "--format", "{{.Names}}"))) docker("rm", "-f", "-v", name);
  for (const name of orphans(docker("network", "ls", "--format", "{{.Name}}"))) docker("network", "rm", name);
  for (const name of orphans(docker("volume", "ls", "-q"))) docker("volume", "rm", name);
}

let lease: Lock | undefined;

/** The engine, started when no test process has started it. Every process that asks must `release` it. */
export async function takeEngine(): Promise<Engine> {
  const env = environment();
  const docker = (...argv: readonly string[]): string => must(["docker", ...argv], { env });
  await locked("engine.lock", async () => {
    lease ??= lockFile(join(home(), "leases", `${process.pid}`));
    await startEngine();
    removeOrphans(docker);
  });
  return { env, docker };
}

/** Lets go of the engine; the last one ends it. A process that was killed has let go as well. */
export async function releaseEngine(): Promise<void> {
  if (!lease) return;
  await locked("engine.lock", async () => {
    lease?.[Symbol.dispose]();
    lease = undefined;
    const folder = join(home(), "leases");
    const others = readdirSync(folder).filter((name) => {
      const free = lockFile(join(folder, name));
      free?.[Symbol.dispose]();
      if (free) rmSync(join(folder, name), { force: true });
      return free === undefined;
    });
    if (others.length === 0) await stopEngine();
  });
  await pause(0);
}

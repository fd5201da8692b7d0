import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { tmpdir, userInfo } from "node:os";
import { until } from "../kit/until.ts";
import { asServer } from "./cluster.ts";
import { postgresPrograms } from "./databases.ts";

/** One server of a pair of the test's own. */
export interface Member {
  readonly name: string;
  readonly data: string;
  readonly port: number;
  /** What statements print; the superuser asks through its socket. */
  ask(statement: string): string;
  /** Its processes that live, with their state; zombies are none. */
  processes(): readonly { readonly pid: number; readonly state: string }[];
  /** A signal to every one of them, or to the first alone. */
  signal(signal: NodeJS.Signals, which?: "all" | "postmaster"): void;
  start(): void;
}

/** A primary and a streaming replica on loopback; ended when the test ends. */
export interface Pair {
  readonly room: string;
  readonly a: Member;
  readonly b: Member;
  readonly user: string;
  /** `members` of a cluster in watchbook.yaml, and what all of them have. */
  readonly members: Readonly<Record<string, object>>;
  readonly shared: Readonly<Record<string, unknown>>;
}

const ROOT = process.getuid?.() === 0;
const USER = ROOT ? "nobody" : userInfo().username;
export const PASSWORD = "pg-pass word";

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export function processesIn(data: string): readonly { readonly pid: number; readonly state: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (readlinkSync(`/proc/${name}/cwd`) !== data) return [];
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const state = stat.slice(stat.lastIndexOf(") ") + 2, stat.lastIndexOf(") ") + 3);
        return state === "Z" ? [] : [{ pid: Number(name), state }];
      } catch {
        return [];
      }
    });
}

function member(room: string, name: string, port: number): Member {
  const data = join(room, name);
  const programs = postgresPrograms()!;
  const pidOf = (): number => Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  return {
    name,
    data,
    port,
    ask: (statement) =>
      asServer(
        [
          "psql",
          "-XAtqw",
          "-v",
          "ON_ERROR_STOP=1",
          "-h",
          join(room, "s"),
          "-p",
          String(port),
          "-U",
          "ops",
          "-d",
          "postgres",
          "-c",
          statement,
        ],
        {
          PGPASSWORD: PASSWORD,
          PGCONNECT_TIMEOUT: "3",
        },
      ).trim(),
    processes: () => processesIn(data),
    signal: (signal, which = "all") => {
      const all = which === "all" ? processesIn(data).map(({ pid }) => pid) : [pidOf()];
      for (const pid of all)
        try {
          process.kill(pid, signal);
        } catch (error) {
          // Gone by itself, when the first of them went.
          if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
        }
    },
    start: () =>
      void asServer([join(programs, "pg_ctl"), "-s", "-D", data, "-l", join(room, `${name}.log`), "-w", "start"]),
  };
}

/** `settings`: of both servers, on top of what streaming needs. */
export async function pair(
  ending: (work: () => void | Promise<void>) => void,
  settings: Readonly<Record<string, string>> = {},
): Promise<Pair> {
  const programs = postgresPrograms()!;
  const room = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  chmodSync(room, 0o777);
  const [portA, portB] = await freePorts(2);
  const [a, b] = [member(room, "pg1", portA!), member(room, "pg2", portB!)];
  // Before their folder goes.
  ending(async () => {
    for (const one of [a, b]) {
      await until(() => {
        one.signal("SIGKILL");
        return one.processes().length === 0;
      }, `${one.name} does not end`);
    }
    rmSync(room, { recursive: true, force: true });
  });
  mkdirSync(join(room, "s"));
  chmodSync(join(room, "s"), 0o777);
  writeFileSync(join(room, "pw"), PASSWORD);
  asServer([
    join(programs, "initdb"),
    "-D",
    a.data,
    "-U",
    "ops",
    "-A",
    "scram-sha-256",
    "--pwfile",
    join(room, "pw"),
    "-N",
  ]);
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: join(room, "s"),
    fsync: "off",
    wal_log_hints: "on",
    wal_keep_size: "64MB",
    wal_receiver_status_interval: "1s",
    ...settings,
  };
  const write = (one: Member, more: Readonly<Record<string, string>>): void =>
    appendFileSync(
      join(one.data, "postgresql.conf"),
      Object.entries(more)
        .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
        .join(""),
    );
  write(a, { ...all, port: String(portA) });
  a.start();
  asServer(
    [
      join(programs, "pg_basebackup"),
      "-D",
      b.data,
      "-c",
      "fast",
      "-R",
      "-d",
      `host=127.0.0.1 port=${portA} user=ops application_name=pg2`,
    ],
    { PGPASSWORD: PASSWORD },
  );
  write(b, { port: String(portB) });
  b.start();
  await until(() => b.ask("SELECT status FROM pg_stat_wal_receiver") === "streaming", "the replica does not stream");
  if (!existsSync(join(b.data, "standby.signal"))) throw new Error("no replica");
  const own = (one: Member) => ({ target: "here", with: { data: one.data, port: one.port } });
  return {
    ...{ room, a, b, user: USER },
    members: { pg1: own(a), pg2: own(b) },
    shared: {
      host: "127.0.0.1",
      user: USER,
      connect: { host: join(room, "s"), user: "ops", password: { secret: "ops" } },
      address: { host: "127.0.0.1,127.0.0.1", port: `${portA},${portB}`, user: "ops", password: { secret: "ops" } },
    },
  };
}

/** Lets the replica receive nothing, while it goes on answering. */
export function pauseReceiving({ a }: Pair): () => void {
  const found = execFileSync("pgrep", ["-f", "postgres: walsender"], { encoding: "utf8" });
  const own = new Set(a.processes().map(({ pid }) => pid));
  const senders = found
    .trim()
    .split("\n")
    .map(Number)
    .filter((pid) => own.has(pid));
  for (const pid of senders) process.kill(pid, "SIGSTOP");
  return () => senders.forEach((pid) => process.kill(pid, "SIGCONT"));
}

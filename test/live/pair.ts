import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir, userInfo } from "node:os";
import { freePorts } from "../kit/port.ts";
import { until } from "../kit/until.ts";
import { asServer } from "./cluster.ts";
import { postgresPrograms, psql } from "./databases.ts";
import { fromTemplate } from "./template.ts";
import { signal } from "../kit/signal.ts";

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

/** A primary, the first, and streaming replicas on loopback; ended when the test ends. */
export interface Servers {
  readonly room: string;
  readonly servers: readonly Member[];
  readonly user: string;
  /** `members` of a cluster in watchbook.yaml, and what all of them have. */
  readonly members: Readonly<Record<string, object>>;
  readonly shared: Readonly<Record<string, unknown>>;
}

/** The same with one replica. */
export interface Pair extends Omit<Servers, "servers"> {
  readonly a: Member;
  readonly b: Member;
}

const ROOT = process.getuid?.() === 0;
const USER = ROOT ? "nobody" : userInfo().username;
export const PASSWORD = "pg-pass word";

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

/** Servers go before the folder by which they are known. */
export async function endAll(
  servers: readonly Pick<Member, "name" | "signal" | "processes">[],
  room: string,
): Promise<void> {
  for (const one of servers)
    await until(() => {
      one.signal("SIGKILL");
      return one.processes().length === 0;
    }, `${one.name} does not end`);
  rmSync(room, { recursive: true, force: true });
}

/** A server in a room, whoever starts it. */
export function member(room: string, name: string, port: number): Member {
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
          psql(),
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
    signal: (name, which = "all") =>
      signal(which === "all" ? processesIn(data).map(({ pid }) => pid) : [pidOf()], name),
    start: () =>
      void asServer([join(programs, "pg_ctl"), "-s", "-D", data, "-l", join(room, `${name}.log`), "-w", "start"]),
  };
}

/** A server's data that has never run: the superuser is `ops`. */
function freshData(path: string): void {
  const programs = postgresPrograms()!;
  const version = asServer([join(programs, "postgres"), "--version"]).trim();
  const options = ["-U", "ops", "-A", "scram-sha-256", "-N"];
  fromTemplate(["postgres", version, ...options, PASSWORD], path, (made) => {
    const password = join(dirname(made), "pw");
    writeFileSync(password, PASSWORD, { mode: 0o644 });
    asServer([join(programs, "initdb"), "-D", made, ...options, "--pwfile", password]);
  });
}

/** Settings of one server, at the end of its configuration. */
function configure({ data }: Member, settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`);
  appendFileSync(join(data, "postgresql.conf"), lines.join(""));
}

/** `own` on the same data follows `primary` from its first byte on: no copy of a server that runs is needed. */
async function follow(own: Member, primary: Member): Promise<void> {
  const from = `host=127.0.0.1 port=${primary.port} user=ops password=''${PASSWORD}'' application_name=${own.name}`;
  appendFileSync(join(own.data, "postgresql.auto.conf"), `primary_conninfo = '${from}'\n`);
  asServer(["sh", "-c", ': >"$1"', "sh", join(own.data, "standby.signal")]);
  own.start();
  await until(() => own.ask("SELECT status FROM pg_stat_wal_receiver") === "streaming", "the replica does not stream");
}

/** A primary and so many replicas. `settings`: of all servers, on top of what streaming needs. */
export async function streaming(
  ending: (work: () => void | Promise<void>) => void,
  settings: Readonly<Record<string, string>> = {},
  replicas = 1,
): Promise<Servers> {
  const room = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  chmodSync(room, 0o777);
  const ports = await freePorts(1 + replicas);
  const servers = ports.map((port, at) => member(room, `pg${at + 1}`, port));
  ending(() => endAll(servers, room));
  mkdirSync(join(room, "s"));
  chmodSync(join(room, "s"), 0o777);
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: join(room, "s"),
    fsync: "off",
    wal_log_hints: "on",
    wal_keep_size: "64MB",
    wal_receiver_status_interval: "1s",
    ...settings,
  };
  for (const one of servers) {
    freshData(one.data);
    configure(one, { ...all, port: String(one.port) });
  }
  const [a, ...rest] = servers;
  a!.start();
  for (const one of rest) await follow(one, a!);
  const own = (one: Member) => ({ target: "here", with: { data: one.data, port: one.port } });
  return {
    ...{ room, servers, user: USER },
    members: Object.fromEntries(servers.map((one) => [one.name, own(one)])),
    shared: {
      host: "127.0.0.1",
      user: USER,
      connect: { host: join(room, "s"), user: "ops", password: { secret: "ops" } },
      address: {
        host: servers.map(() => "127.0.0.1").join(","),
        port: ports.join(","),
        ...{ user: "ops", password: { secret: "ops" } },
      },
    },
  };
}

/** A primary and one replica. */
export async function pair(...given: Parameters<typeof streaming>): Promise<Pair> {
  const { servers, ...found } = await streaming(...given);
  return { ...found, a: servers[0]!, b: servers[1]! };
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

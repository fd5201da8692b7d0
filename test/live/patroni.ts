import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { freePorts } from "../kit/port.ts";
import { until } from "../kit/until.ts";
import { postgresPrograms } from "./databases.ts";
import { endAll, member, PASSWORD, type Member } from "./pair.ts";
import { signal } from "../kit/signal.ts";

type Ending = (work: () => void | Promise<void>) => void;

const ROOT = process.getuid?.() === 0;
const NOBODY = 65_534;
const USER = ROOT ? "nobody" : userInfo().username;

/** One PostgreSQL that a Patroni of the test's own runs. */
export interface Kept extends Member {
  readonly api: string;
  readonly config: string;
  /** Its Patroni's numbers, zombies not counted. */
  keepers(): readonly number[];
  /** The Patroni is begun, as a supervisor would. */
  keep(): void;
}

/** Members under Patroni with an etcd of their own, all on loopback; ended when the test ends. */
export interface Patroni {
  readonly room: string;
  readonly members: readonly Kept[];
  readonly given: Readonly<Record<string, object>>;
  readonly shared: Readonly<Record<string, unknown>>;
  /** The member that holds the leader's key. */
  leader(): Promise<Kept>;
  /** The store of the leader's key goes, and comes back. */
  readonly store: { stop(): Promise<void>; start(): Promise<void> };
  /** What is asked of Patroni by its REST API; the status and the text. */
  api(
    one: Kept,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly text: string }>;
}

const asOwner = ROOT ? { uid: NOBODY, gid: NOBODY } : {};

/** Processes that were started with this argument, zombies not counted. */
function startedWith(program: string, argument: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const argv = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
        return argv.includes(argument) && argv.some((one) => one.endsWith(program));
      } catch {
        return false;
      }
    })
    .map(Number);
}

const configOf = (
  room: string,
  { name, data, port }: Member,
  api: string,
  etcd: string,
  dcs: Readonly<Record<string, unknown>>,
): object => ({
  scope: "orders",
  namespace: "/watchbook-test/",
  name,
  restapi: { listen: api, connect_address: api, authentication: { username: "ops", password: PASSWORD } },
  etcd3: { host: etcd },
  bootstrap: {
    // The least that Patroni takes: ttl 20.
    dcs: {
      ...{ ttl: 20, loop_wait: 1, retry_timeout: 3, maximum_lag_on_failover: 1_048_576, ...dcs },
      postgresql: {
        use_pg_rewind: true,
        use_slots: true,
        parameters: { fsync: "off", wal_log_hints: "on", wal_keep_size: "64MB" },
      },
    },
    initdb: [{ "auth-host": "scram-sha-256" }, { "auth-local": "scram-sha-256" }, "no-sync", { encoding: "UTF8" }],
  },
  postgresql: {
    listen: `127.0.0.1:${port}`,
    connect_address: `127.0.0.1:${port}`,
    data_dir: data,
    bin_dir: postgresPrograms(),
    pgpass: join(room, `${name}.pgpass`),
    authentication: {
      superuser: { username: "ops", password: PASSWORD },
      replication: { username: "rep", password: PASSWORD },
    },
    parameters: { unix_socket_directories: join(room, "s") },
    pg_hba: [
      "local all all scram-sha-256",
      "host all all 127.0.0.1/32 scram-sha-256",
      "host replication all 127.0.0.1/32 scram-sha-256",
    ],
  },
});

/** An etcd of its own; `stop` ends it at once, with its data kept. */
async function etcdIn(room: string) {
  const [client, peer] = await freePorts(2);
  let child: ChildProcess | undefined;
  const url = `http://127.0.0.1:${client}`;
  const listen = [`--listen-client-urls=${url}`, `--advertise-client-urls=${url}`];
  const argv = [`--data-dir=${join(room, "etcd")}`, ...listen, `--listen-peer-urls=http://127.0.0.1:${peer}`];
  const start = async (): Promise<void> => {
    child = spawn("etcd", [...argv, "--logger=zap"], { stdio: "ignore" });
    await until(async () => {
      try {
        return (await fetch(`${url}/health`)).ok;
      } catch {
        return false;
      }
    }, "etcd does not come up");
  };
  const stop = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  return { host: `127.0.0.1:${client}`, start, stop };
}

function kept(
  room: string,
  name: string,
  [port, api]: readonly [number, number],
  etcd: string,
  dcs: Readonly<Record<string, unknown>>,
): Kept {
  const server = member(room, name, port);
  const config = join(room, `${name}.yml`);
  const text = configOf(room, server, `127.0.0.1:${api}`, etcd, dcs);
  writeFileSync(config, JSON.stringify(text), { mode: 0o644 });
  const log = openSync(join(room, `${name}.patroni.log`), "a");
  return {
    ...server,
    api: `http://127.0.0.1:${api}`,
    config,
    keepers: () => startedWith("patroni", config),
    keep: () =>
      spawn("patroni", [config], { cwd: "/", stdio: ["ignore", log, log], detached: true, ...asOwner }).unref(),
  };
}

/** A leader and so many replicas. `dcs`: settings that all members have, on top of the least that Patroni takes. */
export async function patroni(
  ending: Ending,
  dcs: Readonly<Record<string, unknown>> = {},
  replicas = 1,
): Promise<Patroni> {
  const room = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  chmodSync(room, 0o777);
  const etcd = await etcdIn(room);
  const ports = await freePorts(2 + 2 * replicas);
  mkdirSync(join(room, "s"));
  chmodSync(join(room, "s"), 0o777);
  const members = Array.from({ length: 1 + replicas }, (_, at) =>
    kept(room, `pg${at + 1}`, [ports[2 * at]!, ports[2 * at + 1]!], etcd.host, dcs),
  );
  ending(async () => {
    // Whoever would start the servers again goes first.
    await until(() => {
      const keepers = members.flatMap((one) => one.keepers());
      signal(keepers);
      return keepers.length === 0;
    }, "Patroni does not end");
    await etcd.stop();
    await endAll(members, room);
  });
  await etcd.start();
  const api: Patroni["api"] = async (one, method, path, body) => {
    const answer = await fetch(`${one.api}${path}`, {
      method,
      headers: { authorization: `Basic ${Buffer.from(`ops:${PASSWORD}`).toString("base64")}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const holds = async (one: Kept, path: string): Promise<boolean> => {
    try {
      return (await api(one, "GET", path)).status === 200;
    } catch {
      return false;
    }
  };
  // One after the other: the first is the primary.
  for (const [at, one] of members.entries()) {
    one.keep();
    await until(() => holds(one, at === 0 ? "/primary" : "/replica"), `${one.name} does not come up`);
  }
  const own = (one: Kept): object => ({
    target: "here",
    with: {
      data: one.data,
      port: one.port,
      patroni: { url: one.api, config: one.config, user: "ops", password: { secret: "ops" } },
    },
  });
  return {
    ...{ room, members, api, store: etcd },
    given: Object.fromEntries(members.map((one) => [one.name, own(one)])),
    shared: {
      ...{ host: "127.0.0.1", user: USER },
      connect: { host: join(room, "s"), user: "ops", password: { secret: "ops" } },
      address: {
        host: members.map(() => "127.0.0.1").join(","),
        port: members.map(({ port }) => port).join(","),
        ...{ user: "ops", password: { secret: "ops" } },
      },
    },
    leader: async () => {
      for (const one of members) if (await holds(one, "/primary")) return one;
      throw new Error("no leader");
    },
  };
}

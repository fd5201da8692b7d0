import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir, userInfo } from "node:os";
import type { TestContext } from "node:test";
import { clusterBench, type ClusterBench } from "../kit/cluster.ts";
import { freePorts } from "../kit/port.ts";
import { until } from "../kit/until.ts";
import { asServer } from "./cluster.ts";
import { needs, type Component } from "./needs.ts";
import { endAll, processesIn } from "./pair.ts";
import { fromTemplate } from "./template.ts";
import { signal } from "../kit/signal.ts";

/** One server of a pair of the test's own. */
export interface Member {
  readonly name: string;
  readonly data: string;
  readonly port: number;
  /** What statements print; an account with all privileges asks through the socket. */
  ask(statement: string): string;
  /** The same as somebody who has no more than a database of his own. */
  asApp(statement: string): string;
  /** A line of what it says of itself as a replica. */
  status(name: string): string;
  /** Its processes that live, with their state; zombies are none. */
  processes(): readonly { readonly pid: number; readonly state: string }[];
  signal(signal: NodeJS.Signals): void;
  /** Starts it, as a supervisor would, and waits for nothing. */
  begin(): void;
  start(): Promise<void>;
}

/** A primary and a replica that follows by GTID, on loopback; ended when the test ends. */
export interface Pair {
  readonly room: string;
  readonly a: Member;
  readonly b: Member;
  /** `members` of a cluster in watchbook.yaml, and what all of them have. */
  readonly members: Readonly<Record<string, object>>;
  readonly shared: Readonly<Record<string, unknown>>;
}

const ROOT = process.getuid?.() === 0;
const USER = ROOT ? "nobody" : userInfo().username;
export const PASSWORD = "my-pass'\\word";
const quoted = `'${PASSWORD.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** One statement a line: that is how a server that is only being made takes them. */
const ACCOUNTS = [
  "USE mysql;",
  "FLUSH PRIVILEGES;",
  "DELETE FROM mysql.global_priv WHERE User = '';",
  "CREATE DATABASE shop;",
  `CREATE USER ops@'%' IDENTIFIED BY ${quoted};`,
  "GRANT ALL ON *.* TO ops@'%' WITH GRANT OPTION;",
  `CREATE USER app@'%' IDENTIFIED BY ${quoted};`,
  "GRANT ALL ON shop.* TO app@'%';",
  `CREATE USER rep@'%' IDENTIFIED BY ${quoted};`,
  "GRANT REPLICATION SLAVE ON *.* TO rep@'%';",
];

const SMALL = ["innodb-log-file-size=4M", "innodb-buffer-pool-size=16M", "sync-binlog=0"];

function client(room: string, name: string, user: string) {
  return (statement: string, ...options: readonly string[]): string =>
    asServer(
      [
        "mariadb",
        "--no-defaults",
        "-B",
        "-S",
        join(room, "s", name),
        "-u",
        user,
        "-D",
        "shop",
        ...options,
        "-e",
        statement,
      ],
      { MYSQL_PWD: PASSWORD },
    ).trim();
}

function member(room: string, name: string, port: number): Member {
  const data = join(room, name);
  const ask = client(room, name, "ops");
  const begin = (): void =>
    void asServer([
      "sh",
      "-c",
      `setsid mariadbd --defaults-file='${join(room, `${name}.cnf`)}' </dev/null >/dev/null 2>&1 &`,
    ]);
  return {
    name,
    data,
    port,
    ask: (statement) => ask(statement, "-N"),
    asApp: (statement) => client(room, name, "app")(statement, "-N"),
    status: (field) => new RegExp(`^ *${field}: (.*)$`, "m").exec(ask("SHOW SLAVE STATUS\\G"))?.[1] ?? "",
    processes: () => processesIn(data),
    signal: (name) =>
      signal(
        processesIn(data).map(({ pid }) => pid),
        name,
      ),
    begin,
    start: async () => {
      begin();
      await until(() => {
        try {
          return ask("SELECT 1", "-N") === "1";
        } catch {
          return false;
        }
      }, `${name} does not come up`);
    },
  };
}

/**
 * What only the kind writes is in a folder of each server's own, and so are its temporary tables: a server that starts removes all
 * that lie where it puts its own, another server's too.
 */
function configure(room: string, { name, data, port }: Member, id: number, settings: readonly string[]): void {
  for (const folder of ["d", "tmp"]) {
    mkdirSync(join(room, `${name}.${folder}`));
    chmodSync(join(room, `${name}.${folder}`), 0o777);
  }
  const own = [`datadir=${data}`, `port=${port}`, `socket=${join(room, "s", name)}`, `server-id=${id}`];
  const files = [
    `tmpdir=${join(room, `${name}.tmp`)}`,
    `pid-file=${join(room, `${name}.pid`)}`,
    `log-error=${join(room, `${name}.log`)}`,
  ];
  const rest = ["bind-address=127.0.0.1", "log-bin=bin", "relay-log=relay", "log-slave-updates", ...SMALL, ...settings];
  writeFileSync(
    join(room, `${name}.cnf`),
    ["[mariadb]", ...own, ...files, ...rest, `!includedir ${join(room, `${name}.d`)}`, ""].join("\n"),
  );
}

/** A server's data that has never run, with the accounts in it. */
function freshData(path: string): void {
  const version = asServer(["mariadbd", "--version"]).trim();
  const size = SMALL.slice(0, 1).map((one) => `--${one}`);
  fromTemplate(["mariadb", version, ...size, ...ACCOUNTS], path, (data) => {
    const made = [`--datadir=${data}`, `--tmpdir=${dirname(data)}`, ...size];
    const options = ["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"];
    asServer(["mariadb-install-db", ...options, ...made]);
    const accounts = join(dirname(data), "accounts");
    writeFileSync(accounts, `${ACCOUNTS.join("\n")}\n`, { mode: 0o644 });
    asServer(["sh", "-c", `exec mariadbd --no-defaults --bootstrap "$@" <'${accounts}'`, "sh", ...made]);
  });
}

/** `settings`: lines of both servers' configuration, on top of what replication needs. `through`: the port by which the replica hears its primary. */
export async function pairMariadb(
  ending: (work: () => void | Promise<void>) => void,
  settings: readonly string[] = [],
  through?: (port: number) => Promise<number>,
): Promise<Pair> {
  const room = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  chmodSync(room, 0o777);
  const [portA, portB] = await freePorts(2);
  const [a, b] = [member(room, "my1", portA!), member(room, "my2", portB!)];
  ending(() => endAll([a, b], room));
  mkdirSync(join(room, "s"));
  chmodSync(join(room, "s"), 0o777);
  for (const { data } of [a, b]) freshData(data);
  [a, b].forEach((one, at) => configure(room, one, at + 1, settings));
  writeFileSync(join(room, "my2.d", "zz.cnf"), "[mariadbd]\nread_only=ON\n", { mode: 0o644 });
  await a.start();
  await b.start();
  const heard = (await through?.(a.port)) ?? a.port;
  b.ask(
    `CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=${heard}, MASTER_USER='rep', MASTER_PASSWORD=${quoted}, MASTER_CONNECT_RETRY=1, MASTER_USE_GTID=slave_pos; START SLAVE`,
  );
  await until(() => b.status("Slave_IO_Running") === "Yes", "the replica does not hear its primary");
  if (!existsSync(join(room, "my2.d", "zz.cnf"))) throw new Error("no role");
  const own = (one: Member) => ({
    target: "here",
    with: {
      ...{
        data: one.data,
        port: one.port,
        config: join(room, `${one.name}.cnf`),
        role: join(room, `${one.name}.d`, "zz.cnf"),
      },
      ...{
        pid: join(room, `${one.name}.pid`),
        connect: { socket: join(room, "s", one.name), user: "ops", password: { secret: "ops" } },
      },
    },
  });
  return {
    ...{ room, a, b },
    members: { my1: own(a), my2: own(b) },
    shared: {
      ...{ host: "127.0.0.1", user: USER, follow: { user: "rep", password: { secret: "ops" } } },
      address: {
        ...{ host: "127.0.0.1,127.0.0.1", port: `${a.port},${b.port}`, user: "app", database: "shop" },
        password: { secret: "ops" },
      },
    },
  };
}

/** Waits until the replica has applied what the primary has written. */
export const caughtUp = ({ a, b }: Pick<Pair, "a" | "b">): Promise<void> =>
  until(() => b.ask("SELECT @@gtid_slave_pos") === a.ask("SELECT @@gtid_binlog_pos"), "the replica does not catch up");

/** What every test of a MariaDB cluster needs, and `more` of its own. */
export const hasMariadb = (t: TestContext, ...more: readonly Component[]): boolean =>
  needs(t, "mariadbd", "mariadb", "mariadb-install-db", "mariadb-binlog", ...more);

/** The runbooks of a pair's cluster. `over`: parameters of all members on top of its own; `more`: of the cluster. */
export const mariadbBench = (
  t: TestContext,
  { members, shared }: Pick<Pair, "members" | "shared">,
  over: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, unknown>> = {},
): Promise<ClusterBench> =>
  clusterBench(t, { kind: "mariadb", members, shared: { ...shared, ...over }, secrets: { ops: PASSWORD }, more });

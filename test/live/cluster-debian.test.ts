// Servers as Debian makes them: configuration in /etc, data in /var/lib, started by its own tool.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { test, type TestContext } from "node:test";
import { clusterBench } from "../kit/cluster.ts";
import { freePorts } from "../kit/port.ts";
import { until } from "../kit/until.ts";
import { openRoom } from "./cluster.ts";
import { postgresPrograms } from "./databases.ts";
import { needs } from "./needs.ts";
import { processesIn } from "./pair.ts";
import { signal } from "../kit/signal.ts";

const has = (t: TestContext): boolean => needs(t, "root", "postgres", "psql", "pg_createcluster");

const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { encoding: "utf8", cwd: "/", stdio: ["ignore", "pipe", "pipe"] }).trim();
const asPostgres = (...argv: readonly string[]): string => run("runuser", "-u", "postgres", "--", ...argv);

interface Server {
  readonly name: string;
  readonly port: number;
  readonly data: string;
  readonly etc: string;
  ask(statement: string): string;
}

/** A server with its own name and port, dropped when the test ends; it is never the machine's own. */
function create(t: TestContext, version: string, name: string, port: number, socket: string): Server {
  const server: Server = {
    ...{ name, port, data: `/var/lib/postgresql/${version}/${name}`, etc: `/etc/postgresql/${version}/${name}` },
    ask: (statement) =>
      asPostgres("psql", "-XAtqw", "-h", socket, "-p", String(port), "-d", "postgres", "-c", statement),
  };
  t.after(async () => {
    await until(() => {
      signal(processesIn(server.data).map(({ pid }) => pid));
      return processesIn(server.data).length === 0;
    }, `${name} does not end`);
    run("pg_dropcluster", version, name);
    rmSync(server.data, { recursive: true, force: true });
  });
  const options = ["-p", String(port), "-s", socket, "--start-conf=manual"];
  run("pg_createcluster", ...options, version, name, "--", "-N", "-A", "trust");
  appendFileSync(
    `${server.etc}/postgresql.conf`,
    "fsync = off\nwal_log_hints = on\nwal_keep_size = '64MB'\nssl = off\n",
  );
  return server;
}

test("as Debian lays it out, with the configuration outside of the data: fails over, is rewound with it, and starts again by Debian's own tool", async (t) => {
  if (!has(t)) return;
  const version = basename(postgresPrograms()!.replace(/\/bin$/, ""));
  const room = openRoom((work) => t.after(work));
  const [portA, portB] = await freePorts(2);
  const own = `wb${process.pid}`;
  const a = create(t, version, `${own}a`, portA!, room);
  const b = create(t, version, `${own}b`, portB!, room);
  run("pg_ctlcluster", "--skip-systemctl-redirect", version, a.name, "start");
  rmSync(b.data, { recursive: true });
  const from = `host=127.0.0.1 port=${portA} user=postgres application_name=pg2`;
  asPostgres("pg_basebackup", "-D", b.data, "-c", "fast", "-R", "-d", from);
  run("pg_ctlcluster", "--skip-systemctl-redirect", version, b.name, "start");
  await until(() => b.ask("SELECT status FROM pg_stat_wal_receiver") === "streaming");
  const member = ({ data, etc, port }: Server): object => ({
    target: "here",
    with: { data, port, config: `${etc}/postgresql.conf` },
  });
  const steps = await clusterBench(t, {
    members: { pg1: member(a), pg2: member(b) },
    shared: { host: "127.0.0.1", connect: { host: room } },
    secrets: {},
  });
  a.ask("CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)");
  signal(processesIn(a.data).map(({ pid }) => pid));
  await until(() => processesIn(a.data).length === 0);
  const over = await steps.walk("failover");
  assert.deepEqual([over.end, over.outputs["PROMOTED"]], ["ok", "pg2"], `${over.at} ${JSON.stringify(over.args)}`);
  b.ask("INSERT INTO orders VALUES (2)");
  const back = await steps.walk("rejoin");
  assert.equal(back.end, "ok", `${back.at} ${JSON.stringify(back.args)}`);
  assert.equal(a.ask("SHOW config_file"), `${a.etc}/postgresql.conf`);
  assert.equal(existsSync(`${a.data}/postgresql.conf`), false);
  // Debian's own tool ends it and starts it as what it is now.
  run("pg_ctlcluster", "--skip-systemctl-redirect", version, a.name, "restart");
  await until(() => a.ask("SELECT status FROM pg_stat_wal_receiver") === "streaming");
  b.ask("INSERT INTO orders VALUES (3)");
  await until(() => a.ask("SELECT count(*) FROM orders") === "3");
});

import { spawn } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../kit/port.ts";
import { until } from "../kit/until.ts";
import { which } from "./needs.ts";

/** A pooler in front of a server: the one address that applications know. */
export interface Pooler {
  readonly port: number;
  /** Its file with the server that it leads to, and the file with its process: what repointing changes. */
  readonly databases: string;
  readonly pidFile: string;
}

const line = (port: number): string =>
  `postgres = host=127.0.0.1 port=${port} dbname=postgres user=ops password='pg-pass word'\n`;

/** Leads to `server` until its file says something else and it is told to read it again. */
export async function pooler(
  ending: (work: () => void | Promise<void>) => void,
  room: string,
  server: number,
): Promise<Pooler> {
  const port = await freePort();
  const [file, databases] = [join(room, "pgbouncer.ini"), join(room, "databases.ini")];
  writeFileSync(databases, `[databases]\n${line(server)}`);
  writeFileSync(
    file,
    [
      `%include ${databases}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = any",
      "pool_mode = transaction",
      "server_login_retry = 0.1",
      "server_connect_timeout = 1",
      `logfile = ${join(room, "pgbouncer.log")}`,
      `pidfile = ${join(room, "pgbouncer.pid")}`,
      "",
    ].join("\n"),
  );
  for (const path of [file, databases]) chmodSync(path, 0o666);
  const child = spawn(which("pgbouncer")!, [file], {
    stdio: "ignore",
    ...(process.getuid?.() === 0 && { uid: 65_534, gid: 65_534 }),
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  ending(async () => {
    child.kill("SIGKILL");
    await gone;
  });
  await until(() => existsSync(join(room, "pgbouncer.pid")), "pgbouncer does not come up");
  return { port, databases, pidFile: join(room, "pgbouncer.pid") };
}

/** The step of a book that leads it to the new primary. */
export const repointing = ({ databases, pidFile }: Pooler): Readonly<Record<string, object>> => ({
  pooler: {
    kind: "shell",
    risk: "write",
    idempotent: true,
    with: {
      script: `sed -i "s/port=[0-9]*/port=$PRIMARY_PORT/" ${databases} && kill -HUP "$(cat ${pidFile})"`,
    },
  },
});

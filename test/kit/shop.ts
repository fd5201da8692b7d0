// A small service on a PostgreSQL of its own: every request is a statement, and what it answered is counted.
import { execFile, execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { postgresPrograms, psql } from "../live/databases.ts";
import { folder } from "./folder.ts";
import { freePort } from "./port.ts";
import { until } from "./until.ts";

export interface Shop {
  /** `GET /` is a sale; `GET /metrics` is `{requests, errors}`. */
  readonly url: string;
  readonly database: { readonly host: string; readonly port: number };
  /** Every n-th sale is for a table that is not there; 0: none. */
  fail(every: number): void;
  /** The primary is gone at once, as by a power cut, and comes back. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Servers refuse root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

async function primary(t: Pick<TestContext, "after">) {
  const programs = postgresPrograms()!;
  const room = folder(t);
  chmodSync(room, 0o777);
  const [data, sockets, port] = [join(room, "d"), join(room, "s"), await freePort()];
  mkdirSync(sockets, { mode: 0o777 });
  chmodSync(sockets, 0o777);
  const options = { cwd: "/", ...NOBODY };
  execFileSync(join(programs, "initdb"), ["-D", data, "-U", "ops", "-A", "trust", "-N"], {
    ...options,
    stdio: "ignore",
  });
  const own = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", `unix_socket_directories=${sockets}`];
  let child: ChildProcess | undefined;
  const ask = (statement: string): Promise<boolean> =>
    new Promise((resolve) => {
      const place = ["-h", "127.0.0.1", "-p", `${port}`, "-U", "ops", "-d", "postgres"];
      execFile(psql(), ["-XAtq", ...place, "-c", statement], { timeout: 5_000 }, (error) => resolve(error === null));
    });
  const kill = async (): Promise<void> => {
    if (!child) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    child = undefined;
  };
  const start = async (): Promise<void> => {
    child = spawn(join(programs, "postgres"), ["-D", data, "-p", `${port}`, ...own], { ...options, stdio: "ignore" });
    await until(() => ask("SELECT 1"), "postgres does not come up");
  };
  await start();
  t.after(kill);
  return { port, ask, kill, start };
}

export async function shop(t: Pick<TestContext, "after">): Promise<Shop> {
  const database = await primary(t);
  const count = { requests: 0, errors: 0 };
  let bad = 0;
  const sale = async (response: ServerResponse): Promise<void> => {
    count.requests += 1;
    const table = bad > 0 && count.requests % bad === 0 ? "no_such_table" : "pg_class";
    const well = await database.ask(`SELECT count(*) FROM ${table}`);
    if (!well) count.errors += 1;
    response.writeHead(well ? 200 : 500).end();
  };
  const server = createServer((request, response) => {
    if (request.url === "/metrics") response.end(JSON.stringify(count));
    else void sale(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // People who buy: some every second, one after the other.
  const closing = new AbortController();
  const buying = (async () => {
    while (!closing.signal.aborted) {
      await fetch(url).then((answer) => answer.arrayBuffer());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  t.after(async () => {
    closing.abort();
    await buying;
    server.closeAllConnections();
    server.close();
  });
  return {
    url,
    database: { host: "127.0.0.1", port: database.port },
    fail: (every) => {
      bad = every;
    },
    kill: database.kill,
    start: database.start,
  };
}

/** A file in a folder that grows by so many bytes each time. */
export function grow(path: string, bytes: number): void {
  writeFileSync(path, Buffer.alloc(bytes), { flag: "a" });
}

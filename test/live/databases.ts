import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder } from "../kit/folder.ts";
import { until } from "../kit/until.ts";
import { freePort } from "../kit/port.ts";

/** A database server of the test's own, on loopback and a socket; stopped when the test ends. */
export interface Database {
  readonly connect: { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
  readonly password: string;
  /** What one statement prints, asked past watchbook. */
  ask(statement: string): string;
  /** Ends the server at once, as a power cut would. */
  kill(): void;
}

/** Whatever ends what it began: one test, or a whole file. */
type Ending = { after(work: () => void | Promise<void>): void };

/** Servers refuse root: they run as whoever owns nothing. */
const NOBODY = 65_534;

function start(t: Ending, argv: readonly string[], cwd: string): () => void {
  const [command = "", ...args] = argv;
  const child = spawn(command, args, {
    cwd,
    stdio: "ignore",
    ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const kill = () => void child.kill("SIGKILL");
  t.after(async () => {
    kill();
    await gone;
  });
  return kill;
}

/** A folder that the server's own user may use, with a short path: sockets have little room for it. */
function roomFor(t: Ending): string {
  const path = folder(t);
  chmodSync(path, 0o777);
  mkdirSync(join(path, "s"), { mode: 0o777 });
  chmodSync(join(path, "s"), 0o777);
  return path;
}

const asNobody = (argv: readonly string[], env: Record<string, string> = {}): string =>
  execFileSync(argv[0]!, argv.slice(1), {
    encoding: "utf8",
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
  });

/** Where Debian keeps the server's programs; undefined when it is not installed. */
export function postgresPrograms(): string | undefined {
  const root = "/usr/lib/postgresql";
  const version = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a))[0] : undefined;
  const path = version === undefined ? undefined : join(root, version, "bin");
  return path !== undefined && existsSync(join(path, "postgres")) ? path : undefined;
}

/** The server's own: what Debian has on the PATH is a script that looks for it, and takes longer for that than it does. */
export const psql = (): string => join(postgresPrograms() ?? "", "psql");

export async function postgres(t: Ending): Promise<Database> {
  const programs = postgresPrograms()!;
  const room = roomFor(t);
  const [data, port, password] = [join(room, "d"), await freePort(), "pg-pass word"];
  writeFileSync(join(room, "pw"), password, { mode: 0o644 });
  asNobody([
    join(programs, "initdb"),
    "-D",
    data,
    "-U",
    "ops",
    "-A",
    "scram-sha-256",
    "--pwfile",
    join(room, "pw"),
    "-N",
  ]);
  const settings = [
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "fsync=off",
    "-c",
    `unix_socket_directories=${join(room, "s")}`,
  ];
  const kill = start(t, [join(programs, "postgres"), "-D", data, "-p", String(port), ...settings], room);
  const connect = { host: "127.0.0.1", port, user: "ops", database: "postgres" };
  const ask = (statement: string): string =>
    asNobody(
      [psql(), "-XAtq", "-h", connect.host, "-p", String(port), "-U", "ops", "-d", "postgres", "-c", statement],
      {
        PGPASSWORD: password,
      },
    ).trim();
  await answering(() => ask("SELECT 1"));
  return { connect, password, ask, kill };
}

/** `settings`: options of the server; `data` and `socket` are where its files are. */
export async function mariadb(
  t: Ending,
  settings: readonly string[] = ["--skip-log-bin"],
): Promise<Database & { readonly data: string; readonly socket: string }> {
  const room = roomFor(t);
  const [data, port, password, socket] = [join(room, "d"), await freePort(), "my-pass word", join(room, "s", "x")];
  // A server that starts removes all temporary tables where it puts its own, another server's too.
  const places = [`--datadir=${data}`, `--tmpdir=${room}`];
  asNobody([
    "mariadb-install-db",
    "--no-defaults",
    ...places,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
  ]);
  writeFileSync(
    join(room, "init.sql"),
    `CREATE DATABASE shop;\nCREATE USER ops@'%' IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO ops@'%';\n`,
  );
  const kill = start(
    t,
    [
      "mariadbd",
      "--no-defaults",
      ...places,
      `--port=${port}`,
      `--socket=${socket}`,
      "--bind-address=127.0.0.1",
      `--init-file=${join(room, "init.sql")}`,
      ...settings,
    ],
    room,
  );
  const connect = { host: "127.0.0.1", port, user: "ops", database: "shop" };
  const ask = (statement: string): string =>
    asNobody(
      [
        "mariadb",
        "--no-defaults",
        "-N",
        "-B",
        "-h",
        connect.host,
        "-P",
        String(port),
        "-u",
        "ops",
        "-D",
        "shop",
        "-e",
        statement,
      ],
      {
        MYSQL_PWD: password,
      },
    ).trim();
  await answering(() => ask("SELECT 1"));
  return { connect, password, ask, kill, data, socket };
}

const answering = (ask: () => string): Promise<void> =>
  until(() => {
    try {
      ask();
      return true;
    } catch {
      return false;
    }
  }, "the server does not come up");

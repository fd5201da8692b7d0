import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { PartGiven } from "../kit/backup.ts";
import { until } from "../kit/until.ts";
import type { Source } from "../suites/backup.ts";
import { postgresPrograms, psql } from "./databases.ts";

/** A PostgreSQL of the test's own, behind a socket, which archives its WAL with the script of the guide. */
export interface Cluster {
  /** A folder that the server's user may use. */
  readonly room: string;
  readonly data: string;
  readonly archive: string;
  readonly user: string;
  /** Parameters of a part that name it. */
  readonly with: Readonly<Record<string, unknown>>;
  readonly secret: (reference: string) => Promise<string>;
  /** What statements print; the superuser asks. */
  ask(statement: string, database?: string): string;
  /** Ends the segment that is written to, and waits until it lies in the archive. Gives its name. */
  archived(): Promise<string>;
}

type Ending = (work: () => void | Promise<void>) => void;

const ROOT = process.getuid?.() === 0;
const NOBODY = 65_534;
const PASSWORD = "pg-pass word";

/** The script of the guide: what is tested is what a reader copies. */
export function archiveScript(): string {
  const guide = new URL("../../docs/guide/en/postgres-archive.md", import.meta.url);
  return /```sh\n(#!\/bin\/sh\n[\s\S]*?)```/.exec(readFileSync(guide, "utf8"))![1]!;
}

/** As the server's user, who is not root. */
export const asServer = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): string =>
  execFileSync(argv[0]!, argv.slice(1), {
    encoding: "utf8",
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TZ: "UTC", ...env },
    ...(ROOT && { uid: NOBODY, gid: NOBODY }),
  });

/** Short: sockets have little room for a path. */
export function openRoom(ending: Ending): string {
  const room = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  chmodSync(room, 0o777);
  ending(() => rmSync(room, { recursive: true, force: true }));
  return room;
}

/** Runs until `ending` is done; `settings` on top of those of a server that archives. */
export async function cluster(ending: Ending, settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const programs = postgresPrograms()!;
  const room = openRoom(ending);
  const [data, archive, socket] = ["d", "w", "s"].map((name) => join(room, name)) as [string, string, string];
  for (const path of [archive, socket]) {
    mkdirSync(path);
    chmodSync(path, 0o777);
  }
  writeFileSync(join(room, "pw"), PASSWORD);
  writeFileSync(join(room, "archive-wal"), archiveScript(), { mode: 0o755 });
  const init = ["-D", data, "-U", "ops", "-A", "scram-sha-256", "--pwfile", join(room, "pw"), "-N"];
  asServer([join(programs, "initdb"), ...init]);
  const all = {
    listen_addresses: "",
    unix_socket_directories: socket,
    fsync: "off",
    wal_level: "replica",
    archive_mode: "on",
    archive_command: `${join(room, "archive-wal")} ${archive} %p %f`,
    ...settings,
  };
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { cwd: room, stdio: "ignore", ...(ROOT && { uid: NOBODY, gid: NOBODY }) },
  );
  const gone = new Promise((resolve) => server.once("exit", resolve));
  // Archiving goes on a moment after a server was killed: it is ended in order before its folder goes.
  ending(async () => {
    server.kill("SIGQUIT");
    await gone;
    rmSync(room, { recursive: true, force: true });
  });
  const ask = (statement: string, database = "postgres"): string =>
    asServer([psql(), "-XAtq", "-h", socket, "-U", "ops", "-c", statement], {
      PGPASSWORD: PASSWORD,
      PGDATABASE: database,
    }).trim();
  await until(() => {
    try {
      return ask("SELECT 1") === "1";
    } catch {
      return false;
    }
  }, "the server does not come up");
  return {
    room,
    data,
    archive,
    user: ROOT ? "nobody" : userInfo().username,
    with: {
      connect: { host: socket, user: "ops", password: { secret: "ops" } },
      user: ROOT ? "nobody" : userInfo().username,
    },
    secret: (reference) =>
      reference === "ops" ? Promise.resolve(PASSWORD) : Promise.reject(new Error(`no secret ${reference}`)),
    ask,
    archived: async () => {
      const name = ask("SELECT pg_walfile_name(pg_switch_wal())");
      // The script links it there first, and then removes the name under which it was written.
      const archived = (): boolean =>
        existsSync(join(archive, name)) && !readdirSync(archive).some((one) => one.startsWith(".new-"));
      await until(archived, `${name} is not archived`);
      return name;
    },
  };
}

/** One cluster for all tests of a file, made when the first asks for it. `after`: that of the file. */
export function shared<T>(after: (work: () => Promise<void>) => void, make: (ending: Ending) => Promise<T>) {
  const endings: (() => void | Promise<void>)[] = [];
  after(async () => {
    for (const end of endings) await end();
  });
  let found: Promise<T> | undefined;
  return (): Promise<T> => (found ??= make((work) => void endings.push(work)));
}

/** What a restored server says, by the outputs of its start. */
export const askRestored =
  (outputs: Readonly<Record<string, string>>, name = "DB", database = "postgres") =>
  (statement: string): string =>
    execFileSync(
      psql(),
      [
        ...["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", outputs[`${name}_HOST`]!, "-p", outputs[`${name}_PORT`]!],
        ...["-U", "ops", "-c", statement],
      ],
      {
        encoding: "utf8",
        cwd: "/",
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, TZ: "UTC", PGDATABASE: database },
      },
    ).trim();

const lines = (text: string): readonly string[] => (text === "" ? [] : text.split("\n"));

/** What the suite of backups asks of a database: one table, emptied, whose rows are what is added. */
export function noteSource(server: Cluster, part: PartGiven, database = "postgres"): Source {
  const all = "SELECT what FROM note ORDER BY what";
  server.ask("CREATE TABLE IF NOT EXISTS note (what text PRIMARY KEY); TRUNCATE note", database);
  return {
    part,
    secret: server.secret,
    add: (what) => void server.ask(`INSERT INTO note VALUES ('${what}')`, database),
    has: () => lines(server.ask(all, database)),
    restored: (outputs) => lines(askRestored(outputs, "DB", database)(all)),
  };
}

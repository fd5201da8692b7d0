import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ADMIN, DATABASE, dataOf, MEMBERS, passwordsOf, whereOf, type Place } from "./place.ts";
import { asOwner, owner, settle, startServer, stopServer } from "./postgres.ts";
import { query } from "./query.ts";

const TABLES = `
CREATE TABLE tenant (id int PRIMARY KEY, name text NOT NULL, users int NOT NULL, projects int NOT NULL);
CREATE TABLE account (id int PRIMARY KEY, tenant int NOT NULL REFERENCES tenant, login text NOT NULL UNIQUE);
CREATE TABLE project (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant int NOT NULL REFERENCES tenant, name text NOT NULL);
CREATE TABLE heartbeat (one bool PRIMARY KEY DEFAULT true CHECK (one), at timestamptz NOT NULL);
INSERT INTO tenant SELECT t, 'tenant-' || t, 5, 3 FROM generate_series(1, 20) t;
INSERT INTO account SELECT (t - 1) * 5 + a, t, 'user' || a || '@tenant-' || t FROM generate_series(1, 20) t, generate_series(1, 5) a;
INSERT INTO project (tenant, name) SELECT t, 'project-' || p FROM generate_series(1, 20) t, generate_series(1, 3) p;
INSERT INTO heartbeat (at) VALUES (now());
`;

/** Settings of both servers: what streaming, an archive and pg_rewind need. */
const settings = ({ room }: Place): Readonly<Record<string, string>> => ({
  listen_addresses: "127.0.0.1",
  unix_socket_directories: join(room, "s"),
  shared_buffers: "16MB",
  wal_log_hints: "on",
  wal_keep_size: "64MB",
  wal_receiver_status_interval: "1s",
  archive_mode: "on",
  archive_command: `${join(room, "archive-wal")} ${join(room, "wal")} %p %f`,
  // The most that is lost when the machine is: far below the recovery point objective.
  archive_timeout: "60s",
});

/** A file that the servers' owner may read, for as long as `work` takes. */
function withFile<T>(content: string, mode: number, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "watchbook-saas-once-"));
  try {
    chmodSync(folder, 0o755);
    const file = join(folder, "password");
    writeFileSync(file, content);
    chmodSync(file, mode);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makePrimary(place: Place): Promise<void> {
  const [by, data] = [owner(), dataOf(place, "pg1")];
  const password = readFileSync(join(place.dir, "secrets", "database"), "utf8");
  withFile(password, 0o644, (file) =>
    asOwner(by, "initdb", ["-D", data, "-U", ADMIN, "-A", "scram-sha-256", "--pwfile", file, "-E", "UTF8"]),
  );
  settle(data, { ...settings(place), port: String(place.pg1) });
  startServer(by, data);
  await query({ ...whereOf(place, "pg1"), database: "postgres" }, `CREATE DATABASE ${DATABASE}`);
  await query(whereOf(place, "pg1"), TABLES);
}

function makeReplica(place: Place): void {
  const [by, data] = [owner(), dataOf(place, "pg2")];
  const word = readFileSync(passwordsOf(place), "utf8").trim().split(":").at(-1) ?? "";
  const from = `host=127.0.0.1 port=${place.pg1} user=${ADMIN} application_name=pg2`;
  asOwner(by, "pg_basebackup", ["-D", data, "-c", "fast", "-R", "-d", from], { PGPASSWORD: word });
  settle(data, { port: String(place.pg2) });
}

/** Both servers, made when they are not there yet; each comes up as what it was when it ended. */
export async function startPair(place: Place): Promise<void> {
  if (!existsSync(join(dataOf(place, "pg1"), "PG_VERSION"))) await makePrimary(place);
  if (!existsSync(join(dataOf(place, "pg2"), "PG_VERSION"))) makeReplica(place);
  for (const member of MEMBERS) startServer(owner(), dataOf(place, member));
}

/** The replicas first, so that they have everything. */
export function stopPair(place: Place): void {
  for (const member of MEMBERS.toReversed()) stopServer(owner(), dataOf(place, member));
}

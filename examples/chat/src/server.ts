import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ADMIN, databaseOf, dataOf, ENVIRONMENTS, settingsOf, type Place } from "./place.ts";
import { asOwner, owner, settle, startServer } from "./postgres.ts";
import { launch, ours, until } from "./process.ts";
import { query } from "./query.ts";

const TABLES = `
CREATE TABLE person (login text PRIMARY KEY);
CREATE TABLE post (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author text NOT NULL REFERENCES person, said text NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE attachment (post int PRIMARY KEY REFERENCES post, path text NOT NULL UNIQUE, sha256 text NOT NULL, bytes int NOT NULL);
INSERT INTO person VALUES ('lin'), ('zhou');
`;

/** The database server, with a database for each environment. */
export async function startDatabase(place: Place): Promise<void> {
  const [by, data] = [owner(), dataOf(place)];
  if (existsSync(join(data, "PG_VERSION"))) return startServer(by, data);
  const folder = mkdtempSync(join(tmpdir(), "watchbook-chat-once-"));
  try {
    // Whoever owns the server reads it, for as long as it takes.
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "word"), readFileSync(join(place.dir, "secrets", "database"), "utf8"), { mode: 0o644 });
    const how = ["-U", ADMIN, "-A", "scram-sha-256", "--pwfile", join(folder, "word"), "-E", "UTF8"];
    asOwner(by, "initdb", ["-D", data, ...how]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const listen = { listen_addresses: "127.0.0.1", unix_socket_directories: join(place.room, "s") };
  settle(data, { ...listen, port: String(place.database), shared_buffers: "16MB" });
  startServer(by, data);
  for (const environment of ENVIRONMENTS) {
    const { database } = settingsOf(place, environment);
    await query({ ...database, database: "postgres" }, `CREATE DATABASE ${databaseOf(environment)}`);
    await query(database, TABLES);
  }
}

/** One nginx for both environments, by the name that is asked for: what breaks it breaks production. */
const configuration = ({ dir, http, https, staging, prod }: Place): string => {
  const server = (name: string, port: number): string => `
  server {
    listen 127.0.0.1:${http};
    listen 127.0.0.1:${https} ssl;
    server_name ${name};
    location / { proxy_pass http://127.0.0.1:${port}; }
  }`;
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `  ${name}_temp_path ${dir}/run/${name};`,
  );
  return `${process.getuid?.() === 0 ? "user root;\n" : ""}worker_processes 1;
daemon off;
pid ${dir}/run/nginx-master.pid;
error_log ${dir}/logs/nginx-error.log;
events { worker_connections 256; }
http {
  access_log ${dir}/logs/nginx-access.log;
  client_max_body_size 10m;
  ssl_certificate ${dir}/nginx/chat.pem;
  ssl_certificate_key ${dir}/nginx/chat.key;
${temporary.join("\n")}
${server("chat.test", prod)}
${server("staging.chat.test", staging)}
}
`;
};

function makeCertificate({ dir }: Place): void {
  const [key, pem] = [join(dir, "nginx", "chat.key"), join(dir, "nginx", "chat.pem")];
  if (existsSync(pem)) return;
  const who = ["-subj", "/CN=chat.test", "-addext", "subjectAltName=DNS:chat.test,DNS:staging.chat.test"];
  const how = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "365"];
  execFileSync("openssl", ["req", "-x509", ...how, ...who, "-keyout", key, "-out", pem], { stdio: "ignore" });
  chmodSync(key, 0o600);
}

export const nginxPid = ({ dir }: Place): string => join(dir, "run", "nginx.pid");
export const nginxConfig = ({ dir }: Place): string => join(dir, "nginx", "nginx.conf");

/** Debian's nginx lies where an ordinary user's PATH does not look. */
const NGINX = (): string => ["/usr/sbin/nginx", "/usr/bin/nginx"].find((path) => existsSync(path)) ?? "nginx";

export async function startNginx(place: Place): Promise<void> {
  makeCertificate(place);
  writeFileSync(nginxConfig(place), configuration(place));
  if (ours(nginxPid(place), nginxConfig(place)) !== undefined) return;
  const output = join(place.dir, "logs", "nginx.out");
  launch([NGINX(), "-c", nginxConfig(place), "-e", join(place.dir, "logs", "nginx-error.log")], {
    output,
    pidFile: nginxPid(place),
  });
  await until("nginx answers", 20, async () => {
    try {
      await fetch(`http://127.0.0.1:${place.http}/health`, { signal: AbortSignal.timeout(2000) });
      return true;
    } catch {
      // It does not listen yet.
      return false;
    }
  });
}

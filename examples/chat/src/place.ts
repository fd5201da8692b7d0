import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./ports.ts";
import { owner } from "./postgres.ts";
import type { Where } from "./query.ts";

export const ENVIRONMENTS = ["staging", "prod"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
export const ADMIN = "ops";

/** Everything of one running example. The database lies in the room: a short path for its socket, and its owner may go in. */
export interface Place {
  readonly dir: string;
  readonly room: string;
  readonly http: number;
  readonly https: number;
  readonly database: number;
  readonly staging: number;
  readonly prod: number;
}

/** Where an application finds its rows and its files: one cannot be had without the other. */
export interface Settings {
  readonly database: Where;
  readonly files: string;
}

export const homeOf = ({ dir }: Place, environment: Environment): string => join(dir, "environments", environment);
export const dataOf = ({ room }: Place): string => join(room, "data");
export const databaseOf = (environment: Environment): string => `chat_${environment}`;

export const settingsOf = (place: Place, environment: Environment): Settings => ({
  database: {
    host: "127.0.0.1",
    port: place.database,
    user: ADMIN,
    database: databaseOf(environment),
    passwords: join(place.dir, "secrets", "pgpass"),
  },
  files: join(homeOf(place, environment), "files"),
});

const fileOf = (dir: string): string => join(dir, "chat.json");

/** The place that `up` made, or undefined. */
export const knownPlace = (dir: string): Place | undefined =>
  existsSync(fileOf(dir)) ? (JSON.parse(readFileSync(fileOf(dir), "utf8")) as Place) : undefined;

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** `bin/chat`: this Node, this example, this work directory. */
function writeCommand(dir: string): void {
  const file = join(dir, "bin", "chat");
  const program = fileURLToPath(new URL("chat.ts", import.meta.url));
  writeFileSync(file, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(program)} --dir ${quote(dir)} "$@"\n`);
  chmodSync(file, 0o755);
}

/** Makes the folders, keeps what is there; ports are chosen once, the first free ones from `from` on. */
export async function makePlace(dir: string, from: number): Promise<Place> {
  for (const folder of [
    "bin",
    "nginx",
    "run",
    "logs",
    "backups",
    "environments/staging/files",
    "environments/prod/files",
  ])
    mkdirSync(join(dir, folder), { recursive: true });
  mkdirSync(join(dir, "secrets"), { recursive: true, mode: 0o700 });
  writeCommand(dir);
  const known = knownPlace(dir);
  if (known) return known;
  const room = join(tmpdir(), `watchbook-chat-${createHash("sha256").update(dir).digest("hex").slice(0, 12)}`);
  const { user } = owner();
  for (const folder of ["", "s", "backups", "backups/chat", "restore"]) {
    mkdirSync(join(room, folder), { recursive: true });
    // The database's owner works in them, whoever that is.
    chmodSync(join(room, folder), 0o777);
  }
  const word = randomBytes(18).toString("base64url");
  writeFileSync(join(dir, "secrets", "database"), word, { mode: 0o600 });
  writeFileSync(join(dir, "secrets", "pgpass"), `*:*:*:${ADMIN}:${word}\n`, { mode: 0o600 });
  const ports: number[] = [];
  for (let one = 0; one < 5; one++) ports.push(await freePort(from + one, ports));
  const [http = 0, https = 0, database = 0, staging = 0, prod = 0] = ports;
  const place = { dir, room, http, https, database, staging, prod };
  // What the manual's data says of the machine it was written on, and what it is here.
  writeFileSync(join(dir, "place.json"), JSON.stringify({ "/srv/chat-room": room, "user: postgres": `user: ${user}` }));
  writeFileSync(fileOf(dir), JSON.stringify(place));
  return place;
}

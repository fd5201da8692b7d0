import { createHash, randomBytes } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./ports.ts";
import { owner } from "./postgres.ts";
import type { Where } from "./query.ts";

export const COPIES = 2;
export const DATABASE = "tenants";
export const ADMIN = "ops";

/** Everything of one running example. Servers lie in the room: short paths for sockets, and their owner may go in. */
export interface Place {
  readonly dir: string;
  readonly room: string;
  readonly pg1: number;
  readonly pg2: number;
  readonly apps: readonly number[];
}

export const MEMBERS = ["pg1", "pg2"] as const;
export type Member = (typeof MEMBERS)[number];

export const dataOf = ({ room }: Place, member: Member): string => join(room, member);
export const passwordsOf = ({ dir }: Place): string => join(dir, "secrets", "pgpass");
/** What a ConfigMap would hold: where the application finds its database. Each copy reads it for every request. */
export const configOf = ({ dir }: Place): string => join(dir, "config", "database.json");

export const whereOf = (place: Place, member: Member): Where => ({
  host: "127.0.0.1",
  port: place[member],
  user: ADMIN,
  database: DATABASE,
  passwords: passwordsOf(place),
});

const fileOf = (dir: string): string => join(dir, "saas.json");

/** The place that `up` made, or undefined. */
export const knownPlace = (dir: string): Place | undefined =>
  existsSync(fileOf(dir)) ? (JSON.parse(readFileSync(fileOf(dir), "utf8")) as Place) : undefined;

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** `bin/saas`: this Node, this example, this work directory. */
function writeCommand(dir: string): void {
  const file = join(dir, "bin", "saas");
  const program = fileURLToPath(new URL("saas.ts", import.meta.url));
  writeFileSync(file, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(program)} --dir ${quote(dir)} "$@"\n`);
  chmodSync(file, 0o755);
}

/** A password of this place's own, for the servers, for libpq, and as the secret that the manual names. */
function writePasswords(dir: string): void {
  const word = randomBytes(18).toString("base64url");
  writeFileSync(join(dir, "secrets", "database"), word, { mode: 0o600 });
  writeFileSync(join(dir, "secrets", "pgpass"), `*:*:*:${ADMIN}:${word}\n`, { mode: 0o600 });
}

/** Makes the folders, keeps what is there; ports are chosen once, the first free ones from `from` on. */
export async function makePlace(dir: string, from: number): Promise<Place> {
  for (const folder of ["bin", "config", "secrets", "room", "logs"])
    mkdirSync(join(dir, folder), { recursive: true, mode: folder === "secrets" ? 0o700 : 0o755 });
  writeCommand(dir);
  const known = knownPlace(dir);
  if (known) return known;
  const room = join(tmpdir(), `watchbook-saas-${createHash("sha256").update(dir).digest("hex").slice(0, 12)}`);
  const { user } = owner();
  for (const folder of ["", "s", "wal", "sets", "sets/tenants", "restore"]) {
    mkdirSync(join(room, folder), { recursive: true });
    // The servers' owner works in them, whoever that is.
    chmodSync(join(room, folder), 0o777);
  }
  copyFileSync(fileURLToPath(new URL("archive-wal", import.meta.url)), join(room, "archive-wal"));
  chmodSync(join(room, "archive-wal"), 0o755);
  writePasswords(dir);
  const ports: number[] = [];
  for (let one = 0; one < 2 + COPIES; one++) ports.push(await freePort(from + one, ports));
  const [pg1 = 0, pg2 = 0, ...apps] = ports;
  const place = { dir, room, pg1, pg2, apps };
  // What the manual's data says of the machine it was written on, and what it is here.
  writeFileSync(join(dir, "place.json"), JSON.stringify({ "/srv/saas-room": room, "user: postgres": `user: ${user}` }));
  writeFileSync(fileOf(dir), JSON.stringify(place));
  return place;
}

import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readdirSync } from "node:fs";
import { userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { Failure } from "./failure.ts";
import { ours } from "./process.ts";

/** Who runs the servers: PostgreSQL refuses root, which takes the package's own user instead. */
export interface Owner {
  readonly user: string;
  readonly ids?: { readonly uid: number; readonly gid: number };
}

const idOf = (flag: "-u" | "-g", user: string): number =>
  Number(execFileSync("id", [flag, user], { encoding: "utf8" }).trim());

export function owner(): Owner {
  if (process.getuid?.() !== 0) return { user: userInfo().username };
  return { user: "postgres", ids: { uid: idOf("-u", "postgres"), gid: idOf("-g", "postgres") } };
}

/** Debian packages of programs that are not on this machine. */
const PACKAGES: Readonly<Record<string, string>> = {
  psql: "postgresql-client",
  nginx: "nginx-light",
  openssl: "openssl",
};

/** Throws a Failure with the line that installs what is missing. */
export function demand(...programs: readonly string[]): void {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  const missing = programs
    .filter((name) => !folders.some((folder) => existsSync(join(folder, name))))
    .map((name) => PACKAGES[name] ?? name);
  if (newest() === undefined) missing.push("postgresql");
  if (missing.length > 0) throw new Failure("missing", { install: `apt-get install ${missing.join(" ")}` }, 4);
}

const ROOT = "/usr/lib/postgresql";
const newest = (): string | undefined =>
  existsSync(ROOT)
    ? readdirSync(ROOT)
        .filter((version) => existsSync(join(ROOT, version, "bin", "initdb")))
        .toSorted((one, other) => Number(other) - Number(one))[0]
    : undefined;
const program = (name: string): string => join(ROOT, newest() ?? "", "bin", name);

/** Runs one of PostgreSQL's programs as the servers' owner; gives what it printed. */
export function asOwner(
  { ids }: Owner,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string {
  try {
    return execFileSync(program(name), args, {
      encoding: "utf8",
      cwd: "/",
      // pg_ctl leaves a server behind that keeps its pipes open.
      stdio: ["ignore", name === "pg_ctl" ? "ignore" : "pipe", name === "pg_ctl" ? "ignore" : "pipe"],
      env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8", ...env },
      ...ids,
    });
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string | null };
    throw new Failure("program", { name, said: (stderr ?? "").trim().slice(-500) }, 4);
  }
}

/** Settings at the end of a server's postgresql.conf: the last one counts. */
export const settle = (data: string, settings: Readonly<Record<string, string>>): void =>
  appendFileSync(
    join(data, "postgresql.conf"),
    Object.entries(settings)
      .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
      .join(""),
  );

/** A server of its data folder runs: its first process says the folder in its command line. */
export const runs = (data: string): boolean => ours(join(data, "postmaster.pid"), data) !== undefined;

export function startServer(by: Owner, data: string): void {
  if (!runs(data)) asOwner(by, "pg_ctl", ["-s", "-D", data, "-l", `${data}.log`, "-w", "start"]);
}
export function stopServer(by: Owner, data: string): void {
  if (runs(data)) asOwner(by, "pg_ctl", ["-s", "-D", data, "-m", "fast", "-w", "stop"]);
}

import { execFile } from "node:child_process";
import { Failure } from "./failure.ts";

/** Where a database is: a host or the folder of a socket. */
export interface Where {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** File of passwords as libpq reads it. */
  readonly passwords?: string;
  /** Nothing can be written, whatever is asked. */
  readonly readOnly?: boolean;
}

/**
 * Rows that a statement gives, its columns as text. `:'NAME'` stands for a value, quoted by psql: there is no other driver
 * here, so that the example needs no package. Throws a Failure `database` with the last line psql said.
 */
export function query(
  where: Where,
  statement: string,
  values: Readonly<Record<string, string | number>> = {},
): Promise<readonly (readonly string[])[]> {
  const { host, port, user, database, passwords, readOnly = false } = where;
  const args = ["-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1"];
  for (const [name, value] of Object.entries(values)) args.push("-v", `${name}=${value}`);
  args.push("-h", host, "-p", String(port), "-U", user, "-d", database, "-f", "-");
  const env = {
    PATH: process.env["PATH"],
    LC_ALL: "C.UTF-8",
    PGCONNECT_TIMEOUT: "2",
    PGOPTIONS: `-c statement_timeout=10s -c default_transaction_read_only=${readOnly ? "on" : "off"}`,
    ...(passwords !== undefined && { PGPASSFILE: passwords }),
  };
  return new Promise((resolve, reject) => {
    const child = execFile("psql", args, { env, timeout: 15_000 }, (error, out, err) => {
      if (error) return reject(new Failure("database", { said: err.trim().split("\n").at(-1) ?? error.message }, 4));
      resolve(
        out === ""
          ? []
          : out
              .trimEnd()
              .split("\n")
              .map((line) => line.split("\t")),
      );
    });
    // A client that could not connect hangs up on what it was to read: its own words say why.
    child.stdin?.on("error", () => undefined).end(statement);
  });
}

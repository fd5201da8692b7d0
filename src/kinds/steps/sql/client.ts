import { z } from "zod";

export type Engine = "postgres" | "mysql";

/** Parameters of whoever asks a database through its own client. */
export const engineField = z.enum(["postgres", "mysql"]).describe("Which client is used: psql, or mariadb (mysql).");
export const placeFields = {
  host: z.string().min(1).optional().describe("Host, or folder of the socket; default: the client's own."),
  port: z.int().min(1).max(65_535).optional().describe("Port."),
  user: z.string().min(1).optional().describe("Database user."),
  database: z.string().min(1).optional().describe("Database."),
};
export const clientField = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe("How the client is called, where it is not simply there: `[docker, compose, exec, -T, db, psql]`.");

const place = z.object(placeFields);

interface Given {
  readonly engine: Engine;
  readonly connect: z.infer<typeof place>;
  readonly client?: readonly string[] | undefined;
}

/** So that a secret is no argument of a process: psql(1), libpq 34.15; mariadb(1). */
export const PASSWORD = { postgres: "PGPASSWORD", mysql: "MYSQL_PWD" } as const satisfies Record<Engine, string>;

/** The client, reading statements from its standard input and printing values alone; `named`: with their names. */
export function clientOf({ engine, client, connect }: Given, named = false): readonly string[] {
  const { host, port, user, database } = connect;
  const option = (flag: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [flag, String(value)];
  if (engine === "postgres")
    return [
      ...(client ?? ["psql"]),
      ...["-X", "-w", "-A", "-t", "-f", "-"],
      ...option("-h", host),
      ...option("-p", port),
      ...option("-U", user),
      ...option("-d", database),
    ];
  const at = host?.startsWith("/") ? option("-S", host) : option("-h", host);
  return [
    ...(client ?? ["mariadb"]),
    ...["--batch", ...(named ? [] : ["--skip-column-names"]), "--unbuffered", "--default-character-set=utf8mb4"],
    ...at,
    ...option("-P", port),
    ...option("-u", user),
    ...option("-D", database),
  ];
}

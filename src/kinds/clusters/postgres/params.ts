import { z } from "zod";
import type { BackupProgram } from "../../../model/backup.ts";

/** No sign that a pattern of file names would read. */
const folder = z.string().regex(/^\/[\w./@+ -]*$/, "backup-folder");
const line = z.string().regex(/^[^\0\n]+$/);
const port = z.int().min(1).max(65_535);
const secret = z.strictObject({ secret: z.string().min(1).describe("Reference of a secret.") });

export const params = z.strictObject({
  data: folder.describe("Folder of its data."),
  host: line.describe("Host by which the other members and those who write reach it."),
  port: port.default(5432).describe("Its port."),
  user: z
    .string()
    .regex(/^[a-z_][a-z0-9_.-]*$/i)
    .default("postgres")
    .describe("System user as which it runs: PostgreSQL refuses root."),
  programs: folder.optional().describe("Folder of its programs; default: /usr/lib/postgresql/VERSION/bin."),
  config: folder
    .optional()
    .describe("Its postgresql.conf, where that does not lie in the folder of its data (Debian)."),
  unit: z
    .string()
    .regex(/^[\w@.:\\-]+$/, "unit")
    .optional()
    .describe("systemd unit that runs it; default: pg_ctl starts it and ends it."),
  synchronous: line
    .default("ANY 1 (*)")
    .describe("synchronous_standby_names while a member follows; only in a cluster that is `synchronous`."),
  connect: z
    .strictObject({
      host: line.optional().describe("Folder of its socket, or a host; default: the client's own."),
      user: line.optional().describe("A superuser; default: the name of `user`."),
      database: line.default("postgres").describe("Database that is asked."),
      password: secret.optional().describe("`{secret: reference}`."),
    })
    .prefault({})
    .describe("How its own target reaches it."),
  follow: z
    .strictObject({
      user: line.optional().describe("Role that may replicate, and rewind: default: that of `connect`."),
      password: secret.optional().describe("`{secret: reference}`; default: that of `connect`."),
    })
    .prefault({})
    .describe("How the members reach each other."),
  address: z
    .strictObject({
      host: line.describe("Host, or several apart by commas, as libpq takes them."),
      port: z.union([port, line]).default(5432).describe("Port, or several apart by commas."),
      user: line.describe("Role that may create a table: the load of a drill writes there."),
      database: line.default("postgres").describe("Database that is written to."),
      password: secret.optional().describe("`{secret: reference}`."),
    })
    .optional()
    .describe(
      "The address that an application writes to, as seen from where watchbook runs: a proxy, a name, two hosts.",
    ),
});
export type PostgresParams = z.infer<typeof params>;

const PASSWORD = "PGPASSWORD";

/** Variables that every program finds. */
export function program(
  given: PostgresParams,
  text: string,
  env: Readonly<Record<string, string>> = {},
): BackupProgram {
  const { connect } = given;
  return {
    text,
    env: {
      WB_DATA: given.data,
      WB_HOST: connect.host ?? "",
      WB_PORT: String(given.port),
      WB_DB_USER: connect.user ?? given.user,
      WB_DATABASE: connect.database,
      WB_USER: given.user,
      WB_PROGRAMS: given.programs ?? "",
      WB_CONFIG: given.config ?? "",
      WB_UNIT: given.unit ?? "",
      WB_LOAD_DATABASE: given.address?.database ?? connect.database,
      ...env,
    },
    ...(connect.password && { secrets: { [PASSWORD]: connect.password.secret } }),
  };
}

/** Variables by which another member is reached over the network. */
export function upstream({ host, port: at, follow, connect, user }: PostgresParams): {
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
} {
  const password = follow.password ?? connect.password;
  return {
    env: {
      WB_UP_HOST: host,
      WB_UP_PORT: String(at),
      WB_UP_USER: follow.user ?? connect.user ?? user,
      WB_UP_DATABASE: connect.database,
    },
    secrets: password ? { WB_UP_PASSWORD: password.secret } : {},
  };
}

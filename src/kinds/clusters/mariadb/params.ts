import { z } from "zod";
import type { BackupProgram } from "../../../model/backup.ts";
import { secretField, secretsOf } from "../../backups/fields/secret.ts";

/** No sign that a pattern of file names would read. */
const folder = z.string().regex(/^\/[\w./@+ -]*$/, "backup-folder");
const line = z.string().regex(/^[^\0\n]+$/);
/** What a client takes for the value of an option, and nothing else. */
const name = z.string().regex(/^[^-\0\n'\\][^\0\n'\\]*$/);
const port = z.int().min(1).max(65_535);
const secret = secretField.optional();
const ROLE = "/etc/mysql/mariadb.conf.d/zz-watchbook.cnf";
/** As good as for ever, seconds: what is confirmed is with a replica. */
const YEAR_S = 31_536_000;

const connect = z.strictObject({
  socket: folder.optional().describe("Its socket; default: the client's own."),
  host: name.optional().describe("Host, where it is not reached by its socket; then with `port`."),
  user: name
    .optional()
    .describe("Account with all privileges: one that writes past `read_only`. Default: the client's own."),
  password: secret.describe("`{secret: reference}`."),
});

export const params = z.strictObject({
  data: folder.describe("Folder of its data."),
  host: name.describe("Host by which the other members and those who write reach it."),
  port: port.default(3306).describe("Its port."),
  user: z
    .string()
    .regex(/^[a-z_][a-z0-9_.-]*$/i)
    .default("mysql")
    .describe("System user as which it runs."),
  programs: folder.optional().describe("Folder of its programs; default: as the PATH has them."),
  config: folder.optional().describe("Its option file, the only one that it reads; default: those of the system."),
  role: folder
    .default(ROLE)
    .describe(
      "Option file that its configuration includes last and that nobody else writes: primary, replica or put aside.",
    ),
  unit: z
    .string()
    .regex(/^[\w@.:\\-]+$/, "unit")
    .optional()
    .describe("systemd unit that runs it; default: its program is started as `user`."),
  pid: folder.default("/run/mysqld/mysqld.pid").describe("Its pid file: what a drill kills."),
  wait: z
    .int()
    .min(1)
    .max(YEAR_S)
    .default(YEAR_S)
    .describe(
      "Seconds after which a commit goes on without a replica, in a cluster that is `synchronous`; what is confirmed from then on can be lost. Default: a year.",
    ),
  drain: z
    .int()
    .min(1)
    .max(540)
    .default(60)
    .describe("Seconds in which a replica must have applied what it had received, before it is promoted."),
  undrained: z
    .enum(["refuse", "lose"])
    .default("refuse")
    .describe("What then: it is not promoted, or it is, and what is lost is said."),
  connect: connect.prefault({}).describe("How its own target reaches it."),
  follow: z
    .strictObject({
      user: name.describe("Account that may replicate."),
      password: secret.describe("`{secret: reference}`. It lies in the member's `master.info`, as always in MariaDB."),
      ssl: z.boolean().default(false).describe("Members reach each other by TLS."),
    })
    .describe("How the members reach each other."),
  clone: line
    .optional()
    .describe(
      "Command on its target that prints a copy of the primary as mbstream (`ssh db2 mariadb-backup --backup --stream=mbstream`): whoever wrote what the primary does not have is copied anew, and its old data kept beside. It finds `$WB_UP_HOST`, `$WB_UP_PORT`. Default: such a member is refused.",
    ),
  address: z
    .strictObject({
      host: name.describe("Host, or several apart by commas: the first that can be written to."),
      port: z
        .union([port, z.string().regex(/^\d+(,\d+)*$/)])
        .default(3306)
        .describe("Port, or several apart by commas."),
      user: name.describe("Account that may make a table: the load of a drill writes there."),
      database: name.describe("Database that is written to."),
      password: secret.describe("`{secret: reference}`."),
    })
    .optional()
    .describe(
      "The address that an application writes to, as seen from where watchbook runs: a proxy, a name, two hosts.",
    ),
});
export type MariadbParams = z.infer<typeof params>;

/** Variables that every program finds. */
export function program(given: MariadbParams, text: string): BackupProgram {
  const { connect: own } = given;
  return {
    text,
    env: {
      WB_DATA: given.data,
      WB_SOCKET: own.socket ?? "",
      WB_HOST: own.host ?? "",
      WB_PORT: own.host === undefined ? "" : String(given.port),
      WB_DB_USER: own.user ?? "",
      WB_USER: given.user,
      WB_PROGRAMS: given.programs ?? "",
      WB_CONFIG: given.config ?? "",
      WB_ROLE: given.role,
      WB_UNIT: given.unit ?? "",
      WB_WAIT_MS: String(given.wait * 1000),
      WB_DRAIN: String(given.drain),
      WB_UNDRAINED: given.undrained,
      WB_CLONE: given.clone ?? "",
      WB_LOAD_DATABASE: given.address?.database ?? "",
    },
    // So that it is no argument of a process: mariadb(1).
    secrets: secretsOf({ MYSQL_PWD: own.password }),
  };
}

/** Variables by which another member is reached over the network. */
export const upstream = ({ host, port: at, follow }: MariadbParams): Required<Omit<BackupProgram, "text">> => ({
  env: {
    WB_UP_HOST: host,
    WB_UP_PORT: String(at),
    WB_UP_USER: follow.user,
    WB_UP_SSL: follow.ssl ? "1" : "0",
  },
  secrets: secretsOf({ WB_UP_PASSWORD: follow.password }),
});

import { z } from "zod";
import type { BackupProgram } from "../../../model/backup.ts";
import { serverEnv } from "../fields/server.ts";
import { pathField, secretField, secretsOf } from "../fields/secret.ts";

/** How the server that is in use is reached, as seen from the target; and how a restored one is run. */
export const fields = {
  connect: z
    .strictObject({
      socket: pathField.optional().describe("Socket of the server. Default: the client's own."),
      host: z.string().min(1).optional().describe("Host, where it is not reached by its socket."),
      port: z.int().min(1).max(65_535).optional().describe("Port."),
      user: z.string().min(1).optional().describe("Database user; a restored server asks for it as from localhost."),
      password: secretField.optional().describe("Its password: `{secret: reference}`."),
      database: z.string().min(1).optional().describe("Database in which rows are asked for."),
    })
    .default({})
    .describe("Where the server is, as seen from the target."),
  user: z
    .string()
    .regex(/^[A-Za-z_][\w.-]*\$?$/, "owner")
    .default("mysql")
    .describe("System user as whom a restored server runs. Default: mysql."),
  programs: pathField
    .optional()
    .describe("Folder of the server's programs, where several are installed. Default: as the PATH has them."),
};

const shape = z.object(fields);
export type ServerFields = z.infer<typeof shape>;

/** A program with the words and the variables of these fields. */
export function withServer(
  given: ServerFields,
  text: string,
  env: Readonly<Record<string, string>> = {},
): BackupProgram {
  const { connect } = given;
  return {
    text,
    env: {
      ...serverEnv(given),
      WB_SOCKET: connect.socket ?? "",
      WB_DATABASE: connect.database ?? "",
      ...env,
    },
    // So that it is no argument of a process: mariadb(1).
    secrets: secretsOf({ MYSQL_PWD: connect.password }),
  };
}

/** Names of the programs, where they are to be looked for. */
export const toolsOf = ({ programs }: Pick<ServerFields, "programs">, ...names: readonly string[]): readonly string[] =>
  programs === undefined ? names : names.map((name) => `${programs}/${name}`);

import { z } from "zod";
import type { BackupProgram } from "../../../model/backup.ts";
import { serverEnv } from "../fields/server.ts";

const folder = z.string().regex(/^\/[^\0\n]*$/, "backup-folder");
const line = z.string().regex(/^[^\0\n]+$/);

/** What every kind of PostgreSQL has. */
export const server = {
  connect: z
    .strictObject({
      host: line.optional().describe("Host, or folder of the socket; default: the client's own."),
      port: z.int().min(1).max(65_535).optional().describe("Port."),
      user: line.optional().describe("Database user; default: the name of `user`."),
      database: line.optional().describe("Database that is asked for rows; default: postgres."),
      password: z
        .strictObject({ secret: z.string().min(1).describe("Reference of a secret.") })
        .optional()
        .describe("`{secret: reference}`."),
    })
    .default({})
    .describe("Where the server is, as seen from the target."),
  user: z
    .string()
    .regex(/^[a-z_][a-z0-9_.-]*$/i)
    .default("postgres")
    .describe("System user as which programs run: PostgreSQL refuses root."),
  programs: folder
    .optional()
    .describe("Folder of the server's programs; default: /usr/lib/postgresql/VERSION/bin, the newest to take a copy."),
  settings: z
    .record(z.string().regex(/^(?!include)[a-z_][a-z0-9_.]*$/i), line)
    .default({})
    .describe("Settings that a restored server needs besides: `shared_preload_libraries`. Its isolation stays."),
};

export interface ServerParams {
  readonly connect: {
    readonly host?: string | undefined;
    readonly port?: number | undefined;
    readonly user?: string | undefined;
    readonly database?: string | undefined;
    readonly password?: { readonly secret: string } | undefined;
  };
  readonly user: string;
  readonly programs?: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

/** A program with the variables that the words need; what it is given besides comes on top. */
export function program(given: ServerParams, text: string, env: Readonly<Record<string, string>> = {}): BackupProgram {
  const { connect, settings } = given;
  return {
    text,
    env: {
      ...serverEnv(given),
      WB_DATABASE: connect.database ?? "postgres",
      WB_SETTINGS: Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(""),
      ...env,
    },
    ...(connect.password && { secrets: { PGPASSWORD: connect.password.secret } }),
  };
}

export { folder };

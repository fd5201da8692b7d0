import { z } from "zod";
import { defineBackup, type BackupProgram } from "../../model/backup.ts";
import { pathField, secretField, secretsOf } from "./fields/secret.ts";
import { READY, REDIS, RESTORE, START, STOP, TAKE } from "./redis/program.ts";

const params = z.strictObject({
  connect: z
    .strictObject({
      socket: pathField.optional().describe("Socket of the server."),
      host: z.string().min(1).optional().describe("Host. Default: 127.0.0.1."),
      port: z.int().min(1).max(65_535).optional().describe("Port. Default: 6379."),
      user: z.string().min(1).optional().describe("User of its access list. Default: `default`."),
      password: secretField.optional().describe("Its password: `{secret: reference}`."),
    })
    .default({})
    .describe("Where the server is, as seen from the target."),
  user: z
    .string()
    .regex(/^[A-Za-z_][\w.-]*\$?$/, "owner")
    .default("redis")
    .describe("System user as whom a restored server runs. Default: redis."),
});
type Params = z.infer<typeof params>;

const program = ({ connect, user }: Params, text: string): BackupProgram => ({
  text: REDIS + text,
  env: {
    WB_SOCKET: connect.socket ?? "",
    WB_HOST: connect.host ?? "",
    WB_PORT: String(connect.port ?? ""),
    WB_DB_USER: connect.user ?? "",
    WB_USER: user,
  },
  // So that it is no argument of a process: redis-cli --help, REDISCLI_AUTH.
  secrets: secretsOf({ REDISCLI_AUTH: connect.password }),
});

/** A snapshot of one moment; what was written after it is lost, so no point but its own can be restored. */
export const redisBackup = defineBackup<Params>({
  kind: "redis",
  params,
  holds: "database",
  tools: () => ["redis-cli"],
  // A snapshot takes less than the memory that it is of.
  size: (given) => program(given, `told "$(client INFO memory 2>/dev/null)" used_memory\n`),
  take: (given) => program(given, TAKE),
  examine: (given) => program(given, "whole\n"),
  restore: (given) => program(given, RESTORE),
  server: {
    start: (given) => program(given, START),
    stop: () => ({ text: STOP }),
    rows: (given) => program(given, "refuse backup-no-rows kind=redis\n"),
  },
  over: { path: () => undefined, ready: (given) => program(given, READY) },
});

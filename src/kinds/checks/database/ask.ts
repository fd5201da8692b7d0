import { z } from "zod";
import type { CheckContext } from "../../../model/check.ts";
import { clientField, clientOf, engineField, PASSWORD, placeFields, type Engine } from "../../steps/sql/client.ts";
import { Failing } from "../answer/failing.ts";
import { excerpt } from "../answer/text.ts";
import { exitCode, Unjudged } from "../answer/unjudged.ts";
import { duration } from "../params/duration.ts";

/** Parameters of a check that asks a database. */
export const databaseFields = {
  engine: engineField,
  connect: z
    .strictObject({
      ...placeFields,
      password: z
        .strictObject({ secret: z.string().min(1).describe("Reference of a secret.") })
        .optional()
        .describe("`{secret: reference}`."),
    })
    .prefault({})
    .describe("Where the database is, as seen from the target."),
  client: clientField,
  within: duration
    .default(5)
    .describe("No answer within this time is a failure: a database that is frozen takes connections all the same."),
};
const shape = z.object(databaseFields);
export type Database = z.infer<typeof shape>;

/** Exit code of timeout(1) when it ended what it ran. */
const SLOW = 124;

/** What the server says of itself, or does not say at all: it is down, or lets nobody in. */
const DOWN: Readonly<Record<Engine, RegExp>> = {
  postgres:
    /refused|could not connect|connection to server .* failed(?!.*authentication)|starting up|shutting down|recovery mode|too many clients|server closed|timeout expired|No such file/i,
  mysql: /ERROR (?:2002|2003|2006|2013|1040|1203|1053)\b/,
};
const DENIED: Readonly<Record<Engine, RegExp>> = {
  postgres:
    /authentication failed|no password supplied|permission denied|no pg_hba.conf entry|role ".*" does not exist/i,
  mysql: /ERROR (?:1045|1044|1142|1227|1698)\b/,
};

/**
 * What a statement prints in a transaction that may only read, line by line. Throws Failing when the database does not
 * answer, Unjudged when it refuses the one who asks, or the statement.
 */
export async function ask(
  given: Database,
  statement: string,
  context: CheckContext,
  named = false,
): Promise<readonly string[]> {
  const { reach, signal } = context;
  const { engine, connect, within } = given;
  const argv = clientOf(given, named);
  const password = connect.password && (await context.secret(connect.password.secret));
  const begin =
    engine === "postgres" ? "\\set ON_ERROR_STOP on\n\\set QUIET on\nBEGIN READ ONLY;" : "START TRANSACTION READ ONLY;";
  const { end, out, err } = await reach.exec(["timeout", "-k", "1", `${within}`, ...argv], {
    signal,
    stdin: `${begin}\n${statement.replace(/[\s;]+$/, "")};\nROLLBACK;\n`,
    // Ended by the target itself: a target that does not answer is not a database that does not.
    timeoutMs: (within + 5) * 1_000,
    env: { PGCONNECT_TIMEOUT: `${Math.ceil(within)}`, ...(password !== undefined && { [PASSWORD[engine]]: password }) },
  });
  const [client = ""] = argv;
  const code = exitCode(client, end);
  if (code === SLOW) throw new Failing("sql-slow", { within });
  if (code === 126 || code === 127) throw new Unjudged(code === 127 ? "command-missing" : "no-permission", client);
  if (code === 0) return out.split("\n").filter((line) => line !== "");
  const detail = excerpt(err, 160);
  if (DENIED[engine].test(err)) throw new Unjudged("no-permission", detail);
  if (DOWN[engine].test(err)) throw new Failing("sql-down", { detail });
  throw new Unjudged("unparsable", `${client}: ${detail || code}`);
}

import { z } from "zod";
import { defineBackup } from "../../model/backup.ts";
import { DUMP_RESTORE } from "./postgres/dump.ts";
import { ISOLATED, START } from "./postgres/isolated.ts";
import { READY_DUMP } from "./postgres/over-dump.ts";
import { program, server } from "./postgres/params.ts";
import { postgresServer } from "./postgres/server.ts";
import { ASK, POSTGRES } from "./postgres/words.ts";

const params = z.strictObject({
  ...server,
  database: z
    .string()
    .regex(/^[^\0\n]+$/)
    .optional()
    .describe("Only this database; default: all of them, each of one moment of its own. Roles come along in any case."),
});
type Params = z.infer<typeof params>;

const CHOSEN = String.raw`datallowconn AND NOT datistemplate AND ('$(printf %s "$WB_ONLY" | sed "s/'/''/g")' IN ('', datname))`;

const SIZE = String.raw`
pg_programs ''
ask "SELECT sum(pg_database_size(oid))::bigint FROM pg_database WHERE ${CHOSEN}" 2>/dev/null
`;

/** Files bear the databases' numbers: names may hold anything. */
const TAKE = String.raw`
pg_programs ''
pg_need pg_dump pg_dumpall psql
folder "$WB_COPY" "$WB_USER"
asked 'SELECT rolname FROM pg_roles WHERE oid = 10'
keep ROLE "$answer"
asked 'SHOW server_version'
keep VERSION "$answer"
asked "SELECT current_setting('server_version_num')::int / 10000"
keep MAJOR "$answer"
asked "SELECT sum(pg_database_size(oid))::bigint FROM pg_database WHERE ${CHOSEN}"
keep SIZE "$answer"
# Passwords can only be read by a superuser.
if client pg_dumpall -w --roles-only >"$WB_COPY/roles.sql" 2>"$WB_COPY.said"; then keep ROLES whole
else
  client pg_dumpall -w --roles-only --no-role-passwords >"$WB_COPY/roles.sql" 2>"$WB_COPY.said" ||
    refuse backup-tool-failed "tool=pg_dumpall" "detail=$(tail -n 3 "$WB_COPY.said")"
  keep ROLES without-passwords
fi
asked "SELECT oid || ' ' || datname FROM pg_database WHERE ${CHOSEN} ORDER BY oid"
[ -n "$answer" ] || refuse backup-no-source "path=${"$"}{WB_ONLY:-*}"
printf '%s\n' "$answer" >"$WB_COPY/databases"
while read -r oid name; do
  # As a connection string: a name with a sign of equality is none of its words.
  quoted=$(printf %s "$name" | sed "s/[\\\\']/\\\\&/g")
  client pg_dump -w -F c --create -d "dbname='$quoted'" >"$WB_COPY/$oid.dump" 2>"$WB_COPY.said" ||
    refuse backup-tool-failed "tool=pg_dump $name" "detail=$(tail -n 3 "$WB_COPY.said")"
done <"$WB_COPY/databases"
rm -f -- "$WB_COPY.said"
fact TOOL "$(pg pg_dump --version)"
`;

/** Every dump is read to its end: a list of contents alone is at its beginning. */
const EXAMINE = String.raw`
pg_programs ''
pg_need pg_restore
while read -r oid name; do
  "$programs/pg_restore" -f /dev/null "$WB_COPY/$oid.dump" >"$WB_COPY.said" 2>&1 && [ ! -s "$WB_COPY.said" ] || {
    said=$(head -n 3 "$WB_COPY.said")
    rm -f -- "$WB_COPY.said"
    refuse backup-damaged "detail=$oid.dump ($name): $said"
  }
done <"$WB_COPY/databases"
rm -f -- "$WB_COPY.said"
`;

/** What is asked for rows is the database that is dumped. */
const named = ({ database, connect, ...given }: Params) => ({
  ...given,
  connect: { ...connect, database: connect.database ?? database },
});
const whole = (given: Params, words: readonly string[]) =>
  program(named(given), [POSTGRES, ...words].join("\n"), { WB_ONLY: given.database ?? "" });

/** Databases as statements (pg_dump): smaller, and for a newer server too; restored into a fresh server. */
export const postgresDumpBackup = defineBackup<Params>({
  kind: "postgres-dump",
  params,
  holds: "database",
  tools: ({ programs }) => (programs === undefined ? [] : [`${programs}/pg_dump`]),
  size: (given) => whole(given, [ASK, SIZE]),
  take: (given) => whole(given, [ASK, TAKE]),
  examine: (given) => whole(given, [EXAMINE]),
  restore: (given) => whole(given, [ISOLATED, START, DUMP_RESTORE]),
  server: {
    start: (given) => postgresServer.start(named(given)),
    stop: (given) => postgresServer.stop(given),
    rows: (given) => postgresServer.rows(named(given)),
  },
  over: { path: () => undefined, ready: (given) => whole(given, [READY_DUMP]) },
});

import { z } from "zod";
import { defineBackup } from "../../model/backup.ts";
import { fields, toolsOf, withServer } from "./mariadb/connect.ts";
import { READY } from "./mariadb/over.ts";
import { server } from "./mariadb/server.ts";
import { MARIADB } from "./mariadb/words.ts";

const params = z.strictObject({
  ...fields,
  databases: z
    .array(z.string().regex(/^[^\n-][^\n]*$/, "backup-name"))
    .default([])
    .describe("Databases that are dumped. Default: all, with users and rights."),
  compress: z.boolean().default(true).describe("With gzip. Default: true."),
});
type Params = z.infer<typeof params>;

/** As text, numbers and dates take more room than in a table, and blobs in hexadecimal twice as much. */
const SIZE = `asked 'SELECT 3 * SUM(data_length) FROM information_schema.tables' 2>/dev/null | cut -d . -f 1 | tr -cd 0-9\n`;

const WORDS = String.raw`
packed() { if [ "$WB_COMPRESS" = true ]; then gzip -1; else cat; fi; }
unpacked() { if [ -e "$WB_COPY/dump.sql.gz" ]; then gzip -dc "$WB_COPY/dump.sql.gz"; else cat "$WB_COPY/dump.sql"; fi; }
# A dump that was cut off is good SQL too: only its last line says that it is whole.
finished() {
  last=$(unpacked | tail -n 1)
  case $last in '-- Dump completed'*) ;; *) refuse backup-damaged "detail=$(printf %s "$last" | cut -c 1-100)" ;; esac
}
hex() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }
# What a user may not see, mariadb-dump leaves out and ends with 0.
seeing() {
  lacking=$(asked "SELECT GROUP_CONCAT(one SEPARATOR ', ')
    FROM (SELECT 'SELECT' one UNION SELECT 'SHOW VIEW' UNION SELECT 'TRIGGER' UNION SELECT 'EVENT') wanted
    WHERE one NOT IN (
      SELECT privilege_type FROM (
        SELECT grantee, privilege_type FROM information_schema.user_privileges
        UNION SELECT grantee, privilege_type FROM information_schema.schema_privileges
        WHERE CONVERT(X'$(hex "$1")' USING utf8mb4) LIKE table_schema
      ) given
      WHERE TRIM(TRAILING '@' FROM REPLACE(grantee, CHAR(39), '')) IN (
        SELECT CURRENT_USER() UNION SELECT 'PUBLIC' UNION SELECT role_name FROM information_schema.enabled_roles
      )
    )" 2>&1) || refuse backup-tool-failed tool=mariadb "detail=$lacking"
  [ "$lacking" = NULL ] ||
    refuse backup-rights "user=${"$"}{WB_DB_USER:-$(id -un)}" "database=${"$"}{1:-*}" "rights=$lacking"
}
`;

const TAKE = String.raw`
reached
if [ -z "$WB_DATABASES" ]; then
  seeing ''
  set -- --all-databases
else
  set -- --databases
  while IFS= read -r one; do
    [ -n "$one" ] || continue
    seeing "$one"
    set -- "$@" "$one"
  done <<WB_END
$WB_DATABASES
WB_END
fi
[ "$(variable log_bin)" = 1 ] && set -- --master-data=2 "$@"
if [ "$WB_COMPRESS" = true ]; then file=dump.sql.gz; else file=dump.sql; fi
{
  reach mariadb-dump --single-transaction --quick --routines --events --triggers --hex-blob \
    --default-character-set=utf8mb4 --max-allowed-packet=1G "$@" 2>"$WB_COPY.said"
  echo $? >"$WB_COPY.ended"
} | packed >"$WB_COPY/$file" || refuse backup-unwritten "path=$WB_COPY"
read -r ended <"$WB_COPY.ended"
said=$(brief "$WB_COPY.said")
rm -f -- "$WB_COPY.ended" "$WB_COPY.said"
[ "$ended" -eq 0 ] || refuse backup-tool-failed tool=mariadb-dump "detail=$said"
finished
{
  echo "version=$(variable version)"
  echo "lower_case_table_names=$(variable lower_case_table_names)"
} >"$WB_COPY/server" || refuse backup-unwritten "path=$WB_COPY"
fact TOOL "$(mariadb-dump --version)"
fact SERVER "$(value "$WB_COPY/server" version)"
fact BINLOG "$(unpacked 2>/dev/null | head -n 60 | sed -n "s/^-- CHANGE MASTER TO MASTER_LOG_FILE='\(.*\)', MASTER_LOG_POS=\([0-9]*\);$/\1 \2/p")"
`;

/**
 * All databases bring their own users; for some, the user who asks is made here, of the password that was given. SQL is
 * written with hexadecimal texts: nothing in a name can end them.
 */
const RESTORE = String.raw`
need mariadbd mariadb mariadb-admin mariadb-install-db gzip
case $WB_TO_KIND in latest | set) ;; *) refuse restore-no-log "point=$WB_TO" ;; esac
halt "--datadir=$WB_INTO/data"
not_newer
finished
rooms
cp -- "$WB_COPY/server" "$WB_INTO/server" || refuse backup-unwritten "path=$WB_INTO"
names=$(value "$WB_INTO/server" lower_case_table_names)
# Started by name: it looks for its own files beside itself.
(cd / && as "$WB_USER" mariadb-install-db --no-defaults "--datadir=$WB_INTO/data" --auth-root-authentication-method=normal \
  --skip-test-db --skip-name-resolve ${"$"}{names:+"--lower-case-table-names=$names"}) >"$WB_INTO/log/install" 2>&1 ||
  refuse backup-tool-failed tool=mariadb-install-db "detail=$(brief "$WB_INTO/log/install")"
owned
login() {
  [ -n "$WB_DATABASES" ] && [ -n "$WB_DB_USER" ] || return 0
  printf "SET @who = CONCAT(QUOTE(CONVERT(X'%s' USING utf8mb4)), '@localhost');\n" "$(hex "$WB_DB_USER")"
  printf "EXECUTE IMMEDIATE CONCAT('CREATE OR REPLACE USER ', @who, ' IDENTIFIED BY ', QUOTE(CONVERT(X'%s' USING utf8mb4)));\n" "$1"
  printf "EXECUTE IMMEDIATE CONCAT('GRANT ALL PRIVILEGES ON *.* TO ', @who, ' WITH GRANT OPTION');\n"
}
password=$(hex "${"$"}{MYSQL_PWD:-}")
unset MYSQL_PWD
serve
{
  unpacked
  login "$password"
  echo 'SHUTDOWN;'
} | inside mariadb --user=root --binary-mode --default-character-set=utf8mb4 --max-allowed-packet=1G >/dev/null 2>"$WB_INTO/log/import" || {
  halt "--datadir=$WB_INTO/data"
  refuse backup-tool-failed tool=mariadb "detail=$(brief "$WB_INTO/log/import")"
}
down
`;

/** Only the whole of a server takes a server's place: else some databases would be all that is left, without its users. */
const WHOLE = String.raw`
[ -z "$WB_DATABASES" ] || refuse restore-over-some "databases=$(printf %s "$WB_DATABASES" | tr '\n' ' ')"
`;

const program = (given: Params, text: string) =>
  withServer(given, MARIADB + WORDS + text, {
    WB_DATABASES: given.databases.join("\n"),
    WB_COMPRESS: String(given.compress),
  });

/** A dump as SQL: slower to restore than files, but any later version takes it. */
export const mariadbDumpBackup = defineBackup<Params>({
  kind: "mariadb-dump",
  params,
  holds: "database",
  tools: (given) => [...toolsOf(given, "mariadb-dump", "mariadb"), ...(given.compress ? ["gzip"] : [])],
  size: (given) => program(given, SIZE),
  take: (given) => program(given, TAKE),
  examine: (given) => program(given, "finished\n"),
  restore: (given) => program(given, RESTORE),
  server,
  over: { path: () => undefined, ready: (given) => program(given, WHOLE + READY) },
});

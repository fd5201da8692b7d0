/**
 * One transaction through a database's own client, which only needs standard input and output: it may run in a
 * container or as another user. Statements go in, then what they gave is judged, and only then the transaction is
 * committed. Lines that begin with a random word tell how far the client came.
 *
 * From the environment: WB_SQL, WB_NAMES (names of values, each in WB_V_name), WB_ROWS and WB_VALUE (what it must give;
 * WB_WANTS says which of them counts), WB_READ (yes, no). Arguments of the client: the positional parameters.
 */
const JUDGE = String.raw`
command -v "$1" >/dev/null || refuse tool-missing "tool=$1"
A=$WATCHBOOK_ATTEMPT
mark=wb$(od -An -N12 -tx1 </dev/urandom | tr -d ' \n')
mkfifo "$A/sql" && : >"$A/answer" && : >"$A/errors" || refuse sql-not-run "detail=$A"
encoded() { eval "printf %s \"\$WB_V_$1\"" | base64 | tr -d '\n'; }
"$@" <"$A/sql" >"$A/answer" 2>"$A/errors" &
client=$!
exec 3>"$A/sql"
rm -f "$A/sql"
trap '' PIPE
told() { grep "^$mark $1" "$A/answer" 2>/dev/null | tail -n 1; }
running() {
  read -r line 2>/dev/null <"/proc/$client/stat" || return 1
  case ${"$"}{line##*) } in Z* | X*) return 1 ;; esac
}
# Waits until the client has said this, or has ended.
await() {
  pause=0.01
  while [ -z "$(told "$1")" ]; do
    running || { [ -n "$(told "$1")" ]; return; }
    sleep $pause
    pause=0.05
  done
}
fault() { tr '\n' ' ' <"$A/errors" | cut -c 1-300; }
show() {
  grep -v "^$mark " "$A/answer"
  cat "$A/errors" >&2
}
before >&3
if ! await rows; then
  exec 3>&-
  wait $client
  show
  [ -n "$(told connected)" ] && refuse sql-error "detail=$(fault)"
  give WB_ENDING unreachable
  refuse sql-not-connected "detail=$(fault)"
fi
rows=$(told rows)
rows=${"$"}{rows#"$mark rows "}
value=$(sed -n "/^$mark begin/,/^$mark rows/p" "$A/answer" | grep -v "^$mark " | tail -n 1)
give ROWS "$rows"
give VALUE "$value"
wrong=
case $WB_WANTS in *rows*) [ "$rows" = "$WB_ROWS" ] || wrong=rows ;; esac
case $WB_WANTS in *value*) [ "$value" = "$WB_VALUE" ] || wrong=value ;; esac
if [ -n "$wrong" ]; then after ROLLBACK >&3; else after COMMIT >&3; fi
exec 3>&-
wait $client
code=$?
show
[ "$wrong" = rows ] && refuse sql-rows "rows=$rows" "wanted=$WB_ROWS"
[ "$wrong" = value ] && refuse sql-value "value=$value" "wanted=$WB_VALUE"
[ -n "$(told ended)" ] && [ $code -eq 0 ] && exit 0
lost && give WB_ENDING unknown && refuse sql-commit-lost "detail=$(fault)"
refuse sql-error "detail=$(fault)"
`;

/** psql 11 or later: a value becomes a psql variable by way of the server, `:'name'` in a statement is its literal. */
export const POSTGRES = String.raw`
say_mark() { printf '%s\n' '\o |cat' "\\qecho $mark $1" '\o'; }
before() {
  printf '%s\n' '\set ON_ERROR_STOP on' '\set QUIET on'
  say_mark connected
  # A server that looks after its client lets go of locks when that is ended (PostgreSQL 14 and later).
  printf '%s\n' "SELECT set_config(name, '2s', false) AS wb_set FROM pg_settings WHERE name = 'client_connection_check_interval' \\g /dev/null"
  [ "$WB_READ" = yes ] && printf '%s\n' 'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;'
  for name in $WB_NAMES; do
    printf "SELECT convert_from(decode('%s','base64'),'UTF8') AS \"%s\" \\\\gset\n" "$(encoded "$name")" "$name"
  done
  printf '%s\n' 'BEGIN;'
  say_mark begin
  printf '%s\n' '\o |cat' "$WB_SQL" ';' '\o' '\set wb_rows :ROW_COUNT'
  say_mark 'rows :wb_rows'
}
after() {
  printf '%s;\n' "$1"
  say_mark ended
}
# psql(1), exit status 2: the connection went away.
lost() { [ $code -eq 2 ]; }
${JUDGE}`;

/** The client of MariaDB or MySQL: a value becomes a user variable, @name in a statement. */
export const MARIADB = String.raw`
before() {
  printf "SELECT '%s connected';\n" "$mark"
  for name in $WB_NAMES; do
    printf "SET @%s = CONVERT(FROM_BASE64('%s') USING utf8mb4);\n" "$name" "$(encoded "$name")"
  done
  if [ "$WB_READ" = yes ]; then echo 'START TRANSACTION READ ONLY;'; else echo 'START TRANSACTION;'; fi
  printf "SELECT '%s begin';\n" "$mark"
  printf '%s\n' "$WB_SQL" ';'
  printf "SELECT CONCAT('%s rows ', IF(ROW_COUNT() < 0, FOUND_ROWS(), ROW_COUNT()));\n" "$mark"
}
after() { printf "%s;\nSELECT '%s ended';\n" "$1" "$mark"; }
# CR_SERVER_GONE_ERROR, CR_SERVER_LOST: it cannot be known whether the commit arrived.
lost() { grep -Eq 'ERROR (2006|2013)' "$A/errors"; }
${JUDGE}`;

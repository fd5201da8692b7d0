import { member } from "../member/words.ts";

/**
 * Words of every program of a member, on top of those of any kind: `here` (sets `$data`),
 * `sql SECONDS STATEMENTS` (sets `$answer`), `looked SECONDS` (then `part NAME`), `number GTIDS` and `branch GTIDS` of the main
 * domain, `begin_server`, `answers SECONDS`, `end_server SECONDS`, `ids_of TABLE` (sets `$ids`).
 */
export const MEMBER = String.raw`
${member("mariadbd", "mysqld")}
PATH="${"$"}{WB_PROGRAMS:+$WB_PROGRAMS:}$PATH:/usr/sbin:/usr/local/sbin:/usr/libexec"
export PATH
[ -n "${"$"}{MYSQL_PWD:-}" ] || unset MYSQL_PWD
cd /
here() {
  data=$(as "$WB_USER" readlink -f -- "$WB_DATA") && [ -n "$data" ] || refuse cluster-no-data "path=$WB_DATA"
  need mariadb
}
signal() {
  # shellcheck disable=SC2046 # numbers, apart
  as "$WB_USER" sh -c 'name=$1; shift; kill "-$name" "$@" 2>/dev/null' sh "$1" $(servers | cut -d ' ' -f 1)
}
# Statements come on its input: arguments can be seen. Nobody waits longer than so many seconds.
client() {
  limit=$1
  shift
  timeout -k 1 "$limit" mariadb --no-defaults ${"$"}{WB_SOCKET:+"--socket=$WB_SOCKET"} ${"$"}{WB_HOST:+"--host=$WB_HOST"} ${"$"}{WB_PORT:+"--port=$WB_PORT"} \
    ${"$"}{WB_DB_USER:+"--user=$WB_DB_USER"} "--connect-timeout=$limit" --default-character-set=utf8mb4 --skip-reconnect --batch "$@" 2>&1
}
sql() { answer=$(printf '%s\n' "$2" | client "$1" --raw --skip-column-names); }
# The error alone: what was asked may hold a password.
brief() {
  said=$(printf '%s\n' "$1" | grep '^ERROR' | tail -n 1)
  [ -n "$said" ] || said=$(printf '%s\n' "$1" | tail -n 1)
  printf '%s' "$said" | cut -c 1-200
}
# All that a member says of itself, "NAME: VALUE" a line; who follows nobody says nothing of a master.
looked() {
  for one in $parts; do unset "P_$one"; done
  parts=
  answer=$(client "$1" <<'WB_END'
SELECT @@version AS VERSION, @@global.gtid_domain_id AS DOMAIN, @@global.server_id AS SERVER, @@global.gtid_binlog_pos AS BINLOG,
  @@global.gtid_slave_pos AS APPLIED, @@global.gtid_current_pos AS CURRENT, @@global.gtid_binlog_state AS STATES,
  IF(CONCAT(@@global.read_only) IN ('0', 'OFF'), 'no', 'yes') AS READONLY, @@global.innodb_read_only AS ASIDE,
  @@global.log_bin AS LOG, @@global.log_slave_updates AS UPDATES, @@global.log_bin_basename AS BASENAME,
  @@global.rpl_semi_sync_master_enabled AS SEMI,
  (SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'RPL_SEMI_SYNC_MASTER_STATUS') AS SEMI_STATUS,
  (SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'RPL_SEMI_SYNC_MASTER_CLIENTS') AS SEMI_CLIENTS,
  (SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'RPL_SEMI_SYNC_MASTER_YES_TX') AS SEMI_YES,
  (SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'RPL_SEMI_SYNC_SLAVE_STATUS') AS SEMI_SLAVE,
  (SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND = 'Slave_worker' AND STATE NOT LIKE 'Waiting for work%') AS BUSY \G
SHOW SLAVE STATUS \G
SHOW SLAVE HOSTS \G
WB_END
  ) || return 1
  case $answer in *VERSION:*) ;; *) return 1 ;; esac
  eval "$(printf '%s\n' "$answer" | awk -v quote="'" '
    match($0, /^ *[A-Za-z_]+: /) {
      name = substr($0, 1, RLENGTH - 2)
      value = substr($0, RLENGTH + 1)
      sub(/^ */, "", name)
      if (name in known) next
      known[name] = 1
      names = names " " name
      gsub(quote, quote "\\" quote quote, value)
      print "P_" name "=" quote value quote
    }
    END { print "parts=" quote names quote }')"
}
parts=
part() { eval "printf %s \"\$P_$1\""; }
# Of a list of GTIDs that of the main domain: its number, and the branch of history it is on.
main() {
  case ",$1" in *",${"$"}{domain:-0}-"*) rest=",$1" ;; *) return 0 ;; esac
  rest=${"$"}{rest#*",${"$"}{domain:-0}-"}
  printf %s "${"$"}{rest%%,*}"
}
number() {
  one=$(main "$1")
  printf %s "${"$"}{one##*-}"
}
branch() {
  one=$(main "$1")
  [ -z "$one" ] || printf %s "${"$"}{domain:-0}-${"$"}{one%%-*}"
}
# Where it writes what it could not do: its error log as far as it went when it was started, or the journal of its unit.
log_begins() {
  began=$(date +%s)
  log=$(mariadbd ${"$"}{WB_CONFIG:+"--defaults-file=$WB_CONFIG"} --print-defaults 2>/dev/null | tr ' ' '\n' | sed 's/^--log_error/--log-error/' | grep '^--log-error\(=\|$\)' | tail -n 1)
  case $log in
    '') log=${"$"}{WB_UNIT:+journal} && log=${"$"}{log:-$data/watchbook.err} ;;
    --log-error=/*) log=${"$"}{log#*=} ;;
    --log-error=?*) log=$data/${"$"}{log#*=} ;;
    *) log=$data/$(hostname).err ;;
  esac
  read_before=$(as "$WB_USER" sh -c 'wc -c <"$1"' sh "$log" 2>/dev/null) || read_before=0
}
log_since() {
  if [ "$log" = journal ]; then journalctl -q -o cat -u "$WB_UNIT" --since "@$began" 2>/dev/null; else as "$WB_USER" tail -c "+$((read_before + 1))" -- "$log" 2>/dev/null; fi
}
# The first of its errors is why: the others follow from it.
why() { log_since | sed -n 's/^.*\[ERROR\] */; /p' | head -n 1 | cut -c 1-300; }
begin_server() {
  log_begins
  if [ -n "$WB_UNIT" ]; then
    sudo_ systemctl reset-failed -- "$WB_UNIT" 2>/dev/null
    sudo_ systemctl start -- "$WB_UNIT" || refuse cluster-not-started "detail=systemctl start $WB_UNIT$(why)"
    return
  fi
  program=$(command -v mariadbd) || refuse backup-tool tool=mariadbd
  as "$WB_USER" env -i "PATH=$PATH" LC_ALL=C TZ=UTC "HOME=$data" sh -c 'cd / && data=$1 && shift && setsid "$@" </dev/null >>"$data/watchbook.err" 2>&1 &' sh "$data" \
    "$program" ${"$"}{WB_CONFIG:+"--defaults-file=$WB_CONFIG"}
}
# It answers; at most so many seconds. Who reads back what it had begun answers nobody yet.
answers() {
  left=$(($1 * 20)) none=0
  until sql 3 'SELECT 1' && [ "$answer" = 1 ]; do
    if [ -n "$(servers)" ]; then none=0; else none=$((none + 1)); fi
    [ "$left" -gt 0 ] && [ "$none" -lt 40 ] || refuse cluster-not-started "detail=$(brief "$answer")$(why)"
    left=$((left - 1))
    sleep 0.05
  done
}
end_server() {
  [ -z "$WB_UNIT" ] || sudo_ systemctl stop --no-block -- "$WB_UNIT"
  signal TERM
  all_gone "$1" || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
}
# Rows of the load as one short text: 1-9,11. A table that has not come yet has none.
ids_of() {
  base=$(printf %s "$WB_LOAD_DATABASE" | sed 's/"/""/g')
  sql 20 "SET SESSION sql_mode = 'ANSI_QUOTES'; SELECT MIN(id), MAX(id) FROM (SELECT id, id - ROW_NUMBER() OVER (ORDER BY id) AS run FROM \"$base\".\"$1\") AS x GROUP BY run ORDER BY 1" ||
    case $answer in *'ERROR 1146 '*) answer= ;; *) return 1 ;; esac
  ids=$(printf '%s\n' "$answer" | awk 'NF == 2 { printf "%s%s", sep, ($1 == $2 ? $1 : $1 "-" $2); sep = "," }')
}
`;

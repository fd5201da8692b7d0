import { HALT, SERVER } from "../program/server.ts";

/**
 * Words for MariaDB, on top of those of every backup: `reach CLIENT …` (as the fields say), `reached`, `asked STATEMENT`,
 * `serve HOW [OPTION…]`, `inside CLIENT …` (the restored server), `up`, `down`.
 */
export const MARIADB = String.raw`
PATH="${"$"}{WB_PROGRAMS:+$WB_PROGRAMS:}$PATH:/usr/sbin:/usr/local/sbin:/usr/libexec"
export PATH
[ -n "${"$"}{MYSQL_PWD:-}" ] || unset MYSQL_PWD
reach() {
  client=$1
  shift
  "$client" --no-defaults ${"$"}{WB_SOCKET:+"--socket=$WB_SOCKET"} ${"$"}{WB_HOST:+"--host=$WB_HOST"} \
    ${"$"}{WB_PORT:+"--port=$WB_PORT"} ${"$"}{WB_DB_USER:+"--user=$WB_DB_USER"} "$@"
}
# One statement's rows, cells apart by tabs, nothing escaped.
asked() { reach mariadb --batch --raw --skip-column-names --default-character-set=utf8mb4 -e "$1"; }
reached() {
  need mariadb
  said=$(asked 'SELECT 1' 2>&1 >/dev/null) && return
  case $said in
    *'ERROR 1045'* | *'ERROR 1044'* | *'ERROR 1698'* | *'ERROR 4151'*)
      refuse backup-password "user=${"$"}{WB_DB_USER:-$(id -un)}" "detail=$said" ;;
    *)
      give WB_ENDING unreachable
      refuse backup-no-connection "detail=$said" ;;
  esac
}
variable() { asked "SELECT @@global.$1" 2>/dev/null; }
server_version() { mariadbd --no-defaults --version | sed 's/^.*Ver \([0-9.]*\).*$/\1/'; }
not_newer() {
  copied=$(value "$WB_COPY/server" version)
  ours=$(server_version)
  if newer "$copied" "$ours"; then refuse restore-newer "copy=$copied" "server=$ours"; fi
}
# Folders of a server that is restored; its socket can only be reached by the user and by root.
rooms() {
  socket_fits "$WB_INTO/socket/s"
  folder "$WB_INTO" "$WB_USER"
  for room in data socket tmp log; do folder "$WB_INTO/$room" "$WB_USER"; done
}
# What root has put there is the server's own.
owned() {
  [ "$(id -un)" = "$WB_USER" ] || chown -R -- "$WB_USER" "$WB_INTO/data" "$WB_INTO/tmp" ||
    refuse backup-folder "path=$WB_INTO/data"
}
inside() {
  client=$1
  shift
  "$client" --no-defaults "--socket=$WB_INTO/socket/s" "$@"
}
# Alone: no port, no binary log, no replication, no events, nothing of the configuration that is in use.
serve() {
  program=$(command -v mariadbd) || refuse backup-tool tool=mariadbd
  pages=$(sed -n 's/^innodb_page_size=//p' "$WB_INTO/data/backup-my.cnf" 2>/dev/null)
  files=$(sed -n 's/^innodb_data_file_path=//p' "$WB_INTO/data/backup-my.cnf" 2>/dev/null)
  undo=$(sed -n 's/^innodb_undo_tablespaces=//p' "$WB_INTO/data/backup-my.cnf" 2>/dev/null)
  names=$(value "$WB_INTO/server" lower_case_table_names)
  apart "$WB_USER" "$WB_INTO/log/out" "$program" --no-defaults "--datadir=$WB_INTO/data" --skip-networking \
    "--socket=$WB_INTO/socket/s" "--pid-file=$WB_INTO/log/pid" "--log-error=$WB_INTO/log/error" \
    "--tmpdir=$WB_INTO/tmp" "--secure-file-priv=$WB_INTO/tmp" --skip-log-bin --skip-slave-start --event-scheduler=OFF \
    --max-allowed-packet=1G --skip-symbolic-links ${"$"}{pages:+"--innodb-page-size=$pages"} \
    ${"$"}{files:+"--innodb-data-file-path=$files"} ${"$"}{undo:+"--innodb-undo-tablespaces=$undo"} \
    ${"$"}{names:+"--lower-case-table-names=$names"} "$@"
  served=$!
  # Answers also whom it does not know: mariadb-admin(1), ping.
  until inside mariadb-admin --user=watchbook ping >/dev/null 2>&1; do
    alive "$served" || refuse restore-not-started "detail=$(brief "$WB_INTO/log/error")"
    sleep 0.1
  done
}
down() {
  wait "$served" || refuse restore-not-started "detail=$(brief "$WB_INTO/log/error")"
}
${SERVER}${HALT}`;

/** Also done by the target's own timer, which has none of the words above. */
export const STOP = `${HALT}halt "--datadir=$WB_INTO/data"\n`;

import { SERVER } from "../program/server.ts";

/**
 * `isolated`: a configuration of our own for the server in `$WB_INTO/data`, so that it reaches nothing and nothing reaches
 * it: no port, one socket in a closed folder, no archive of its own, no replication, no file of the old configuration.
 * Words of POSTGRES needed. `setting NAME VALUE`, `target KIND VALUE`, `owned`: everything in `$WB_INTO` is the server's user's.
 */
export const ISOLATED = String.raw`
setting() {
  case $2 in
    *[\\\']*) printf "%s = '%s'\n" "$1" "$(printf %s "$2" | sed "s/[\\\\]/&&/g; s/'/''/g")" ;;
    *) printf "%s = '%s'\n" "$1" "$2" ;;
  esac
}
isolated() {
  conf=$WB_INTO/conf
  # A socket's path has room for 107 bytes: unix(7).
  [ "$(printf %s "$WB_INTO/socket/.s.PGSQL.5432" | wc -c)" -le 107 ] || refuse restore-path-long "path=$WB_INTO"
  mkdir -- "$conf" "$WB_INTO/socket" || refuse backup-folder "path=$WB_INTO"
  rm -f -- "$WB_INTO/data/postmaster.pid" "$WB_INTO/data/standby.signal" "$WB_INTO/data/recovery.signal"
  # What a server that takes the place of the one in use gets back.
  cp -- "$WB_INTO/data/postgresql.auto.conf" "$conf/auto" 2>/dev/null
  # Read after every other file, whatever it says.
  : >"$WB_INTO/data/postgresql.auto.conf" || refuse backup-unwritten "path=$WB_INTO"
  {
    printf %s "$WB_SETTINGS" | while IFS='=' read -r name value; do setting "$name" "$value"; done
    setting data_directory "$WB_INTO/data"
    setting listen_addresses ''
    setting port 5432
    setting unix_socket_directories "\"$WB_INTO/socket\""
    setting unix_socket_permissions 0700
    setting ssl off
    setting archive_mode off
    setting archive_command ''
    setting primary_conninfo ''
    setting primary_slot_name ''
    # Subscriptions of the copy would go on reading from where they are published.
    setting max_logical_replication_workers 0
    setting external_pid_file ''
    setting logging_collector off
    setting log_destination stderr
    setting lc_messages C
    # Nobody is let in before the point is reached.
    setting hot_standby off
    # It is thrown away, or copied and synced when it takes the place of the one in use; a boot in between is noticed.
    setting fsync off
    [ "$controls_of" = "$WB_INTO/data" ] || controls "$WB_INTO/data"
    for pair in max_connections:max_connections max_worker_processes:max_worker_processes max_wal_senders:max_wal_senders \
      max_prepared_transactions:max_prepared_xacts max_locks_per_transaction:max_locks_per_xact; do
      most=$(control "$WB_INTO/data" "${"$"}{pair#*:} setting")
      [ -z "$most" ] || setting "${"$"}{pair%%:*}" "$most"
    done
  } >"$conf/postgresql.conf" || refuse backup-unwritten "path=$conf"
  cat /proc/sys/kernel/random/boot_id >"$conf/boot" || refuse backup-unwritten "path=$conf"
  printf 'local all all trust\n' >"$conf/pg_hba.conf"
  : >"$conf/pg_ident.conf"
}
# A letter for UTC is not understood in a configuration.
target() {
  case $1 in
    time) setting recovery_target_time "${"$"}{2%Z}+00" ;;
    set) setting recovery_target immediate ;;
    gtid) refuse restore-point-kind "point=gtid:$2" ;;
    *) setting "recovery_target_$1" "$2" ;;
  esac
}
owned() {
  [ "$(id -u)" != 0 ] || [ -z "$WB_USER" ] || chown -hR -- "$WB_USER" "$WB_INTO" || refuse backup-folder "path=$WB_INTO"
}
`;

/** A server that is isolated is started, and said where it is. Refuses with why its log says it did not come up. */
export const START = String.raw`
${SERVER}
up() { restored "$programs/psql" -X -A -t -q -w -d postgres -c 'SELECT pg_is_in_recovery()' 2>/dev/null; }
# Sets $word: what the 8th line of its lock file says of it.
runs() {
  word=
  pid=
  { read -r pid && read -r _ && read -r _ && read -r _ && read -r _ && read -r _ && read -r _ && read -r word; } 2>/dev/null <"$WB_INTO/data/postmaster.pid"
  [ -n "$pid" ] && [ -d "/proc/$pid" ]
}
begin() {
  same_boot
  started=
  # Whoever comes back to it finds it at work, or ready. pg_ctl would ask three programs first, and look again ten times a second.
  runs || {
    apart "$WB_USER" "$WB_INTO/log" env -i "PATH=$programs:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" LC_ALL=C TZ=UTC \
      "HOME=${"$"}{pg_home:-/}" "$programs/postgres" -D "$WB_INTO/conf"
    started=$!
  }
  # Its recovery may take hours: the step has the limit. That it runs is not yet that it has recovered.
  while runs || { [ -n "$started" ] && alive "$started"; }; do
    case $word in ready*) [ "$(up)" = f ] && return 0 ;; esac
    sleep 0.02
  done
  cause=$(cat "$WB_INTO/log" 2>/dev/null)
  point=$(sed -n "s/^recovery_target_[a-z]* = '\(.*\)'$/\1/p" "$WB_INTO/conf/postgresql.conf" | head -n 1)
  case $cause in
    *'watchbook: damaged: '*)
      refuse restore-wal-damaged "file=$(printf '%s\n' "$cause" | sed -n 's/^watchbook: damaged: //p' | head -n 1)" "lsn=-"
      ;;
    *'recovery ended before configured recovery target was reached'*)
      refuse restore-point-missed "point=$point" "end=$(printf %s "$cause" | sed -n 's/.*last completed transaction was at log time //p' | tail -n 1)"
      ;;
    *'requested recovery stop point is before consistent recovery point'*) refuse restore-point-early "point=$point" "from=-" ;;
  esac
  detail=$(printf '%s\n' "$cause" | grep -E 'FATAL|PANIC|ERROR' | grep -v 'not accepting connections' | tail -n 3)
  refuse restore-not-started "detail=${"$"}{detail:-$(tail -n 3 "$WB_INTO/log" 2>/dev/null)}"
}
there() {
  fact HOST "$WB_INTO/socket"
  fact PORT 5432
}
`;

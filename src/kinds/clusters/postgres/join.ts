/**
 * A member that follows again. Whether pg_rewind cut anything is judged by what it says and by where it comes out: right after a
 * promotion it finds nothing to do and ends with 0, because the new primary has not written down yet that it branched off. So
 * there the branch is written down first; and joined is who streams, not who was rewound.
 */
export const JOIN = String.raw`
here
up() {
  printf '%s\n' "${"$"}{WB_UP_PASSWORD-}" | pg PGCONNECT_TIMEOUT=5 PGAPPNAME=watchbook "PGHOST=$WB_UP_HOST" "PGPORT=$WB_UP_PORT" "PGUSER=$WB_UP_USER" \
    "PGDATABASE=$WB_UP_DATABASE" sh -c 'IFS= read -r PGPASSWORD; [ -z "$PGPASSWORD" ] || export PGPASSWORD; exec "$@" </dev/null 2>&1' sh "$@"
}
ask_up() { answer=$(up psql -X -A -t -q -w -v ON_ERROR_STOP=1 -c "$1"); }
ask_up 'SELECT pg_is_in_recovery()' && [ "$answer" = f ] || refuse cluster-no-upstream "host=$WB_UP_HOST" "port=$WB_UP_PORT" "detail=$(brief "$answer")"
ask_up 'SELECT (pg_control_system()).system_identifier' || refuse cluster-no-upstream "host=$WB_UP_HOST" "port=$WB_UP_PORT" "detail=$(brief "$answer")"
own=$(control "$data" 'Database system identifier')
[ "$answer" = "$own" ] || refuse cluster-other "seen=$own" "wanted=$answer"
begun=$data.watchbook-rewinding
hand=
[ -w "${"$"}{data%/*}" ] || hand=sudo_
if $hand test -e "$begun" && [ "$WB_COPY" != yes ]; then
  benched
  refuse cluster-half-rewound "member=$WB_MEMBER" "path=$begun"
fi
if [ -n "$(servers)" ]; then
  sql 3 'SELECT pg_is_in_recovery()' && [ "$answer" = t ] || refuse cluster-still-primary "member=$WB_MEMBER"
  [ -z "$WB_UNIT" ] || sudo_ systemctl stop --no-block -- "$WB_UNIT"
  ctl -m fast -t 60 stop
  all_gone 60 || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
fi
# A postmaster that nobody has buried still answers kill(2), by which PostgreSQL asks whether a lock is held; proc(5) tells.
as "$WB_USER" sh -c '
  [ -f "$1/postmaster.pid" ] || exit 0
  { read -r pid && read -r _ && read -r _ && read -r port && read -r sockets; } <"$1/postmaster.pid"
  case $(sed "s/.*) //" "/proc/${"$"}{pid:--}/stat" 2>/dev/null) in Z*) ;; *) exit 0 ;; esac
  rm -f -- "$1/postmaster.pid"
  lock=$sockets/.s.PGSQL.$port.lock
  [ -z "$sockets" ] || [ "$(head -n 1 -- "$lock" 2>/dev/null)" != "$pid" ] || rm -f -- "$lock" "${"$"}{lock%.lock}"' sh "$data"
was=$(control "$data" 'Database cluster state')
# Who follows already must not be brought to an end by pg_rewind: that would write on the primary's own branch. It ends as one
# that follows.
if [ "$was" = 'in archive recovery' ] && [ "$WB_COPY" != yes ]; then
  benched
  begin_server
  answers t "$WB_SECONDS"
  [ -z "$WB_UNIT" ] || sudo_ systemctl stop --no-block -- "$WB_UNIT"
  ctl -m fast -t 60 stop
  all_gone 60 || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
  was=$(control "$data" 'Database cluster state')
fi
# Only where its log must be brought to an end first, which no server that follows does.
[ "$WB_COPY" = yes ] || case $was in 'shut down'*) ;; *) as "$WB_USER" rm -f -- "$data/standby.signal" "$data/recovery.signal" ;; esac
if [ "$WB_COPY" = yes ]; then copy_anew; else rewind; fi
own_back
# As pg_basebackup -R would write it: the last line of a name counts.
quote_conf() { printf %s "$1" | sed "s/[\\\\']/\\\\&/g"; }
info="host='$(quote_conf "$WB_UP_HOST")' port=$WB_UP_PORT user='$(quote_conf "$WB_UP_USER")' application_name='$WB_MEMBER'"
[ -z "${"$"}{WB_UP_PASSWORD-}" ] || info="$info password='$(quote_conf "$WB_UP_PASSWORD")'"
printf '%s\n' "$info" | as "$WB_USER" sh -c '
  umask 077
  IFS= read -r info
  quote="'"'"'"
  { grep -v "^primary_conninfo" "$1/postgresql.auto.conf" 2>/dev/null
    printf "primary_conninfo = %s%s%s\n" "$quote" "$(printf %s "$info" | sed "s/$quote/$quote$quote/g")" "$quote"
  } >"$1/postgresql.auto.conf.new" && mv -- "$1/postgresql.auto.conf.new" "$1/postgresql.auto.conf"' sh "$data" || refuse cluster-no-data "path=$data"
benched
# Its own files are back: now it is whole.
$hand rm -rf -- "$begun"
begin_server
answers t "$WB_SECONDS"
`;

/** The primary hears it follow; then it writes what the member must come to have. */
export const FOLLOWED = String.raw`
here
by "$WB_SECONDS"
seen=
until [ "$seen" = streaming ]; do
  sql 3 "SELECT state FROM pg_stat_replication WHERE application_name = $(quoted "$WB_MEMBER")" || refuse cluster-no-connection "detail=$(brief "$answer")"
  seen=$answer
  ! late || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=${"$"}{seen:--}"
  [ "$seen" = streaming ] || sleep 0.1
done
if [ "$WB_SYNC" = yes ]; then
  sql 5 "ALTER SYSTEM SET synchronous_standby_names = $(quoted "$WB_STANDBYS")" && sql 5 'SELECT pg_reload_conf()' || refuse cluster-no-connection "detail=$(brief "$answer")"
fi
# Committed: it waits for a second member, where one must have it.
sql 20 "SELECT pg_logical_emit_message(true, 'watchbook', 'joined')" || refuse cluster-no-connection "detail=$(brief "$answer")"
sql 5 "SELECT pg_current_wal_lsn() - '0/0', ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int" || refuse cluster-no-connection "detail=$(brief "$answer")"
fact PROBE "${"$"}{answer%%|*}"
fact HISTORY "${"$"}{answer#*|}"
`;

/** It has read what was written after it came, on the branch of the primary. */
export const FOLLOWS = String.raw`
here
by "$WB_SECONDS"
until sql 3 "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() - '0/0' >= $WB_PROBE AND EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming' AND received_tli = $WB_HISTORY)" && [ "$answer" = t ]; do
  ! late || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=$(brief "$answer")"
  sleep 0.1
done
`;

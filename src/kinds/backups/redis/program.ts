import { HALT, SERVER } from "../program/server.ts";

/** Words for Redis: `client COMMAND…` (what is in use), `reached`, `told INFO NAME`, `whole`, `inside COMMAND…`. */
export const REDIS = String.raw`
PATH="$PATH:/usr/local/bin:/usr/sbin"
[ -n "${"$"}{REDISCLI_AUTH:-}" ] || unset REDISCLI_AUTH
client() {
  redis-cli --no-auth-warning ${"$"}{WB_SOCKET:+-s "$WB_SOCKET"} ${"$"}{WB_HOST:+-h "$WB_HOST"} \
    ${"$"}{WB_PORT:+-p "$WB_PORT"} ${"$"}{WB_DB_USER:+--user "$WB_DB_USER"} "$@"
}
told() { printf '%s\n' "$1" | tr -d '\r' | sed -n "s/^$2://p"; }
# redis-cli ends with 0 whatever the server says: only PONG is an answer.
reached() {
  need redis-cli
  said=$(client PING 2>&1 | tail -n 2)
  case $said in
    *PONG) ;;
    *WRONGPASS* | *NOAUTH* | *NOPERM* | *'AUTH failed'*)
      refuse backup-password "user=${"$"}{WB_DB_USER:-default}" "detail=$said" ;;
    *)
      give WB_ENDING unreachable
      refuse backup-no-connection "detail=$said" ;;
  esac
}
# The snapshot carries a digest of its own (CRC-64), which only this tool looks at.
whole() {
  magic=$(head -c 5 "$WB_COPY/dump.rdb")
  [ "$magic" = REDIS ] || refuse backup-damaged "detail=$WB_COPY/dump.rdb"
  command -v redis-check-rdb >/dev/null 2>&1 || return 0
  seen=$(redis-check-rdb "$WB_COPY/dump.rdb" 2>&1)
  checked=$?
  case $seen in *"Can't handle RDB format version"*) refuse restore-newer "copy=$(value "$WB_COPY/server" version)" "server=$(ours)" ;; esac
  [ "$checked" -eq 0 ] || refuse backup-damaged "detail=$(printf '%s\n' "$seen" | tail -n 2)"
}
ours() { redis-server --version | sed -n 's/^.* v=\([0-9.]*\).*$/\1/p'; }
inside() { redis-cli --no-auth-warning -s "$WB_INTO/socket/s" "$@"; }
${SERVER}${HALT}`;

/** As a replica would get it: of one moment, without a file system in common. */
export const TAKE = String.raw`
reached
client --rdb "$WB_COPY/dump.rdb" >"$WB_COPY.said" 2>&1
ended=$?
said=$(brief "$WB_COPY.said")
rm -f -- "$WB_COPY.said"
[ "$ended" -eq 0 ] && [ -s "$WB_COPY/dump.rdb" ] || refuse backup-tool-failed "tool=redis-cli --rdb" "detail=$said"
whole
seen=$(client INFO)
databases=$(client CONFIG GET databases 2>/dev/null | tail -n 1)
case $databases in '' | *[!0-9]*) databases=16 ;; esac
# Names by which it looks for its data when it starts; who may not ask gets its own defaults.
named() {
  found=$(client CONFIG GET "$1" 2>/dev/null | sed -n 2p)
  case $found in '' | */* | *[[:cntrl:]\"]*) found=$2 ;; esac
  printf '%s=%s\n' "$1" "$found"
}
{
  echo "version=$(told "$seen" redis_version)"
  echo "databases=$databases"
  named dbfilename dump.rdb
  named appendfilename appendonly.aof
  named appenddirname appendonlydir
} >"$WB_COPY/server" || refuse backup-unwritten "path=$WB_COPY"
fact TOOL "$(redis-cli --version)"
fact SERVER "$(told "$seen" redis_version)"
fact RUN_ID "$(told "$seen" run_id)"
fact OFFSET "$(told "$seen" master_repl_offset)"
`;

export const RESTORE = String.raw`
need redis-server redis-cli
case $WB_TO_KIND in latest | set) ;; *) refuse restore-no-log "point=$WB_TO" ;; esac
halt "$WB_INTO/redis.conf"
copied=$(value "$WB_COPY/server" version)
if newer "$copied" "$(ours)"; then refuse restore-newer "copy=$copied" "server=$(ours)"; fi
whole
socket_fits "$WB_INTO/socket/s"
folder "$WB_INTO" "$WB_USER"
for room in data socket log; do folder "$WB_INTO/$room" "$WB_USER"; done
# Sets from before it was asked for have the server's own names.
called() { found=$(value "$WB_COPY/server" "$1"); printf '%s' "${"$"}{found:-$2}"; }
snapshot=$(called dbfilename dump.rdb) files=$(called appendfilename appendonly.aof) below=$(called appenddirname appendonlydir)
cp -- "$WB_COPY/dump.rdb" "$WB_INTO/data/$snapshot" || refuse backup-unwritten "path=$WB_INTO"
echo "appendfilename=$files" >"$WB_INTO/server" || refuse backup-unwritten "path=$WB_INTO"
# Alone: no port, nothing written back, a replica of nobody, and reached by its user and root only.
cat >"$WB_INTO/redis.conf" <<WB_END || refuse backup-unwritten "path=$WB_INTO"
port 0
unixsocket "$WB_INTO/socket/s"
unixsocketperm 700
dir "$WB_INTO/data"
dbfilename "$snapshot"
appendfilename "$files"
$(newer 7.0 "$(ours)" || echo "appenddirname \"$below\"")
databases $(value "$WB_COPY/server" databases)
logfile "$WB_INTO/log/error"
appendonly no
save ""
daemonize no
supervised no
set-proc-title no
WB_END
[ "$(id -un)" = "$WB_USER" ] || chown -- "$WB_USER" "$WB_INTO/data/$snapshot" "$WB_INTO/redis.conf" ||
  refuse backup-folder "path=$WB_INTO"
`;

export const START = String.raw`
halt "$WB_INTO/redis.conf"
program=$(command -v redis-server) || refuse backup-tool tool=redis-server
unset REDISCLI_AUTH
apart "$WB_USER" "$WB_INTO/log/out" "$program" "$WB_INTO/redis.conf"
served=$!
until [ "$(inside PING 2>/dev/null)" = PONG ]; do
  alive "$served" || refuse restore-not-started "detail=$(tail -n 3 "$WB_INTO/log/error" "$WB_INTO/log/out")"
  sleep 0.1
done
fact HOST "$WB_INTO/socket/s"
`;

/**
 * It is written in both forms, and so found whichever one the server in use starts from: with append-only files it does not look at
 * a snapshot, and would begin with nothing. Names are those of the server that was copied.
 */
export const READY = String.raw`
if [ -d "$WB_OLD" ] && [ -n "$(find "$WB_OLD" -mindepth 1 -print -quit)" ]; then
  [ -n "$(find "$WB_OLD" -maxdepth 2 \( -name '*.rdb' -o -name '*.aof' -o -name '*.manifest' \) -print -quit)" ] ||
    refuse restore-over-other "path=$WB_OLD" "kind=Redis"
fi
unset REDISCLI_AUTH
persisted() { inside INFO persistence 2>/dev/null | tr -d '\r' | sed -n "s/^$1://p"; }
if [ "$(inside PING 2>/dev/null)" = PONG ]; then
  said=$(inside CONFIG SET appendonly yes 2>&1)
  [ "$said" = OK ] || refuse backup-tool-failed "tool=redis CONFIG SET appendonly" "detail=$said"
  until [ "$(persisted aof_rewrite_in_progress):$(persisted aof_rewrite_scheduled)" = 0:0 ]; do
    [ "$(inside PING 2>/dev/null)" = PONG ] || refuse restore-not-started "detail=$(tail -n 3 "$WB_INTO/log/error")"
    sleep 0.1
  done
  [ "$(persisted aof_last_bgrewrite_status)" = ok ] || refuse backup-tool-failed "tool=redis BGREWRITEAOF" "detail=$(tail -n 3 "$WB_INTO/log/error")"
  inside SHUTDOWN NOSAVE >/dev/null 2>&1
fi
tries=0
while printf '%s\n' "$WB_INTO/redis.conf" | grep -qlzxF -f - /proc/[0-9]*/cmdline 2>/dev/null; do
  [ "$tries" -lt 600 ] || refuse restore-not-started "detail=redis of $WB_INTO does not end"
  tries=$((tries + 1))
  sleep 0.1
done
[ -n "$(find "$WB_INTO/data" -name "$(value "$WB_INTO/server" appendfilename)*" -print -quit)" ] ||
  refuse restore-no-place "path=$WB_INTO/data/$(value "$WB_INTO/server" appendfilename)"
cp -a -- "$WB_INTO/data/." "$WB_NEW/" || refuse backup-unwritten "path=$WB_NEW"
if [ -d "$WB_OLD" ]; then chown -R --reference="$WB_OLD" -- "$WB_NEW"; else [ "$(id -u)" != 0 ] || chown -R -- "$WB_USER:" "$WB_NEW"; fi ||
  refuse backup-folder "path=$WB_NEW"
`;

export const STOP = `${HALT}halt "$WB_INTO/redis.conf"\n`;

/**
 * A server that was made of dumps takes the place of the one in use with that one's settings. It is a new one: its WAL gets a
 * timeline that no file of the old one has, so that nothing in an archive is written over; replicas are made anew.
 */
export const READY_DUMP = String.raw`
data=$WB_INTO/data
pg_programs "$(cat "$data/PG_VERSION")"
pg_need pg_ctl pg_controldata pg_resetwal
same_boot
[ -z "$WB_ONLY" ] || refuse restore-over-some "databases=$WB_ONLY"
[ "$(kept "$WB_INTO" ROLES)" = whole ] || refuse restore-over-roles "file=roles.sql"
[ -e "$WB_OLD/PG_VERSION" ] && [ -e "$WB_OLD/postgresql.auto.conf" ] || refuse restore-over-settings "path=$WB_OLD"
[ "$(cat "$WB_OLD/PG_VERSION")" = "$(cat "$data/PG_VERSION")" ] ||
  refuse restore-other-version "copy=$(cat "$data/PG_VERSION")" "here=$(cat "$WB_OLD/PG_VERSION")"
if [ -s "$data/postmaster.pid" ]; then
  pg pg_ctl -s -D "$data" -m fast -w -t 3600 stop >"$WB_INTO/said" 2>&1 ||
    refuse backup-tool-failed "tool=pg_ctl stop" "detail=$(tail -n 2 "$WB_INTO/said")"
fi
state=$(control "$data" 'Database cluster state')
[ "$state" = 'shut down' ] || refuse restore-not-started "detail=$state"
cp -a -- "$data/." "$WB_NEW/" || refuse backup-unwritten "path=$WB_NEW"
rm -f -- "$WB_NEW/postmaster.pid" "$WB_NEW/postmaster.opts" "$WB_NEW/recovery.signal" "$WB_NEW/standby.signal"
# Settings and keys where they lie in the data folder; where they lie elsewhere, none of our own is left in their place.
for one in postgresql.conf postgresql.auto.conf pg_hba.conf pg_ident.conf conf.d server.crt server.key root.crt root.crl; do
  rm -rf -- "$WB_NEW/$one"
  [ ! -e "$WB_OLD/$one" ] || cp -a -- "$WB_OLD/$one" "$WB_NEW/$one" || refuse backup-unwritten "path=$WB_NEW/$one"
done
newest=$(control "$WB_OLD" "Latest checkpoint's TimeLineID")
for name in $(find "$WB_OLD/pg_wal" -maxdepth 1 \( -name '????????.history' -o -name '????????????????????????' \) 2>/dev/null | sed 's,.*/,,' | cut -c 1-8 | sort -u); do
  [ "$((0x$name))" -le "${"$"}{newest:-1}" ] || newest=$((0x$name))
done
line=$((${"$"}{newest:-1} + 1))
[ "$(id -u)" != 0 ] || chown -R -- "$WB_USER:" "$WB_NEW" || refuse backup-folder "path=$WB_NEW"
chmod 0700 -- "$WB_NEW"
said=$(pg pg_resetwal -l "$(printf '%08X0000000000000001' "$line")" -D "$WB_NEW" 2>&1) ||
  refuse backup-tool-failed "tool=pg_resetwal" "detail=$said"
[ "$(control "$WB_NEW" "Latest checkpoint's TimeLineID")" = "$line" ] || refuse backup-tool-failed "tool=pg_resetwal" "detail=$said"
fact TIMELINE "$line"
say restore-over-anew "path=$WB_OLD" "line=$line"
`;

import type { BackupKind } from "../../../model/backup.ts";
import { program, type ServerParams } from "./params.ts";
import { POSTGRES } from "./words.ts";

/**
 * The restored server is ended well, so that nothing has to be recovered. What it wrote while it was alone was archived by
 * nobody: marks tell the server in use to archive it (archiver: `NAME.ready`), or the new timeline could never be followed.
 * Its configuration is that of the copy again: nothing of ours stays in it.
 */
const READY = String.raw`
data=$WB_INTO/data
pg_programs "$(cat "$data/PG_VERSION")"
pg_need pg_ctl pg_controldata
same_boot
if [ -d "$WB_OLD" ] && [ -n "$(find "$WB_OLD" -mindepth 1 -print -quit)" ]; then
  [ -e "$WB_OLD/PG_VERSION" ] || refuse restore-over-other "path=$WB_OLD" "kind=PostgreSQL"
  [ "$(cat "$WB_OLD/PG_VERSION")" = "$(cat "$data/PG_VERSION")" ] ||
    refuse restore-other-version "copy=$(cat "$data/PG_VERSION")" "here=$(cat "$WB_OLD/PG_VERSION")"
  seen=$(control "$WB_OLD" 'Database system identifier')
  own=$(control "$data" 'Database system identifier')
  [ -z "$seen" ] || [ "$seen" = "$own" ] || refuse restore-other-cluster "file=pg_control" "path=$WB_OLD" "seen=$seen" "own=$own"
fi
[ -z "$(find "$data/pg_tblspc" -mindepth 1 -print -quit 2>/dev/null)" ] || refuse restore-over-spaces "path=$data/pg_tblspc"
if [ -s "$data/postmaster.pid" ]; then
  pg pg_ctl -s -D "$data" -m fast -w -t 3600 stop >"$WB_INTO/said" 2>&1 ||
    refuse backup-tool-failed "tool=pg_ctl stop" "detail=$(tail -n 2 "$WB_INTO/said")"
fi
[ "$(control "$data" 'Database cluster state')" = 'shut down' ] ||
  refuse restore-not-started "detail=$(control "$data" 'Database cluster state')"
cp -a -- "$data/." "$WB_NEW/" || refuse backup-unwritten "path=$WB_NEW"
rm -f -- "$WB_NEW/postmaster.pid" "$WB_NEW/postmaster.opts" "$WB_NEW/recovery.signal" "$WB_NEW/standby.signal"
auto=$WB_INTO/conf/auto
[ ! -e "$auto" ] || cat -- "$auto" >"$WB_NEW/postgresql.auto.conf" || refuse backup-unwritten "path=$WB_NEW"
line=$(control "$data" "Latest checkpoint's TimeLineID")
name=$(printf %08X "$line")
[ -d "$WB_NEW/pg_wal/archive_status" ] || mkdir -- "$WB_NEW/pg_wal/archive_status" || refuse backup-unwritten "path=$WB_NEW"
# The last one is still written to.
(cd -- "$WB_NEW/pg_wal" && { ls -- "$name".history 2>/dev/null; find . -maxdepth 1 -type f -name "$name????????????????" | sed 's,^./,,' | sort | sed '$d'; }) |
  while read -r one; do
    [ -e "$WB_NEW/pg_wal/archive_status/$one.done" ] || : >"$WB_NEW/pg_wal/archive_status/$one.ready"
  done
[ "$(id -u)" != 0 ] || chown -R -- "$WB_USER:" "$WB_NEW" || refuse backup-folder "path=$WB_NEW"
chmod 0700 -- "$WB_NEW"
fact TIMELINE "$line"
`;

/** How a restored cluster takes the place of the one in use; its data folder is said by the book. */
export const over: NonNullable<BackupKind<ServerParams>["over"]> = {
  path: () => undefined,
  ready: (params) => program(params, POSTGRES + READY),
};

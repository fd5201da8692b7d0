import { z } from "zod";
import { defineBackup } from "../../model/backup.ts";
import { ARCHIVE, factLines, REACHABLE } from "./postgres/archive.ts";
import { ISOLATED } from "./postgres/isolated.ts";
import { over } from "./postgres/over.ts";
import { folder, program, server } from "./postgres/params.ts";
import { postgresServer } from "./postgres/server.ts";
import { ASK, POSTGRES } from "./postgres/words.ts";

const params = z.strictObject({
  ...server,
  archive: folder
    .optional()
    .describe("Folder of the WAL archive, which a restore only reads; without it only the end of a copy can be had."),
});
type Params = z.infer<typeof params>;

const SIZE = String.raw`
pg_programs ''
ask "SELECT sum(pg_database_size(oid))::bigint + 4 * pg_size_bytes(current_setting('wal_segment_size')) FROM pg_database" 2>/dev/null
`;

/** A tablespace of a plain copy would be written to where the original lies: pg_basebackup(1). */
const TAKE = String.raw`
pg_programs ''
pg_need pg_basebackup pg_controldata psql
folder "$WB_COPY" "$WB_USER"
asked 'SELECT rolname FROM pg_roles WHERE oid = 10'
keep ROLE "$answer"
asked 'SHOW server_version'
keep VERSION "$answer"
if [ -n "$WB_ARCHIVE" ]; then
  asked 'SHOW archive_mode'
  [ "$answer" != off ] || refuse backup-archive-off "path=$WB_ARCHIVE"
  [ -d "$WB_ARCHIVE" ] || refuse backup-no-source "path=$WB_ARCHIVE"
fi
asked "SELECT oid || ' ' || pg_tablespace_location(oid) FROM pg_tablespace WHERE pg_tablespace_location(oid) <> ''"
printf '%s\n' "$answer" >"$WB_COPY.spaces"
set --
while read -r oid path; do
  [ -n "$oid" ] || continue
  set -- "$@" "--tablespace-mapping=$(printf %s "$path" | sed 's/=/\\=/g')=$(printf %s "$WB_COPY/tablespaces/$oid" | sed 's/=/\\=/g')"
done <"$WB_COPY.spaces"
rm -f -- "$WB_COPY.spaces"
client pg_basebackup -D "$WB_COPY/data" -F plain -X stream --checkpoint=fast --manifest-checksums=SHA256 -w "$@" \
  >"$WB_COPY.said" 2>&1 || refuse backup-tool-failed "tool=pg_basebackup" "detail=$(tail -n 3 "$WB_COPY.said")"
asked "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
keep STOPPED "$answer"
keep SYSTEM "$(control "$WB_COPY/data" 'Database system identifier')"
keep SEGMENT "$(control "$WB_COPY/data" 'Bytes per WAL segment')"
set -- $(sed -n 's/.*"Timeline": \([0-9]*\), "Start-LSN": "\([0-9A-F/]*\)", "End-LSN": "\([0-9A-F/]*\)".*/\1 \2 \3/p' "$WB_COPY/data/backup_manifest" | tail -n 1)
[ $# = 3 ] || refuse backup-unreadable "path=$WB_COPY/data/backup_manifest" "detail=WAL-Ranges"
keep TIMELINE "$1"
keep START_LSN "$2"
keep STOP_LSN "$3"
fact TOOL "$(pg pg_basebackup --version)"
if [ -n "$WB_ARCHIVE" ]; then
  pg ls -- "$WB_ARCHIVE" >"$WB_COPY.said" 2>&1 || refuse backup-folder-closed "path=$WB_ARCHIVE" "user=$WB_USER"
  any=$(grep -E '^[0-9A-F]{24}$' "$WB_COPY.said" | tail -n 1)
  [ -z "$any" ] || ours "$any" "$(kept "$WB_COPY" SYSTEM)"
  # What would be lost with this machine now, in files; and whether the archive still takes them.
  asked 'SELECT last_archived_wal FROM pg_stat_archiver'
  fact ARCHIVED "$answer"
  asked "SELECT CASE WHEN last_failed_time > coalesce(last_archived_time, '-infinity') THEN last_failed_wal END FROM pg_stat_archiver"
  fact ARCHIVE_FAILS "$answer"
  fact ARCHIVE_WAITING "$(ask "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'" 2>/dev/null || echo unknown)"
fi
rm -f -- "$WB_COPY.said"
`;

/** Its own digests, and that the WAL which it needs is there and readable. It tells by status and by text. */
const EXAMINE = String.raw`
pg_programs "$(cat "$WB_COPY/data/PG_VERSION")"
if [ -x "$programs/pg_verifybackup" ]; then
  said=$("$programs/pg_verifybackup" "$WB_COPY/data" 2>&1) || refuse backup-damaged "detail=$(printf %s "$said" | head -n 3)"
  case $said in *'successfully verified'*) ;; *) refuse backup-damaged "detail=$(printf %s "$said" | head -n 3)" ;; esac
  fact VERIFIED "$("$programs/pg_verifybackup" --version)"
fi
`;

const RESTORE = String.raw`
same_version "$WB_COPY/data"
pg_need pg_ctl psql pg_controldata pg_waldump
folder "$WB_INTO" "$WB_USER"
ended=
if [ -n "$WB_ARCHIVE" ]; then reachable
else case $WB_TO_KIND in latest | set) ;; *) refuse restore-no-archive "point=$WB_TO" ;; esac
fi
cp -a -- "$WB_COPY/." "$WB_INTO/" || refuse backup-unwritten "path=$WB_INTO"
for link in "$WB_INTO"/data/pg_tblspc/*; do
  [ -L "$link" ] || continue
  oid=${"$"}{link##*/}
  [ -d "$WB_INTO/tablespaces/$oid" ] || refuse backup-damaged "detail=tablespaces/$oid"
  ln -sfnT -- "$WB_INTO/tablespaces/$oid" "$link" || refuse backup-unwritten "path=$link"
done
isolated
if [ -n "$WB_ARCHIVE" ]; then
  printf '%s\n' "$WB_ARCHIVE" >"$conf/archive"
  [ "$WB_TO_KIND" != latest ] || printf '%s\n' "$ended" >"$conf/last"
  # 1 is: there is none. Above 125 a recovery must not go on as if it had come to the end.
  cat >"$conf/fetch" <<'WB_FETCH'
IFS= read -r archive <"${"$"}{0%/*}/archive" || exit 126
[ -r "$archive" ] && [ -x "$archive" ] || exit 126
[ -e "$archive/$1" ] || exit 1
cp -- "$archive/$1" "$2" || exit 126
WB_FETCH
  {
    setting restore_command 'sh ../conf/fetch "%f" "%p"'
    setting recovery_target_timeline "$newest"
    setting recovery_target_action promote
    [ "$WB_TO_KIND" = latest ] || target "$WB_TO_KIND" "$WB_TO"
  } >>"$conf/postgresql.conf"
  : >"$WB_INTO/data/recovery.signal"
fi
owned
`;

/** Up to a gap, where there is one: behind it nothing can be had. */
const REACHES = String.raw`
[ -n "$WB_ARCHIVE" ] || exit 0
pg_programs "$WB_MAJOR"
pg_need pg_waldump
printf '%s' "$WB_TOLD" >"$WB_COPY/facts" || exit 70
contiguous "$(kept "$WB_COPY" TIMELINE)" "$(kept "$WB_COPY" STOP_LSN)"
any=$(tail -n 1 "$wal/list")
[ -z "$any" ] || ours "$any" "$(kept "$WB_COPY" SYSTEM)"
tell_end
`;

const whole = ({ archive, ...given }: Params, words: readonly string[]) =>
  program(given, [POSTGRES, ...words].join("\n"), { WB_ARCHIVE: archive ?? "" });

/** A running cluster as it is on its disk (pg_basebackup), with its WAL archive where there is one. */
export const postgresBackup = defineBackup<Params>({
  kind: "postgres",
  params,
  holds: "database",
  tools: ({ programs }) => (programs === undefined ? [] : [`${programs}/pg_basebackup`]),
  size: (given) => whole(given, [ASK, SIZE]),
  take: (given) => whole(given, [ASK, ARCHIVE, TAKE]),
  examine: (given) => whole(given, [EXAMINE]),
  restore: (given) => whole(given, [ISOLATED, ARCHIVE, REACHABLE, RESTORE]),
  reaches: (given, facts) => {
    if (given.archive === undefined) return undefined;
    const { text, env } = whole(given, [ARCHIVE, REACHABLE, REACHES]);
    const major = /^\d+/.exec(facts["VERSION"] ?? "")?.[0] ?? "";
    return { text, env: { ...env, WB_MAJOR: major, WB_TOLD: factLines(facts) } };
  },
  server: postgresServer,
  over,
});

/** What the folder holds without its binary logs, which are not copied. */
export const SIZE = String.raw`
folder=$(variable datadir) && [ -r "$folder" ] || exit 0
logs=$(asked 'SHOW BINARY LOGS' 2>/dev/null | awk '{ sum += $2 } END { printf "%.0f", sum }')
all=$(du -sb -- "$folder" 2>/dev/null | cut -f 1)
case $(variable log_bin_basename) in "$folder"*) ;; *) logs=0 ;; esac
[ -n "$all" ] && echo "$((all - logs))"
`;

/** `server` beside the data: what a restore has to know of where it comes from. */
export const TAKE = String.raw`
reached
chain_base
reach mariadb-backup --backup "--target-dir=$WB_COPY/data" ${"$"}{base_lsn:+"--incremental-lsn=$base_lsn"} >"$WB_COPY/log" 2>&1
ended=$?
[ "$ended" -eq 0 ] && tail -n 1 "$WB_COPY/log" | grep -q 'completed OK!$' ||
  refuse backup-tool-failed tool=mariadb-backup "detail=$(brief "$WB_COPY/log")"
position=
for one in "$WB_COPY/data/xtrabackup_binlog_info" "$WB_COPY/data/mariadb_backup_binlog_info"; do
  [ -s "$one" ] && position=$(head -n 1 "$one")
done
for one in "$WB_COPY/data/xtrabackup_checkpoints" "$WB_COPY/data/mariadb_backup_checkpoints"; do
  [ -s "$one" ] && points=$one
done
lsn() { sed -n "s/^$1 = //p" "$points"; }
cell() { printf %s "$position" | cut -f "$1"; }
{
  echo "version=$(variable version)"
  echo "lower_case_table_names=$(variable lower_case_table_names)"
  echo "until=$(asked "SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y%m%d%H%i%S')")"
  echo "lsn=$(lsn to_lsn)"
  echo "identity=$identity"
  echo "depth=$depth"
  [ -z "$base" ] || printf 'base=%s\nbase_sums=%s\n' "$base" "$base_sums"
  if [ -n "$position" ]; then
    echo "binlog_file=$(cell 1)"
    echo "binlog_position=$(cell 2)"
    echo "gtid=$(cell 3 | tr -d ' ')"
  fi
} >"$WB_COPY/server" || refuse backup-unwritten "path=$WB_COPY"
fact TOOL "$(mariadb-backup --version 2>&1 | head -n 1)"
fact SERVER "$(value "$WB_COPY/server" version)"
fact BINLOG "$(value "$WB_COPY/server" binlog_file) $(value "$WB_COPY/server" binlog_position)"
fact GTID "$(value "$WB_COPY/server" gtid)"
fact LSN_FROM "$(lsn from_lsn)"
fact LSN_TO "$(lsn to_lsn)"
[ -z "$base" ] || fact BASE "$base"
`;

/** A tool that was ended early leaves files that look like a copy. The logs that lead on from it are counted, not read. */
export const EXAMINE = String.raw`
tail -n 1 "$WB_COPY/log" | grep -q 'completed OK!$' || refuse backup-damaged "detail=$(tail -n 1 "$WB_COPY/log")"
[ -n "$(value "$WB_COPY/server" version)" ] || refuse backup-damaged "detail=$WB_COPY/server"
chain
[ -z "$WB_LOG" ] || log_there
`;

export const RESTORE = String.raw`
need mariadbd mariadb mariadb-admin mariadb-backup
halt "--datadir=$WB_INTO/data"
not_newer
log_files=
case $WB_TO_KIND in
  set) ;;
  latest) [ -z "$WB_LOG" ] || log_plan ;;
  time | gtid)
    [ -n "$WB_LOG" ] || refuse restore-no-log "point=$WB_TO"
    log_plan ;;
  *) refuse restore-point-kind "point=$WB_TO_KIND:$WB_TO" ;;
esac
chain
rooms
chain_room
# The first has no other before it; each of the others is applied from a copy, since the tool writes beside it.
prepared() {
  mariadb-backup --no-defaults --prepare "--target-dir=$WB_INTO/data" "$@" >"$WB_INTO/log/prepare" 2>&1 &&
    tail -n 1 "$WB_INTO/log/prepare" | grep -q 'completed OK!$' ||
    refuse backup-tool-failed tool=mariadb-backup "detail=$(brief "$WB_INTO/log/prepare")"
}
first=${"$"}{links%%
*}
cp -a -- "$first/data/." "$WB_INTO/data/" && cp -- "$WB_COPY/server" "$WB_INTO/server" ||
  refuse backup-unwritten "path=$WB_INTO"
# Links to tables that lie elsewhere: what is restored must not find what is in use. Its data is in the copy.
unlinked() { find "$1" -name '*.isl' -delete || refuse backup-unwritten "path=$1"; }
unlinked "$WB_INTO/data"
prepared
while [ "$links" != "$WB_COPY" ]; do
  links=${"$"}{links#*
}
  cp -a -- "${"$"}{links%%
*}/data" "$WB_INTO/increment" || refuse backup-unwritten "path=$WB_INTO"
  unlinked "$WB_INTO/increment"
  prepared "--incremental-dir=$WB_INTO/increment"
  rm -rf -- "$WB_INTO/increment"
done
owned
[ -z "$log_files" ] || log_replay
echo "gtid ${"$"}{log_gtid:-$(value "$WB_COPY/server" gtid)} ${"$"}{log_cut:-}"
`;

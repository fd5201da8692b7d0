/**
 * Words for a WAL archive, which is only read: `ours FILE`, `contiguous TIMELINE LSN` (sets `$newest`, `$gap` and leaves
 * `$WB_INTO/wal/names`: the files from the backup's end on, in the order in which a recovery reads them), `reachable`.
 * Where WAL comes from is said by `wal_list` (names of files) and `wal_history NAME` (its text, or nothing).
 * PostgreSQL ends a recovery at a gap and calls it a success: so the gap is looked for before.
 */
export const ARCHIVE = String.raw`
wal_list() { pg ls -- "$WB_ARCHIVE" | grep -E '^[0-9A-F]{24}$'; }
wal_history() { pg cat -- "$WB_ARCHIVE/$1" 2>/dev/null; }
# The long header of a segment has the identifier of its cluster at byte 24: xlog_internal.h.
ours() {
  system=$(pg od -An -t u8 -j 24 -N 8 -- "$WB_ARCHIVE/$1" | tr -d ' ')
  [ "$system" = "$2" ] || refuse restore-other-cluster "file=$1" "path=$WB_ARCHIVE" "seen=$system" "own=$2"
}
contiguous() {
  wal=$WB_INTO/wal
  mkdir -p -- "$wal"
  newest=$1
  : >"$wal/history"
  while wal_history "$(printf '%08X.history' "$((newest + 1))")" >"$wal/next" && [ -s "$wal/next" ]; do
    newest=$((newest + 1))
    mv -- "$wal/next" "$wal/history"
  done
  # A branch that left before this backup does not lead on from it.
  [ "$newest" = "$1" ] || grep -qE "^$1[[:blank:]]" "$wal/history" || {
    newest=$1
    : >"$wal/history"
  }
  wal_list >"$wal/list"
  awk -v newest="$newest" -v lsn="$2" -v size="$(kept "$WB_COPY" SEGMENT)" -v history="$wal/history" '
    function hex(text, i, sum) {
      for (i = 1; i <= length(text); i++) sum = sum * 16 + index("0123456789ABCDEF", substr(text, i, 1)) - 1
      return sum + 0
    }
    function segment(at, both) {
      split(at, both, "/")
      return int((hex(both[1]) * 4294967296 + hex(both[2])) / size)
    }
    # A segment in which the timeline changes is read from the newer one.
    function name(at, i) {
      for (i = 1; i <= count; i++) if (at < ends[i]) return sprintf("%08X%08X%08X", line[i], int(at / per), at % per)
      return sprintf("%08X%08X%08X", newest, int(at / per), at % per)
    }
    BEGIN {
      per = 4294967296 / size
      while ((getline text <history) > 0)
        if (split(text, field, "\t") >= 2 && field[1] ~ /^[0-9]+$/) {
          line[++count] = field[1]
          ends[count] = segment(field[2])
        }
    }
    { have[$0] = 1 }
    END {
      from = segment(lsn)
      last = -1
      for (file in have) {
        at = hex(substr(file, 9, 8)) * per + hex(substr(file, 17, 8))
        if (at >= from && at > last && name(at) == file) last = at
      }
      for (at = from; at <= last; at++) {
        if (!(name(at) in have)) { print "gap " name(at); exit }
        print "wal " name(at)
      }
    }
  ' "$wal/list" >"$wal/range" || refuse backup-unreadable "path=$wal" "detail=awk"
  sed -n 's/^wal //p' "$wal/range" >"$wal/names"
  gap=$(sed -n 's/^gap //p' "$wal/range")
}
`;

/** Facts of a copy that `contiguous` reads, for whoever has the copy itself elsewhere. */
const TOLD_OF = /^(?:SYSTEM|SEGMENT|TIMELINE|STOP_LSN|ARCHIVE_ID)(?:_\d+)?$/;

/** As `keep` writes them. */
export const factLines = (facts: Readonly<Record<string, string>>): string =>
  Object.entries(facts)
    .flatMap(([name, value]) => (TOLD_OF.test(name) ? [`${name} ${value}\n`] : []))
    .join("");

/** `last_commit`: of what pg_waldump says of transactions, the time of the last one in UTC, without a letter for it. */
export const LAST_COMMIT = String.raw`
last_commit() {
  grep -oE 'desc: (COMMIT|ABORT)[A-Z_]* .*' | grep -oE '[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]+ UTC' | tail -n 1 | sed 's/ UTC$//; s/ /T/'
}
`;

/** `reachable`: whether the point lies between the backup's end and the archive's, before anything is promised. */
export const REACHABLE = String.raw`${LAST_COMMIT}last_time() {
  sort -r "$wal/names" | while read -r file; do
    at=$(pg pg_waldump -r Transaction "$WB_ARCHIVE/$file" 2>/dev/null | last_commit)
    [ -z "$at" ] || { printf '%s\n' "$at"; break; }
  done
}
before() { awk -v a="${"$"}{1%Z}" -v b="${"$"}{2%Z}" 'BEGIN { exit !((a "") < (b "")) }'; }
# The end of what can be read, in one line; nothing when nothing was written since.
tell_end() {
  end=$(last_time)
  [ -z "$end" ] || printf '%sZ\n' "$end"
}
# Each timeline by itself, from its first file to its last: a record may reach over the end of a file.
seek() {
  cut -c 1-8 "$wal/names" | uniq | while read -r timeline; do
    first=$(grep "^$timeline" "$wal/names" | head -n 1)
    last=$(grep "^$timeline" "$wal/names" | tail -n 1)
    pg pg_waldump "$@" "$WB_ARCHIVE/$first" "$last" 2>/dev/null
  done
}
lacking() {
  [ -z "$gap" ] || refuse restore-wal-gap "file=$gap" "path=$WB_ARCHIVE"
  refuse "$@"
}
reachable() {
  [ -d "$WB_ARCHIVE" ] || refuse backup-no-source "path=$WB_ARCHIVE"
  pg test -r "$WB_ARCHIVE" -a -x "$WB_ARCHIVE" || refuse backup-folder-closed "path=$WB_ARCHIVE" "user=$WB_USER"
  contiguous "$(kept "$WB_COPY" TIMELINE)" "$(kept "$WB_COPY" STOP_LSN)"
  any=$(tail -n 1 "$wal/list")
  [ -z "$any" ] || ours "$any" "$(kept "$WB_COPY" SYSTEM)"
  case $WB_TO_KIND in
    latest) [ -z "$gap" ] || refuse restore-wal-gap "file=$gap" "path=$WB_ARCHIVE" ;;
    time)
      from=$(kept "$WB_COPY" STOPPED)
      ! before "$WB_TO" "$from" || refuse restore-point-early "point=$WB_TO" "from=$from"
      end=$(last_time)
      before "$WB_TO" "${"$"}{end:-0}" || lacking restore-point-late "point=$WB_TO" "end=${"$"}{end:--}" "path=$WB_ARCHIVE"
      ;;
    name)
      seek -r XLOG | grep -E 'desc: RESTORE_POINT ' | sed 's/.*desc: RESTORE_POINT //' | grep -qxF -- "$WB_TO" ||
        lacking restore-point-absent "point=$WB_TO" "path=$WB_ARCHIVE"
      ;;
    xid)
      seek -r Transaction -x "$WB_TO" | grep -qE 'desc: (COMMIT|ABORT)' ||
        lacking restore-point-absent "point=$WB_TO" "path=$WB_ARCHIVE"
      ;;
  esac
  ended=$(tail -n 1 "$wal/names")
}
`;

/**
 * `reached_end`: a recovery to the latest point has read the archive to its end. It stops at a record that is damaged and
 * calls that the end as well; then what lies behind is neither nothing nor a record that goes on in the next file.
 */
export const ARCHIVE_END = String.raw`
reached_end() {
  [ -s "$WB_INTO/conf/last" ] || return 0
  read -r name <"$WB_INTO/conf/last"
  size=$(kept "$WB_INTO" SEGMENT)
  # The last line of the newest history says where this recovery ended.
  newest=$(cd -- "$WB_INTO/data/pg_wal" && find . -maxdepth 1 -name '????????.history' | sort | tail -n 1)
  [ -n "$newest" ] || refuse restore-not-started "detail=no history of the recovery"
  lsn=$(grep -E '^[0-9]' "$WB_INTO/data/pg_wal/$newest" | tail -n 1 | cut -f 2)
  at=$((0x${"$"}{lsn%/*} * 4294967296 + 0x${"$"}{lsn#*/}))
  high=$(printf %s "$name" | cut -c 9-16)
  low=$(printf %s "$name" | cut -c 17-24)
  start=$((0x$high * 4294967296 + 0x$low * size))
  [ "$at" -lt "$((start + size))" ] || return 0
  [ "$at" -ge "$start" ] || refuse restore-wal-damaged "file=$name" "lsn=$lsn"
  IFS= read -r archive <"$WB_INTO/conf/archive"
  offset=$((at - start))
  case $((at % 8192)) in
    0) [ "$offset" = 0 ] && begins=40 || begins=$((offset + 24)) ;;
    *) begins=$offset ;;
  esac
  length=$(pg od -An -t u4 -j "$begins" -N 4 -- "$archive/$name" | tr -d ' ')
  [ "${"$"}{length:-0}" -le "$((size - offset))" ] || return 0
  [ "$(pg tail -c "+$((begins + 1))" -- "$archive/$name" | tr -d '\0' | head -c 1 | wc -c)" = 0 ] ||
    refuse restore-wal-damaged "file=$name" "lsn=$lsn"
}
`;

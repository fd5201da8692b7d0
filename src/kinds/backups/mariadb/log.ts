/**
 * `scan`: reads what mariadb-binlog prints of one file and tells, in one line: whether the point was reached (yes, no),
 * the offset to stop at, the GTID and the time (YYYYMMDDhhmmss, UTC) of the last event before it, whether an event begins
 * or ends at `from`, whether the log knows `must` (GTIDs, apart by commas), whether `gtid` was seen (no, early, yes), where
 * the last whole event ends, and whether the file is still in use. `-` stands for nothing.
 *
 * Statements in the log are anybody's text, so a header is only believed where the event before it ended. A transaction
 * is taken whole or not at all: the point lies before the first of which any event is as late as `time`.
 */
const SCAN = String.raw`
function plain(text) { gsub(/[^0-9-]/, "", text); return text }
function stamp_of(date, clock,   parts) {
  split(clock, parts, ":")
  return (substr(date, 1, 2) >= "70" ? "19" : "20") date sprintf("%02d%02d%02d", parts[1], parts[2], parts[3])
}
function told(reached, stop) {
  known = "yes"
  count = split(must, wanted, ",")
  for (i = 1; i <= count; i++) if (wanted[i] != "" && !(wanted[i] in has)) known = "no"
  print reached, stop, (last_gtid == "" ? "-" : last_gtid), (last_stamp == "" ? "-" : last_stamp), bound, known, found, expected, used
  ended = 1
  exit
}
BEGIN { bound = "no"; found = "no"; used = "no"; expected = 4 }
/^# Warning: this binlog is either in use or was not closed properly/ { used = "yes" }
list && /^# [0-9]+-[0-9]+-[0-9]+/ { has[plain($2)] = 1 }
{ list = list && /^# [0-9]+-[0-9]+-[0-9]+,$/ }
/^# at [0-9]+$/ && ($3 % 4294967296) == expected { at = $3; header = 1; next }
# The note of a statement (Annotate_rows) is held back until its table is known: its header comes behind the place of that one.
/^# at [0-9]+$/ && header == 1 && $3 > at { behind = $3; header = 2; next }
header == 3 && /^#Q> / { next }
header && /^#[0-9][0-9][0-9][0-9][0-9][0-9] .* end_log_pos [0-9]+/ {
  if (header == 2 && !/ end_log_pos [0-9]+ .*\tAnnotate_rows:$/) { header = 0; next }
  if (header == 3) at = behind
  header = header == 2 ? 3 : 0
  match($0, /end_log_pos [0-9]+/)
  end = substr($0, RSTART + 12, RLENGTH - 12) + 0
  if (header == 3 && end != behind % 4294967296) { header = 0; next }
  stamp = stamp_of(substr($1, 2), $2)
  what = $0
  sub(/^[^\t]*\t/, "", what)
  split(what, word, " ")
  alone = what ~ /^(Start|Rotate|Stop|Gtid list|Binlog checkpoint|Start_encryption|Ignorable)/
  if (word[1] == "GTID" || alone) { group = ""; if (at >= from && found == "yes") told("yes", at) }
  if (what ~ /^Gtid list/) {
    list = 1
    if (match(what, /\[[0-9]+-[0-9]+-[0-9]+/)) has[plain(substr(what, RSTART))] = 1
  }
  if (at == from) bound = "yes"
  if (word[1] == "GTID") {
    if (at < from) has[word[2]] = 1
    if (word[2] == gtid) found = at < from ? "early" : "yes"
    group = at
    before_gtid = last_gtid
    before_stamp = last_stamp
  }
  if (time != "" && at >= from && stamp >= time) {
    if (group != "") { last_gtid = before_gtid; last_stamp = before_stamp; told("yes", group) }
    told("yes", at)
  }
  if (word[1] == "GTID" && at >= from) last_gtid = word[2]
  expected = end
  last_stamp = stamp
  next
}
{ header = 0 }
END {
  if (ended) exit
  if (expected == from) bound = "yes"
  told(found == "yes" ? "yes" : "no", "-")
}
`;

/**
 * `log_plan`: finds what of the binary logs in `$WB_LOG` leads from the copy to the point, without beginning anything:
 * every file must be there, belong to this server, and be whole. Sets `log_files`, `log_from`, `log_stop`, `log_gtid`.
 * `log_replay`: does it again in the restored server. mariadb-binlog ends with 0 when a file is damaged; it is judged by
 * what it says.
 */
export const LOG = String.raw`
log_digits() { printf %s "$1" | cut -c 1-19 | tr -cd 0-9; }
log_time() { printf %s "$1" | sed 's/^\(....\)\(..\)\(..\)\(..\)\(..\)\(..\)$/\1-\2-\3T\4:\5:\6Z/'; }
log_read() { TZ=UTC mariadb-binlog --no-defaults --verify-binlog-checksum "$@" 2>"$WATCHBOOK_ATTEMPT/binlog"; }
log_scan() {
  { log_read --base64-output=decode-rows "$1" || echo "ERROR: exit status $?" >>"$WATCHBOOK_ATTEMPT/binlog"; } |
    awk -v from="$2" -v time="$3" -v gtid="$4" -v must="$5" '${SCAN}' >"$WATCHBOOK_ATTEMPT/scanned" ||
    refuse restore-log-damaged "file=$1" "detail=awk"
  read -r reached stop gtid stamp bound known found end used <"$WATCHBOOK_ATTEMPT/scanned" ||
    refuse restore-log-damaged "file=$1" "detail=$(head -n 1 "$WATCHBOOK_ATTEMPT/binlog")"
  [ "$gtid" = - ] || log_gtid=$gtid
  [ "$stamp" = - ] || log_stamp=$stamp
  [ "$known" = yes ] && [ "$bound" = yes ] || refuse restore-log-foreign "file=$1"
  [ "$found" != early ] || refuse restore-point-early "point=$WB_TO" "from=gtid $copied_gtid"
  [ "$stop" = - ] || log_stop=$stop
  [ "$reached" = no ] || return 0
  error=$(grep 'ERROR:' "$WATCHBOOK_ATTEMPT/binlog" | head -n 1)
  [ -n "$error" ] || return 0
  # Only the very end of a log that was being written may be half an event.
  case $used$error in
    yes*'Event truncated'*) [ "$6" = newest ] && log_stop=$end log_cut=$error && return 0 ;;
  esac
  refuse restore-log-damaged "file=$1" "detail=$error"
}
log_known() {
  copied_file=$(value "$WB_COPY/server" binlog_file)
  log_from=$(value "$WB_COPY/server" binlog_position)
  copied_gtid=$(value "$WB_COPY/server" gtid)
  copied_until=$(value "$WB_COPY/server" until)
  [ -n "$copied_file" ] || refuse restore-no-log "point=${"$"}{WB_TO:-$WB_TO_KIND}"
}
# The last number there is; a name of another base is none of ours.
log_newest() {
  for one in "$WB_LOG/$1".*; do
    case ${"$"}{one##*.} in *[!0-9]*) ;; *) echo "${"$"}{one##*.}" ;; esac
  done | sed 's/^0*//' | sort -n | tail -n 1
}
log_plan() {
  need mariadb-binlog awk
  log_known
  log_files='' log_stop='' log_cut='' log_gtid=$copied_gtid log_stamp=$copied_until before='' target=''
  case $WB_TO_KIND in
    time)
      before=$(log_digits "$WB_TO")
      [ "$before" -gt "$copied_until" ] || refuse restore-point-early "point=$WB_TO" "from=$(log_time "$copied_until")" ;;
    gtid) target=$WB_TO ;;
  esac
  base=${"$"}{copied_file%.*}
  number=$(printf %s "${"$"}{copied_file##*.}" | sed 's/^0*//')
  newest=$(log_newest "$base")
  from=$log_from must=$copied_gtid
  while :; do
    one=$WB_LOG/$base.$(printf %06d "$number")
    [ -e "$one" ] || refuse restore-log-gap "file=$one"
    [ -r "$one" ] || refuse backup-unreadable "path=$one" "detail=$(id -un)"
    if [ "$number" -ge "$newest" ]; then last=newest; else last=; fi
    log_scan "$one" "$from" "$before" "$target" "$must" "$last"
    # The point lies before anything of this file.
    if [ "${"$"}{log_stop:-5}" -le 4 ]; then
      log_stop=
      break
    fi
    log_files="$log_files $(printf %06d "$number")"
    [ "$reached" = no ] && [ -z "$last" ] || break
    number=$((number + 1)) from=4 must=$log_gtid
  done
  [ "$reached" = yes ] || case $WB_TO_KIND in
    time) refuse restore-point-late "point=$WB_TO" "path=$WB_LOG" "end=$(log_time "$log_stamp")" ;;
    gtid) refuse restore-point-absent "point=gtid $WB_TO" "path=$WB_LOG" ;;
  esac
}
# Every file from the copy to the newest is there: a gap is known long before anybody needs it.
log_there() {
  log_known
  base=${"$"}{copied_file%.*}
  number=$(printf %s "${"$"}{copied_file##*.}" | sed 's/^0*//')
  newest=$(log_newest "$base")
  while :; do
    one=$WB_LOG/$base.$(printf %06d "$number")
    [ -e "$one" ] || refuse restore-log-gap "file=$one"
    [ "$number" -lt "$newest" ] || break
    number=$((number + 1))
  done
}
# The time of the last event behind the copy, up to a gap: the newest files are read, from the end on, until one tells.
log_reaches() {
  need mariadb-binlog awk
  log_known
  log_stamp='' log_stop='' log_cut='' log_gtid=''
  base=${"$"}{copied_file%.*}
  first=$(printf %s "${"$"}{copied_file##*.}" | sed 's/^0*//')
  newest=$(log_newest "$base")
  number=$first
  [ -r "$WB_LOG/$base.$(printf %06d "$number")" ] || return 0
  while [ -r "$WB_LOG/$base.$(printf %06d $((number + 1)))" ]; do number=$((number + 1)); done
  while [ "$number" -ge "$first" ] && [ -z "$log_stamp" ]; do
    if [ "$number" = "$first" ]; then from=$log_from must=$copied_gtid; else from=4 must=''; fi
    if [ "$number" = "$newest" ]; then last=newest; else last=; fi
    log_scan "$WB_LOG/$base.$(printf %06d "$number")" "$from" '' '' "$must" "$last"
    number=$((number - 1))
  done
  [ -z "$log_stamp" ] || log_time "$log_stamp"
}
not_replayed() {
  halt "--datadir=$WB_INTO/data"
  refuse restore-not-replayed "detail=$1"
}
# An account of our own does it, and is gone afterwards: whoever took the copy need not be allowed to.
log_replay() {
  set --
  for one in $log_files; do set -- "$@" "$WB_LOG/$base.$one"; done
  [ $# -gt 0 ] || return 0
  [ $# -gt 1 ] || [ -z "$log_stop" ] || [ "$log_stop" -gt "$log_from" ] || return 0
  MYSQL_PWD="Wb-$(od -An -v -N24 -tx1 /dev/urandom | tr -d ' \n')"
  export MYSQL_PWD
  account="\`watchbook-restore\`@localhost"
  printf 'CREATE OR REPLACE USER %s IDENTIFIED BY "%s";\nGRANT ALL PRIVILEGES ON *.* TO %s WITH GRANT OPTION;\n' \
    "$account" "$MYSQL_PWD" "$account" >"$WB_INTO/tmp/init" || refuse backup-unwritten "path=$WB_INTO"
  chmod 0644 "$WB_INTO/tmp/init"
  serve "--init-file=$WB_INTO/tmp/init"
  rm -f -- "$WB_INTO/tmp/init"
  {
    log_read "--start-position=$log_from" ${"$"}{log_stop:+"--stop-position=$log_stop"} "$@" ||
      echo "ERROR: exit status $?" >>"$WATCHBOOK_ATTEMPT/binlog"
    printf 'DELIMITER ;\nDROP USER %s;\nSHUTDOWN;\n' "$account"
  } | inside mariadb --user=watchbook-restore --binary-mode --max-allowed-packet=1G >/dev/null 2>"$WB_INTO/log/replay" ||
    not_replayed "$(head -n 1 "$WB_INTO/log/replay")"
  down
  unset MYSQL_PWD
  error=$(grep 'ERROR:' "$WATCHBOOK_ATTEMPT/binlog" | head -n 1)
  # mariadb-binlog looks at the event behind the one that it stops at.
  [ "$error" = "$log_cut" ] || not_replayed "$error"
}
`;

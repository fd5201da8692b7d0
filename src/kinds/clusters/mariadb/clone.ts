/**
 * `clone_anew`: a copy of the primary beside the member's data; only when it is whole it takes its place, and what was there is kept
 * with what only it has. Sets what `part CURRENT` says to the copy's position.
 */
export const CLONE = String.raw`
clone_anew() {
  need mbstream mariadb-backup
  logs=$(part BASENAME) mark=$(number "$(part BINLOG)")
  copy=$data.watchbook-new kept=$data.watchbook-kept-${"$"}{mark:-0}-$(date -u +%Y%m%dT%H%M%SZ)
  hand=
  [ -w "${"$"}{data%/*}" ] || hand=sudo_
  $hand rm -rf -- "$copy"
  $hand mkdir -- "$copy" && $hand chown --reference="$data" -- "$copy" && $hand chmod --reference="$data" -- "$copy" ||
    refuse cluster-no-data "path=$copy"
  {
    (unset WB_UP_PASSWORD && sh -c "$WB_CLONE" </dev/null 2>"$WATCHBOOK_ATTEMPT/clone")
    echo $? >"$WATCHBOOK_ATTEMPT/cloned"
  } | as "$WB_USER" mbstream -x -C "$copy" 2>"$WATCHBOOK_ATTEMPT/mbstream" || uncopied "$WATCHBOOK_ATTEMPT/mbstream"
  read -r ended <"$WATCHBOOK_ATTEMPT/cloned"
  [ "$ended" = 0 ] || uncopied "$WATCHBOOK_ATTEMPT/clone"
  as "$WB_USER" mariadb-backup --no-defaults --prepare "--target-dir=$copy" >"$WATCHBOOK_ATTEMPT/prepare" 2>&1 &&
    tail -n 1 "$WATCHBOOK_ATTEMPT/prepare" | grep -q 'completed OK!$' || uncopied "$WATCHBOOK_ATTEMPT/prepare"
  position=$(as "$WB_USER" sh -c 'cat "$1"/xtrabackup_binlog_info "$1"/mariadb_backup_binlog_info 2>/dev/null' sh "$copy" | tr '\n' ' ' | tr '\t' ' ' | cut -d ' ' -f 3- | tr -d ' ')
  case $position in *-*-*) ;; *) uncopied "$WATCHBOOK_ATTEMPT/clone" ;; esac
  as "$WB_USER" sh -c 'rm -f -- "$1"/xtrabackup_* "$1"/mariadb_backup_* "$1"/backup-my.cnf "$1"/ib_buffer_pool' sh "$copy"
  end_server 60
  $hand mv -- "$data" "$kept" && $hand mv -- "$copy" "$data" || refuse cluster-no-data "path=$data"
  case $logs in
    "$data"/* | '' | NULL) ;;
    *)
      as "$WB_USER" mkdir -- "$kept/binlog" || refuse cluster-no-data "path=$kept"
      for log in "$logs".[0-9]* "$logs.index" "$logs.state"; do
        [ ! -e "$log" ] || as "$WB_USER" mv -- "$log" "$kept/binlog/" || refuse cluster-no-data "path=$log"
      done ;;
  esac
  fact KEPT "$kept"
  begin_server
  answers "$WB_SECONDS"
  sql 30 "RESET MASTER; SET GLOBAL gtid_slave_pos = '$position'" && looked 5 || refuse cluster-no-connection "detail=$(brief "$answer")"
}
uncopied() {
  said=$(grep -iE 'error|fail|denied|cannot|not ' "$1" | tail -n 2 | tr '\n' ' ' | cut -c 1-200)
  put_back || refuse cluster-not-copied "detail=${"$"}{said% }"
}
`;

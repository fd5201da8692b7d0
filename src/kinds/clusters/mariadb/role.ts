/**
 * `role WORD`: what a member is when it is started the next time, whoever starts it; `role_read` refuses where its configuration
 * does not know that file. Put aside it takes no write of anybody's: read_only alone stops no account with all privileges, so its
 * tables are closed too, and after a crash it does not even come up.
 */
export const ROLE = String.raw`
role() {
  case $1 in
    aside) lines='read_only=ON innodb_read_only=ON skip_slave_start=ON' ;;
    joining) lines='read_only=ON skip_slave_start=ON' ;;
    replica) lines=read_only=ON ;;
    primary | waiting) lines=read_only=OFF ;;
  esac
  # What it had written and nobody had confirmed when it crashed, is cut away by the server itself: it comes up as a replica (the second name counts since 10.11.9).
  case ${"$"}{WB_SYNC-}$1 in
    yesjoining) lines="$lines rpl_semi_sync_slave_enabled=ON rpl_semi_sync_master_enabled=OFF loose_init_rpl_role=SLAVE" ;;
    yesreplica) lines="$lines rpl_semi_sync_slave_enabled=ON rpl_semi_sync_master_enabled=OFF" ;;
    yesprimary) lines="$lines rpl_semi_sync_master_enabled=OFF" ;;
    yeswaiting) lines="$lines rpl_semi_sync_master_enabled=ON rpl_semi_sync_master_wait_point=AFTER_SYNC rpl_semi_sync_master_timeout=$WB_WAIT_MS" ;;
  esac
  # shellcheck disable=SC2086 # words, a line each
  printf '%s\n' '[mariadbd]' $lines | role_write || refuse cluster-no-data "path=$WB_ROLE"
}
role_write() {
  hand=
  [ -w "${"$"}{WB_ROLE%/*}" ] || hand=sudo_
  $hand sh -c 'umask 022; cat >"$1.new" && sync "$1.new" && mv -- "$1.new" "$1" && sync "${"$"}{1%/*}"' sh "$WB_ROLE"
}
role_known() {
  options=$(mariadbd ${"$"}{WB_CONFIG:+"--defaults-file=$WB_CONFIG"} --print-defaults 2>&1 | tr ' ' '\n' | tr _ - | grep -i '^--\(skip-\)\{0,1\}read-only' | tail -n 1)
  case $(sed -n 's/^read_only=//p' "$WB_ROLE" 2>/dev/null)$options in ON--read-only=ON | OFF--read-only=OFF) ;; *) return 1 ;; esac
}
role_read() { role_known || refuse cluster-role-unread "path=$WB_ROLE" "detail=${"$"}{options:--}"; }
`;

/**
 * `on_disk`: what a server that is gone had written, by its binary log: sets `$written` and `$how`. A server that ended in order
 * left its state beside the log, and takes that away when it starts.
 */
export const DISK = String.raw`
on_disk() {
  written='' how='' logs=''
  options=$(mariadbd ${"$"}{WB_CONFIG:+"--defaults-file=$WB_CONFIG"} --print-defaults 2>/dev/null | tr ' ' '\n' | sed 's/^--log_bin/--log-bin/; s/^--gtid_domain_id/--gtid-domain-id/')
  domain=$(printf '%s\n' "$options" | sed -n 's/^--gtid-domain-id=//p' | tail -n 1)
  case $(printf '%s\n' "$options" | grep '^--log-bin\(=\|$\)' | tail -n 1) in
    '') return 0 ;;
    --log-bin=/*) logs=$(printf '%s\n' "$options" | sed -n 's/^--log-bin=//p' | tail -n 1) ;;
    --log-bin=?*) logs=$data/$(printf '%s\n' "$options" | sed -n 's/^--log-bin=//p' | tail -n 1) ;;
    *) logs=$data/$(printf '%s\n' "$options" | sed -n 's/^--log-basename=//p' | tail -n 1) && logs="${"$"}{logs}-bin"
      [ "$logs" != "$data/-bin" ] || logs=$data/$(hostname)-bin ;;
  esac
  logs=${"$"}{logs%.*[!/]}
  if as "$WB_USER" test -e "$logs.state"; then
    how='in order'
    written=$(highest "$(as "$WB_USER" cat -- "$logs.state")")
    return 0
  fi
  as "$WB_USER" test -e "$logs.index" || return 0
  how=crashed
  newest=$(as "$WB_USER" tail -n 1 -- "$logs.index")
  case $newest in /*) ;; *) newest=$data/$newest ;; esac
  # Only a head of an event says what it is: its text is anybody's.
  written=$(highest "$(as "$WB_USER" timeout "$1" mariadb-binlog --no-defaults --base64-output=decode-rows "$newest" 2>/dev/null |
    sed -n 's/^#[0-9]\{6\} .*end_log_pos .*\tGTID \([0-9]*-[0-9]*-[0-9]*\).*$/\1/p; s/^#[0-9]\{6\} .*\tGtid list \[\(.*\)$/\1/p; s/^# \([0-9]*-[0-9]*-[0-9]*\)[],].*$/\1/p')")
}
highest() {
  printf '%s\n' "$1" | tr ',' '\n' | tr -cd '0-9\n-' | sed -n "s/^${"$"}{domain:-0}-[0-9]*-//p" | sort -n | tail -n 1
}
`;

/** What is seen of one member: by its answer, and where none comes, by its processes and what lies on its disk. */
export const LOOK = String.raw`
here
tell() { case $2 in '' | NULL) ;; *) fact "$1" "$2" ;; esac; }
if [ -z "$(servers)" ]; then
  fact STATE down
  on_disk "$WB_SECONDS"
  tell WRITTEN "$written"
  tell ENDED "$how"
elif looked "$WB_SECONDS"; then
  domain=$(part DOMAIN)
  detail=
  note() { case $2 in '' | NULL | 0) ;; *) detail="$detail${"$"}{detail:+; }$1 $2" ;; esac; }
  tell VERSION "$(part VERSION)"
  fact SYSTEM "gtid domain $domain"
  if [ "$(part ASIDE)" = 1 ]; then fact STATE aside
  elif [ -n "$(part Master_Host)" ]; then
    fact STATE replica
    received=$(part Gtid_IO_Pos) applied=$(part APPLIED)
    [ "$(number "$received")" -gt "$(number "$applied")" ] 2>/dev/null || received=$applied
    tell HISTORY "$(branch "$received")"
    tell RECEIVED "$(number "$received")"
    tell APPLIED "$(number "$applied")"
    if [ "$(part Slave_IO_Running)" = Yes ] && [ "$(part Slave_SQL_Running)" = Yes ]; then fact HEARS yes; else fact HEARS no; fi
    fact UPSTREAM "$(part Master_Host):$(part Master_Port)"
    tell SYNC "$(part SEMI_SLAVE)"
    case $(part Using_Gtid) in No) note Using_Gtid No ;; esac
    [ "$(part READONLY)" = yes ] || note read_only OFF
    note Last_IO_Error "$(part Last_IO_Error)"
    note Last_SQL_Error "$(part Last_SQL_Error)"
  elif [ "$(part READONLY)" = yes ]; then fact STATE aside
  else
    fact STATE primary
    fact HISTORY "$domain-$(part SERVER)"
    tell WRITTEN "$(number "$(part BINLOG)")"
    # Whether commits wait now: after its time is over it goes on alone, and its setting still says that it waits.
    if [ "$(part SEMI)" = 1 ]; then fact SYNC "$(part SEMI_STATUS)"; sync=$(part SEMI_STATUS); else sync=off; fi
    [ "$sync" = ON ] && sync=semi-sync || sync=async
    tell FOLLOWERS "$(printf '%s\n' "$answer" | awk -v sync="$sync" '
      /^ *Server_id: / { id = $2 }
      /^ *Host: / { host = $2 }
      /^ *Port: / { printf "%s%s=streaming/%s", gap, (host == "" ? "server " id : host ":" $2), sync; gap = " " }')"
  fi
  [ "$(part LOG)" = 1 ] && [ "$(part UPDATES)" = 1 ] || note "log_bin, log_slave_updates" "$(part LOG), $(part UPDATES)"
  # Whoever starts it would get a role that was not meant.
  [ ! -e "$WB_ROLE" ] || role_known || note "not read:" "$WB_ROLE"
  tell DETAIL "$detail"
else
  case $answer in
    *'ERROR 1045 '* | *'ERROR 1044 '* | *'ERROR 1130 '* | *'ERROR 1227 '* | *'ERROR 1698 '* | *'ERROR 1040 '* | *'ERROR 4151 '*) fact STATE closed ;;
    *) fact STATE frozen ;;
  esac
  fact DETAIL "$(brief "$answer") $(servers | head -n 3 | tr '\n' ' ')"
fi
`;

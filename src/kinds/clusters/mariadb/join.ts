/**
 * A member that follows again. MariaDB cuts nothing away: whoever has GTIDs that the primary does not have is refused, and they are
 * named; or it is copied anew, where the book says how. Whether they are there is asked of the primary's whole history, by server:
 * the position alone does not tell. What a crash had left unfinished is cut away by the server itself when it comes up to follow.
 */
export const JOIN = String.raw`
here
up() {
  reply=$(printf '%s\n' "$2" | { MYSQL_PWD=${"$"}{WB_UP_PASSWORD-} && export MYSQL_PWD && [ -n "$MYSQL_PWD" ] || unset MYSQL_PWD
    timeout -k 1 "$1" mariadb --no-defaults "--host=$WB_UP_HOST" "--port=$WB_UP_PORT" "--user=$WB_UP_USER" "--connect-timeout=$1" --batch --raw --skip-column-names 2>&1; })
}
up 5 "SELECT CONCAT_WS('|', @@global.gtid_domain_id, @@global.server_id, IF(CONCAT(@@global.read_only) IN ('0', 'OFF'), 'no', 'yes'), CONCAT_WS(',', @@global.gtid_binlog_state, @@global.gtid_slave_pos))" ||
  refuse cluster-no-upstream "host=$WB_UP_HOST" "port=$WB_UP_PORT" "detail=$(brief "$reply")"
IFS='|' read -r domain server readonly theirs <<WB_END
$reply
WB_END
[ "$readonly" = no ] || refuse cluster-no-upstream "host=$WB_UP_HOST" "port=$WB_UP_PORT" "detail=read_only"
[ "$WB_COPY" != yes ] || [ -n "$WB_CLONE" ] || refuse cluster-no-copy "member=$WB_MEMBER"
was=aside
if [ -n "$(servers)" ]; then
  looked 5 || refuse cluster-no-connection "detail=$(brief "$answer")"
  if [ "$(part ASIDE)" = 1 ]; then end_server 60
  elif [ -z "$(part Master_Host)" ] && [ "$(part READONLY)" = no ]; then refuse cluster-still-primary "member=$WB_MEMBER"
  else
    was=running
    sql 60 'STOP SLAVE; SET GLOBAL read_only = ON' || refuse cluster-no-connection "detail=$(brief "$answer")"
  fi
fi
# Who could not join is put aside again: read_only alone keeps out nobody who is privileged.
put_back() {
  if [ "$was" = aside ]; then
    role aside
    end_server 60
  fi
  return 1
}
joined=no
trap '[ "$was$joined" != asideno ] || role aside' EXIT
trap 'exit 70' HUP INT TERM
role joining
role_read
had=
if [ -z "$(servers)" ]; then
  [ "$WB_SYNC" != yes ] || { wanted=$domain && on_disk 30 && had=$written domain=$wanted; }
  begin_server
  answers "$WB_SECONDS"
fi
looked 5 || refuse cluster-no-connection "detail=$(brief "$answer")"
[ "$(part DOMAIN)" = "$domain" ] || put_back || refuse cluster-other "seen=gtid domain $(part DOMAIN)" "wanted=gtid domain $domain"
[ "$(part SERVER)" != "$server" ] || put_back || refuse cluster-other "seen=server_id $server" "wanted=another server_id"
# Of every domain and server the highest that the primary knows, against the last of each domain here.
lacking=$(printf '%s\n%s\n' "$theirs" "$(part CURRENT),$(part BINLOG)" | tr -d ' ' | awk -F, '
  NR == 1 { for (i = 1; i <= NF; i++) if (split($i, id, "-") == 3 && id[3] + 0 > known[id[1] "-" id[2]]) known[id[1] "-" id[2]] = id[3] + 0 }
  NR == 2 { for (i = 1; i <= NF; i++) if (split($i, id, "-") == 3) {
      key = id[1] "-" id[2]
      if (id[3] + 0 > known[key] && !(($i) in told)) {
        told[$i] = 1
        from = known[key] == "" ? "" : key "-" sprintf("%.0f", known[key] + 1)
        printf "%s%s", gap, (from == "" || from == $i ? $i : from ".." $i)
        gap = ", "
      }
    } }')
copied=no rewound=no
[ -z "$had" ] || [ "$(number "$(part BINLOG)")" -ge "$had" ] || rewound=yes
if [ -n "$lacking" ] || [ "$WB_COPY" = yes ]; then
  [ -n "$WB_CLONE" ] || put_back || refuse cluster-diverged "member=$WB_MEMBER" "gtids=$lacking"
  clone_anew
  copied=yes rewound=yes
fi
follow() {
  semi=
  [ "$WB_SYNC" != yes ] || semi='SET GLOBAL rpl_semi_sync_slave_enabled = ON; SET GLOBAL rpl_semi_sync_master_enabled = OFF;'
  # Where it was the primary itself, its own log says how far it is.
  text() { printf "'%s'" "$(printf %s "$1" | sed "s/[\\\\']/\\\\&/g")"; }
  sql 30 "SET SESSION sql_mode = ''; STOP SLAVE; SET GLOBAL read_only = ON; $semi
    SET GLOBAL gtid_slave_pos = $(text "$(part CURRENT | tr -d ' ')");
    CHANGE MASTER TO MASTER_HOST = $(text "$WB_UP_HOST"), MASTER_PORT = $WB_UP_PORT, MASTER_USER = $(text "$WB_UP_USER"),
      MASTER_PASSWORD = $(text "${"$"}{WB_UP_PASSWORD-}"), MASTER_SSL = $WB_UP_SSL, MASTER_CONNECT_RETRY = 2, MASTER_USE_GTID = slave_pos;
    START SLAVE" || put_back || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=$(brief "$answer" | cut -d ')' -f 1)"
  role replica
  left=$((WB_SECONDS * 20))
  until looked 5 && [ "$(part Slave_IO_Running)" = Yes ] && [ "$(part Slave_SQL_Running)" = Yes ]; do
    error="$(part Last_IO_Error)$(part Last_SQL_Error)"
    [ "$(part Last_IO_Errno)" != 1236 ] || return 1
    [ "$left" -gt 0 ] && [ "$(part Last_SQL_Errno)" = 0 ] || put_back || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=${"$"}{error:-$(part Slave_IO_State)}"
    left=$((left - 1))
    sleep 0.05
  done
}
follow || {
  # The primary does not have in its log what comes next here.
  [ -n "$WB_CLONE" ] && [ "$copied" = no ] || put_back || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=$error"
  clone_anew
  copied=yes rewound=yes
  follow || put_back || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=$error"
}
joined=yes
fact REWOUND "$rewound"
`;

/** A statement that every server logs and that changes nothing: what is not there is removed. */
export const NOTHING = "DROP TABLE IF EXISTS mysql.watchbook_probe";

/**
 * The primary hears somebody follow; then it writes what the member must come to have. Where commits wait, a replica must have said
 * that it has it: the setting alone says nothing.
 */
export const FOLLOWED = String.raw`
here
left=$((WB_SECONDS * 10))
until sql 3 "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'" && [ "$answer" -ge 1 ] 2>/dev/null; do
  [ "$left" -gt 0 ] || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=$(brief "$answer")"
  left=$((left - 1))
  sleep 0.1
done
if [ "$WB_SYNC" = yes ]; then
  sql 10 "SET GLOBAL rpl_semi_sync_master_wait_point = 'AFTER_SYNC'; SET GLOBAL rpl_semi_sync_master_timeout = $WB_WAIT_MS;
    SET GLOBAL rpl_semi_sync_master_wait_no_slave = ON; SET GLOBAL rpl_semi_sync_master_enabled = ON" || refuse cluster-no-connection "detail=$(brief "$answer")"
fi
role waiting
role_read
looked 5 || refuse cluster-no-connection "detail=$(brief "$answer")"
domain=$(part DOMAIN) before=$(part SEMI_YES) was=$(number "$(part BINLOG)")
sql 20 "${NOTHING}" && looked 5 || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=$(brief "$answer")"
[ "$(number "$(part BINLOG)")" -gt "${"$"}{was:-0}" ] || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=gtid_binlog_pos $(part BINLOG)"
if [ "$WB_SYNC" = yes ]; then
  [ "$(part SEMI_STATUS)" = ON ] && [ "$(part SEMI_YES)" -gt "$before" ] ||
    refuse cluster-not-streaming "member=$WB_MEMBER" "detail=Rpl_semi_sync_master_status $(part SEMI_STATUS), clients $(part SEMI_CLIENTS)"
fi
fact PROBE "$(number "$(part BINLOG)")"
fact HISTORY "$domain-$(part SERVER)"
`;

/** It has applied what was written after it came, and hears that server and no other. */
export const FOLLOWS = String.raw`
here
left=$((WB_SECONDS * 10))
until
  looked 3 && domain=$(part DOMAIN) && [ "$(part Slave_IO_Running)$(part Slave_SQL_Running)" = YesYes ] &&
    [ "$domain-$(part Master_Server_Id)" = "$WB_HISTORY" ] && [ "$(part READONLY)" = yes ] &&
    [ "$(number "$(part APPLIED)")" -ge "$WB_PROBE" ] 2>/dev/null && [ "$(part Seconds_Behind_Master)" != NULL ]
do
  [ "$left" -gt 0 ] || refuse cluster-not-streaming "member=$WB_MEMBER" "detail=$(part Last_IO_Error) $(part Last_SQL_Error) $(part APPLIED) $(brief "$answer")"
  left=$((left - 1))
  sleep 0.1
done
fact APPLIED "$(part APPLIED)"
`;

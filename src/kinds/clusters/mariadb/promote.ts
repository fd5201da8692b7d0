/**
 * `drained`: what was received is applied, or the limit is over. Equal positions are not waited for: they never come where the
 * primary died in the middle of a transaction, whose beginning waits for its rest. At the end is who has read all and has no
 * worker at work. What is lost then is set in `$lost`: nothing is lost in silence.
 */
export const DRAIN = String.raw`
drained() {
  left=$((WB_DRAIN * 20)) still=0 lost=''
  while :; do
    # One look that gets no answer is not the end of what is promised for so long.
    if ! looked 5; then
      [ "$left" -gt 0 ] || refuse cluster-not-drained "member=$WB_MEMBER" left=- "detail=$(brief "$answer")"
      left=$((left - 1)) still=0
      sleep 0.05
      continue
    fi
    received=$(number "$(part Gtid_IO_Pos)") applied=$(number "$(part APPLIED)") at=$(part APPLIED)
    behind=$((${"$"}{received:-0} - ${"$"}{applied:-0}))
    [ "$behind" -ge 0 ] || behind=0
    if [ "$(part Slave_SQL_Running)" != Yes ]; then
      detail=$(part Last_SQL_Error)
      break
    fi
    detail="$WB_DRAIN s"
    case $(part Slave_SQL_Running_State)$(part BUSY) in *'read all relay log'*0) still=$((still + 1)) ;; *) still=0 ;; esac
    [ "$still" -lt 2 ] || break
    [ "$left" -gt 0 ] || break
    left=$((left - 1))
    sleep 0.05
  done
  if [ "$still" -lt 2 ] && [ "$behind" -gt 0 ]; then
    [ "$WB_UNDRAINED" = lose ] || refuse cluster-not-drained "member=$WB_MEMBER" "left=$behind" "detail=$detail"
    lost="unapplied $behind: $(branch "$(part Gtid_IO_Pos)")-$((${"$"}{applied:-0} + 1))..$(part Gtid_IO_Pos)"
    # What waits for a lock is not ended by an order to stop.
    sql 5 "SELECT CONCAT('KILL ', ID, ';') FROM information_schema.PROCESSLIST WHERE COMMAND IN ('Slave_SQL', 'Slave_worker')" && sql 5 "$answer"
  elif [ "$(part Read_Master_Log_Pos)" != "$(part Exec_Master_Log_Pos)" ] || [ "$(part Master_Log_File)" != "$(part Relay_Master_Log_File)" ]; then
    lost="partial 1: after $at"
  fi
}
`;

/**
 * The decision falls when its rows are counted: what is drained after that makes the outage longer, not the lag shorter. A threads'
 * end throws its relay log away when both have ended, so the one that receives ends first.
 */
export const PROMOTE = String.raw`
here
looked 5 || refuse cluster-not-promoted "detail=$(brief "$answer")"
domain=$(part DOMAIN)
[ "$(part LOG)" = 1 ] && [ "$(part UPDATES)" = 1 ] || refuse cluster-not-promoted "detail=log_bin $(part LOG), log_slave_updates $(part UPDATES)"
[ "$(part ASIDE)" = 0 ] || refuse cluster-not-promoted "detail=innodb_read_only"
if [ -n "$(part Master_Host)" ]; then
  [ "$(part Using_Gtid)" != No ] || refuse cluster-not-promoted "detail=MASTER_USE_GTID = no"
  running=$(part Slave_SQL_Running) hears=$(part Slave_IO_Running)
  behind=$(($(number "$(part Gtid_IO_Pos)" | grep . || echo 0) - $(number "$(part APPLIED)" | grep . || echo 0)))
  error=$(part Last_SQL_Error)
  if [ -n "$WB_TABLE" ]; then
    ids_of "$WB_TABLE" && fact IDS "$ids"
  fi
  if [ "$running" != Yes ] && [ "$hears" != No ]; then sql 10 'START SLAVE SQL_THREAD'
  elif [ "$running" != Yes ] && [ "$behind" -gt 0 ] && [ "$WB_UNDRAINED" != lose ]; then
    refuse cluster-not-drained "member=$WB_MEMBER" "left=$behind" "detail=${"$"}{error:-Slave_IO_Running No, Slave_SQL_Running No}"
  fi
  sql 30 'STOP SLAVE IO_THREAD' || refuse cluster-not-promoted "detail=$(brief "$answer")"
  drained
  [ -z "$lost" ] || fact LOST "$lost"
  role primary
  sql 60 'STOP SLAVE; RESET SLAVE ALL' || refuse cluster-not-promoted "detail=$(brief "$answer")"
elif [ "$(part READONLY)" = yes ]; then
  # Only who was about to be it.
  grep -q '^read_only=OFF' "$WB_ROLE" 2>/dev/null || refuse cluster-not-promoted "detail=read_only, no master"
fi
[ "$WB_SYNC" != yes ] || sql 10 'SET GLOBAL rpl_semi_sync_master_enabled = OFF' || refuse cluster-not-promoted "detail=$(brief "$answer")"
sql 30 'SET GLOBAL read_only = OFF' && looked 5 && [ "$(part READONLY)" = no ] && [ -z "$(part Master_Host)" ] ||
  refuse cluster-not-promoted "detail=$(brief "$answer")"
fact HISTORY "$domain-$(part SERVER)"
fact WRITTEN "$(number "$(part BINLOG)")"
`;

/** Rows of the load that a primary has. */
export const ROWS = String.raw`
here
ids_of "$WB_TABLE" || refuse cluster-rows "detail=$(brief "$answer")"
fact IDS "$ids"
`;

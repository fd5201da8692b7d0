/**
 * The decision falls when its rows are counted. In a cluster whose commits wait for a second member it goes on alone: there is
 * none yet.
 */
export const PROMOTE = String.raw`
here
if [ -n "$WB_TABLE" ]; then
  own=$WB_DATABASE
  WB_DATABASE=$WB_LOAD_DATABASE
  # After a crash it may be the primary already: what it has now says nothing of the decision.
  if sql 20 'SELECT pg_is_in_recovery()' "$ids_query"; then
    case $answer in t*) fact IDS "${"$"}{answer#*"$NEWLINE"}" ;; esac
  elif none_arrived; then fact IDS ''
  fi
  WB_DATABASE=$own
fi
set -- 'SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(true, '"$WB_SECONDS"') ELSE true END'
# Afterwards: a server that is told to read its configuration right before may sleep over its promotion until
# wal_retrieve_retry_interval (5 s) is over. Whoever waits for a second member meanwhile is let go by this.
[ "$WB_SYNC" != yes ] || set -- "$@" "ALTER SYSTEM SET synchronous_standby_names = ''" 'SELECT pg_reload_conf()'
sql "$WB_SECONDS" "$@" "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int, pg_current_wal_lsn() - '0/0'" ||
  refuse cluster-not-promoted "detail=$(brief "$answer")"
answer=${"$"}{answer##*"$NEWLINE"}
fact HISTORY "${"$"}{answer%%|*}"
fact WRITTEN "${"$"}{answer#*|}"
`;

/** Rows of the load that a primary has. */
export const ROWS = String.raw`
here
WB_DATABASE=$WB_LOAD_DATABASE
sql 30 "$ids_query" || { none_arrived && answer=; } || refuse cluster-rows "detail=$(brief "$answer")"
fact IDS "$answer"
`;

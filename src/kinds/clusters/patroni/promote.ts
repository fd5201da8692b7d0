/**
 * Patroni promotes: asked to (failover), or by itself ($WB_DRILL yes), which is what a drill wants to see. The key of a leader that
 * died is free when its time to live is over. Rows are counted as long as the candidate follows: what it had last is what it had
 * at the decision. Whoever becomes the leader is told as PROMOTED.
 */
export const PROMOTE = String.raw`
here
count() {
  [ -n "$WB_TABLE" ] || return 0
  own=$WB_DATABASE
  WB_DATABASE=$WB_LOAD_DATABASE
  # Still a follower when all was read.
  if sql 20 "$ids_query" 'SELECT pg_is_in_recovery()'; then
    case $answer in *"${"$"}{NEWLINE}t") counted=yes ids=${"$"}{answer%"$NEWLINE"*} ;; t) counted=yes ids= ;; esac
  elif none_arrived; then counted=yes ids=
  fi
  WB_DATABASE=$own
}
counted=
leading() {
  sql 3 "SELECT pg_is_in_recovery(), CASE WHEN NOT pg_is_in_recovery() THEN ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END" || return 1
  case $answer in f*) history=${"$"}{answer#*|} ;; *) return 1 ;; esac
}
api GET 5 '' /patroni /cluster /config
[ "$(got patroni.code)" = 200 ] || refuse cluster-no-keeper "member=$WB_MEMBER" "detail=$(got patroni.text)$(got api.text)"
[ "$(got cluster.code)" = 200 ] || refuse cluster-no-store "member=$WB_MEMBER"
ttl=$(got config.ttl)
wait=$(got config.loop_wait)
patience=$((${"$"}{ttl:-30} * 2 + ${"$"}{wait:-10} * 3))
[ "$patience" -gt "$WB_SECONDS" ] || patience=$WB_SECONDS
count
promoted=
if leading; then promoted=$WB_MEMBER
elif [ "$WB_DRILL" != yes ]; then
  api POST "$patience" "{\"candidate\": \"$WB_MEMBER\"}" /failover
  case $(got failover.code) in
    # 503: not within its own patience; the key may be free a moment later.
    200 | 503) ;;
    *) refuse cluster-keeper-refused "detail=$(got failover.code) $(got failover.text)$(got api.text)" ;;
  esac
fi
by "$patience"
until [ -n "$promoted" ]; do
  count
  if leading; then promoted=$WB_MEMBER
  else
    api GET 5 '' /cluster
    key=$(leader)
    case " $WB_OLD $WB_MEMBER " in
      *" $key "*) ;;
      *) [ "$(got "cluster.members.$key.state")" != running ] || {
        promoted=$key
        history=$(got "cluster.members.$key.timeline")
      } ;;
    esac
  fi
  [ -n "$promoted" ] || ! late || refuse cluster-not-promoted "detail=leader=${"$"}{key:--} $(got "cluster.members.${"$"}{key:--}.state")"
  [ -n "$promoted" ] || sleep 0.1
done
fact PROMOTED "$promoted"
fact HISTORY "$history"
if [ -n "$WB_TABLE" ] && [ "$promoted" = "$WB_MEMBER" ]; then
  # Nobody saw it follow: what was confirmed by the old branch and is here came before the decision.
  if [ -z "$counted" ]; then
    WB_DATABASE=$WB_LOAD_DATABASE
    sql 20 "$ids_query" && ids=$answer counted=yes
  fi
  [ -z "$counted" ] || fact IDS "$ids"
fi
`;

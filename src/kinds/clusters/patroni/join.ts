/**
 * Patroni brings it back: rewound or copied, as its own configuration allows. Joined is who streams; what Patroni did is its own
 * affair.
 */
export const JOIN = String.raw`
here
if [ -z "$(keepers)" ]; then
  # Somebody's own, whom Patroni would find already running.
  [ -z "$(servers)" ] || { sql 3 'SELECT pg_is_in_recovery()' && [ "$answer" = t ]; } || refuse cluster-still-primary "member=$WB_MEMBER"
  begin_keeper
fi
if [ "$WB_COPY" = yes ]; then
  # Its files are others when it was copied; that it was asked to says nothing.
  made() { as "$WB_USER" stat -c '%i %z' -- "$data/PG_VERSION" 2>/dev/null; }
  first=$(made)
  by "$WB_SECONDS"
  until api POST 10 '{"force": true}' /reinitialize && [ "$(got reinitialize.code)" = 200 ]; do
    ! late || refuse cluster-keeper-refused "detail=$(got reinitialize.code) $(got reinitialize.text)$(got api.text)"
    sleep 0.5
  done
  until now=$(made) && [ "$now" != "$first" ]; do
    ! late || refuse cluster-keeper-not-joined "member=$WB_MEMBER" "detail=reinitialize"
    sleep 0.2
  done
fi
by "$WB_SECONDS"
# It answers as one that follows, and Patroni says that it runs as such.
until sql 3 "SELECT pg_is_in_recovery() AND EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')" && [ "$answer" = t ]; do
  [ -n "$(keepers)" ] || refuse cluster-not-started "detail=patroni $(tail -n 2 "${"$"}{keeper_log:-/dev/null}" | tr '\n' ' ')"
  ! late || {
    api GET 3 '' /patroni
    refuse cluster-keeper-not-joined "member=$WB_MEMBER" "detail=$(got patroni.state) $(got patroni.role) $(brief "$answer")"
  }
  sleep 0.2
done
`;

/** Before it is asked whether the member follows: the settings that make a commit wait are Patroni's. */
export const SYNC = String.raw`
if [ "$WB_SYNC" = yes ]; then
  by "$WB_SECONDS"
  until api GET 5 '' /cluster && printf '%s\n' "$told" | grep -qE '^cluster\.members\..*\.role=(sync|quorum)_standby$'; do
    ! late || refuse cluster-keeper-alone "member=$WB_MEMBER"
    sleep 0.2
  done
  WB_SYNC=no
fi
`;

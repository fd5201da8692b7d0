/**
 * At once: Patroni is ended first, or it would start its server again; what it leaves is ended too, and whoever starts that
 * server by hand starts one that follows. In order: Patroni's own switchover, which ends the primary, waits until the candidate
 * has everything, and hands over.
 */
export const STOP = String.raw`
here
if [ "$WB_HOW" = in-order ]; then
  sql 5 "SELECT pg_current_wal_lsn() - '0/0'" || refuse cluster-no-connection "detail=$(brief "$answer")"
  written=$answer
  api POST "$WB_SECONDS" "{\"leader\": \"$WB_MEMBER\", \"candidate\": \"$WB_CANDIDATE\"}" /switchover
  case $(got switchover.code) in
    200) ;;
    *) refuse cluster-keeper-refused "detail=$(got switchover.code) $(got switchover.text)$(got api.text)" ;;
  esac
  # It comes back as one that follows.
  answers t "$WB_SECONDS"
  fact WRITTEN "$written"
  exit 0
fi
if [ -n "$(servers)" ]; then fact WAS running; else fact WAS down; fi
end_keeper "$WB_SECONDS"
benched
[ -z "$(servers)" ] || {
  # shellcheck disable=SC2046 # numbers, apart
  as "$WB_USER" sh -c 'kill -QUIT "$@" 2>/dev/null' sh $(servers | cut -d ' ' -f 1)
  all_gone 2 || {
    # shellcheck disable=SC2046 # numbers, apart
    as "$WB_USER" sh -c 'kill -KILL "$@" 2>/dev/null' sh $(servers | cut -d ' ' -f 1)
    all_gone 5 || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
  }
}
`;

/** Back under Patroni, which makes it the primary when the key is still to be had. */
export const START = String.raw`
here
[ -n "$(keepers)" ] || begin_keeper
answers f "$WB_SECONDS"
`;

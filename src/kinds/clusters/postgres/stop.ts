/**
 * At once: who writes is cut off, and what its log has is all there is. In order: it ends when those who follow have everything.
 * Either way it is benched first: a supervisor that starts it again starts one that follows.
 */
export const STOP = String.raw`
here
benched
postmaster() { [ ! -r "$data/postmaster.pid" ] && ! as "$WB_USER" test -r "$data/postmaster.pid" || as "$WB_USER" head -n 1 "$data/postmaster.pid"; }
if [ "$WB_HOW" = in-order ]; then
  [ -z "$WB_UNIT" ] || sudo_ systemctl stop --no-block -- "$WB_UNIT"
  [ -z "$(servers)" ] || ctl -m fast -t "$WB_SECONDS" stop || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
  all_gone 5 || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
  ended=$(control "$data" 'Database cluster state')
  [ "$ended" = 'shut down' ] || refuse cluster-not-in-order "detail=$ended"
  # Where its last record begins: who has everything has come further.
  fact WRITTEN "$(number "$(control "$data" 'Latest checkpoint location')" | awk '{ printf "%.0f", $1 + 1 }')"
  exit 0
fi
[ -z "$WB_UNIT" ] || sudo_ systemctl stop --no-block -- "$WB_UNIT"
if [ -n "$(servers)" ]; then
  pid=$(postmaster)
  # One that stands still hears only what cannot be ignored.
  [ -z "$pid" ] || as "$WB_USER" sh -c 'kill -QUIT "$1" 2>/dev/null' sh "$pid"
  all_gone 2 || {
    # shellcheck disable=SC2046 # numbers, apart
    as "$WB_USER" sh -c 'kill -KILL "$@" 2>/dev/null' sh $(servers | cut -d ' ' -f 1)
    all_gone 5 || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
  }
  fact WAS running
else
  fact WAS down
fi
`;

/** Back as the primary it was: only after it was ended in order, and when nobody took its place. */
export const START = String.raw`
here
as "$WB_USER" rm -f -- "$data/standby.signal"
[ -n "$(servers)" ] || begin_server
answers f "$WB_SECONDS"
`;

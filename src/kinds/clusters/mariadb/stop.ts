/**
 * At once: who writes is cut off, and what its log has is all there is. In order: it ends when those who follow have been sent
 * everything. Either way it is put aside first: a supervisor that starts it again starts one that takes no write.
 */
export const STOP = String.raw`
here
# What it was, for whoever takes an end in order back.
grep -q '^innodb_read_only' "$WB_ROLE" 2>/dev/null || as "$WB_USER" sh -c 'cat >"$1"' sh "$data/watchbook.role" <<WB_END
$(cat -- "$WB_ROLE" 2>/dev/null)
WB_END
role aside
if [ "$WB_HOW" = in-order ]; then
  # Those who are not privileged are kept out from here on; the others when it ends.
  [ -z "$(servers)" ] || sql 10 'SET GLOBAL read_only = ON; SHUTDOWN WAIT FOR ALL SLAVES' || refuse cluster-not-stopped "detail=$(brief "$answer")"
  all_gone "$WB_SECONDS" || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
  [ -z "$WB_UNIT" ] || sudo_ systemctl stop --no-block -- "$WB_UNIT"
  on_disk 60
  [ "$how" = 'in order' ] && [ -n "$written" ] || refuse cluster-not-in-order "detail=${"$"}{how:-no binary log}"
  fact WRITTEN "$written"
  role_read
  exit 0
fi
[ -z "$WB_UNIT" ] || sudo_ systemctl stop --no-block -- "$WB_UNIT"
if [ -n "$(servers)" ]; then
  signal KILL
  all_gone 5 || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
  fact WAS running
else
  fact WAS down
fi
role_read
`;

/** Back as the primary it was: only after it was ended in order, and when nobody took its place. */
export const START = String.raw`
here
waits=$(as "$WB_USER" cat -- "$data/watchbook.role" 2>/dev/null | grep '^rpl_semi_sync')
printf '%s\n' '[mariadbd]' read_only=OFF $waits | role_write || refuse cluster-no-data "path=$WB_ROLE"
# One that is still about to end, is ended first.
looked 3 && [ "$(part ASIDE)" = 0 ] && [ "$(part READONLY)" = no ] && [ -z "$(part Master_Host)" ] || {
  signal TERM
  all_gone "$WB_SECONDS" || signal KILL
  all_gone 5 || refuse cluster-not-stopped "detail=$(servers | tr '\n' ' ')"
  begin_server
  answers "$WB_SECONDS"
}
looked 5 && [ "$(part READONLY)" = no ] || refuse cluster-not-started "detail=read_only"
`;

import { member } from "../member/words.ts";

/**
 * Words of every program of a member, on top of those of PostgreSQL's backups and of every member: `here` (sets `$data`,
 * `$programs`), `sql SECONDS STATEMENT` (sets `$answer`), `number LSN`, `quoted TEXT`, `benched`, `begin_server`.
 */
export const MEMBER = String.raw`
${member("postgres", "postmaster")}
NEWLINE='
'
# Few processes, here and below: a failover waits for each of them.
here() {
  seen=$(as "$WB_USER" sh -c '[ -d "$1" ] && readlink -f -- "$1" && cat -- "$1/PG_VERSION" 2>/dev/null; getent passwd "$(id -u)"' sh "$WB_DATA")
  data=${"$"}{seen%%"$NEWLINE"*}
  case $data in /*) ;; *) refuse cluster-no-data "path=$WB_DATA" ;; esac
  home=${"$"}{seen##*"$NEWLINE"}
  home=${"$"}{home%:*}
  home=${"$"}{home##*:}
  version=${"$"}{seen#*"$NEWLINE"}
  version=${"$"}{version%%"$NEWLINE"*}
  programs=${"$"}{WB_PROGRAMS:-/usr/lib/postgresql/$version/bin}
  [ -x "$programs/pg_ctl" ] || pg_programs "$version"
}
# Each statement by itself. The password comes by standard input: arguments can be seen. Nobody waits longer than so many seconds
# (libpq: at least 2).
sql() {
  limit=$1
  shift
  for statement do
    set -- "$@" -c "$statement"
    shift
  done
  answer=$(printf '%s\n' "${"$"}{PGPASSWORD-}" | as "$WB_USER" env -i "PATH=$programs:/usr/local/bin:/usr/bin:/bin" LC_ALL=C TZ=UTC "HOME=${"$"}{home:-/}" \
    "PGCONNECT_TIMEOUT=$limit" PGAPPNAME=watchbook "PGOPTIONS=-c client_min_messages=error" "PGPORT=$WB_PORT" "PGUSER=$WB_DB_USER" \
    "PGDATABASE=$WB_DATABASE" ${"$"}{WB_HOST:+"PGHOST=$WB_HOST"} sh -c '
      IFS= read -r PGPASSWORD
      [ -z "$PGPASSWORD" ] || export PGPASSWORD
      exec timeout -k 1 "$@" </dev/null 2>&1' sh "$limit" psql -X -A -t -q -w -F "|" -v ON_ERROR_STOP=1 -v VERBOSITY=verbose "$@")
}
brief() { printf '%s' "$1" | grep -v '^LOCATION' | tail -n 2 | tr '\n' ' ' | cut -c 1-200; }
# A position as a number of bytes.
number() {
  awk -v lsn="$1" 'function hex(text, i, sum) {
      for (i = 1; i <= length(text); i++) sum = sum * 16 + index("0123456789ABCDEF", toupper(substr(text, i, 1))) - 1
      return sum + 0
    }
    BEGIN { if (split(lsn, both, "/") == 2) printf "%.0f", hex(both[1]) * 4294967296 + hex(both[2]) }'
}
quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/''/g")"; }
# Whoever starts it now starts one that follows, and takes no write.
benched() {
  as "$WB_USER" sh -c ': >"$1/standby.signal" && sync "$1/standby.signal" "$1" 2>/dev/null || sync' sh "$data" ||
    refuse cluster-no-data "path=$data"
}
ctl() { pg pg_ctl -s -D "$data" "$@" </dev/null >/dev/null 2>&1; }
begin_server() {
  if [ -n "$WB_UNIT" ]; then
    sudo_ systemctl start -- "$WB_UNIT" || refuse cluster-not-started "detail=systemctl start $WB_UNIT"
    return
  fi
  as "$WB_USER" env -i "PATH=$programs:/usr/bin:/bin" LC_ALL=C TZ=UTC "HOME=$data" setsid "$programs/pg_ctl" -s -D "$data" \
    ${"$"}{WB_CONFIG:+-o} ${"$"}{WB_CONFIG:+"-c config_file='$WB_CONFIG'"} -l "$data/watchbook.log" -W start </dev/null >/dev/null 2>&1 ||
    refuse cluster-not-started "detail=$(as "$WB_USER" tail -n 3 "$data/watchbook.log" 2>/dev/null | tr '\n' ' ')"
}
# There is no server, and nobody who would start one.
nobody() { [ -z "$(servers)" ]; }
# It answers, as one that follows (t) or not (f); at most so many seconds.
answers() {
  by "$2"
  none=0
  until sql 3 'SELECT pg_is_in_recovery()' && [ "$answer" = "$1" ]; do
    if nobody; then none=$((none + 1)); else none=0; fi
    ! late && [ "$none" -lt 20 ] || refuse cluster-not-started "detail=$(brief "$answer") $(as "$WB_USER" tail -n 2 "$data/watchbook.log" 2>/dev/null | tr '\n' ' ')"
    sleep 0.05
  done
}
`;

/** Rows of the load as one short text: `1-9,11`. A table that never arrived (42P01) has none. */
export const IDS = String.raw`
ids_query="SELECT coalesce(string_agg(CASE WHEN a = b THEN a::text ELSE a || '-' || b END, ',' ORDER BY a), '') FROM (SELECT min(id) AS a, max(id) AS b FROM (SELECT id, id - row_number() OVER (ORDER BY id) AS run FROM public.\"$WB_TABLE\") AS x GROUP BY run) AS y"
none_arrived() { case $answer in *42P01*) return 0 ;; *) return 1 ;; esac; }
`;

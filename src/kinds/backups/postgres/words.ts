/** Words for the server in use, on top of the others: `ask SQL`, `asked SQL` (sets `$answer`). */
export const ASK = String.raw`
# Not as an argument: a name with a sign of equality would be read as words of a connection.
ask() { client env "PGDATABASE=$WB_DATABASE" psql -X -A -t -q -w -v ON_ERROR_STOP=1 -c "$1"; }
asked() { answer=$(ask "$1" 2>"$WB_COPY.said") || refuse backup-no-connection "detail=$(tail -n 2 "$WB_COPY.said")"; }
`;

/**
 * Words of every program of PostgreSQL: `pg_programs MAJOR` (sets `$programs`), `pg_need TOOL…`, `pg COMMAND…` as the
 * server's own user, `client COMMAND…` of the server in use, `restored COMMAND…` of the one in `$WB_INTO`,
 * `keep NAME VALUE` and `kept FOLDER NAME` (facts that lie beside the copy), `room BYTES`, `same_version FOLDER`.
 */
export const POSTGRES = String.raw`
cd /
# The newest of Debian's folders, or that of one major version; elsewhere whatever the path has.
pg_programs() {
  programs=$WB_PROGRAMS
  [ -n "$programs" ] ||
    programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -path "*/${"$"}{1:-*}/bin" 2>/dev/null | sort -t / -k 5 -n | tail -n 1)
  [ -n "$programs" ] || programs=$(command -v pg_controldata | sed 's,/[^/]*$,,')
  [ -n "$programs" ] || programs=/usr/bin
  # Root becomes the server's user by setpriv, where there is one that can: runuser asks PAM for a session each time.
  [ "$wb_number" = 0 ] && [ -n "$WB_USER" ] && [ "$WB_USER" != "$wb_name" ] &&
    setpriv "--reuid=$WB_USER" "--regid=$wb_group" --init-groups true 2>/dev/null && pg_group=$wb_group || pg_group=
}
pg_need() {
  for tool do
    [ -x "$programs/$tool" ] || refuse backup-tool "tool=$programs/$tool"
  done
}
IFS=: read -r _ _ _ wb_group _ pg_home _ <<WB_HOME
$(getent passwd "${"$"}{WB_USER:-$wb_name}")
WB_HOME
pg_group=
# In a clean environment: no variable of ours reaches a server, nor marks it as ours.
pg() {
  if [ -n "$pg_group" ]; then set -- setpriv "--reuid=$WB_USER" "--regid=$pg_group" --init-groups -- env -i \
    "PATH=$programs:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" LC_ALL=C TZ=UTC "HOME=${"$"}{pg_home:-/}" "$@" && "$@"
  else as "$WB_USER" env -i "PATH=$programs:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" LC_ALL=C TZ=UTC "HOME=${"$"}{pg_home:-/}" "$@"
  fi
}
# The password comes by standard input: arguments can be seen, and sudo drops variables.
client() {
  printf '%s\n' "${"$"}{PGPASSWORD-}" | pg PGCONNECT_TIMEOUT=15 PGAPPNAME=watchbook \
    ${"$"}{WB_HOST:+"PGHOST=$WB_HOST"} ${"$"}{WB_PORT:+"PGPORT=$WB_PORT"} ${"$"}{WB_DB_USER:+"PGUSER=$WB_DB_USER"} \
    sh -c 'IFS= read -r PGPASSWORD; [ -z "$PGPASSWORD" ] || export PGPASSWORD; exec "$@" </dev/null' sh "$@"
}
restored() { pg "PGHOST=$WB_INTO/socket" PGPORT=5432 "PGUSER=$(kept "$WB_INTO" ROLE)" "$@"; }
keep() {
  fact "$1" "$2"
  printf '%s %s\n' "$1" "$2" >>"$WB_COPY/facts"
}
kept() {
  last=
  while IFS= read -r line; do case $line in "$2 "*) last=${"$"}{line#"$2 "} ;; esac; done <"$1/facts"
  printf '%s\n' "$last"
}
room() {
  available=$(df -Pk -- "$WB_INTO" | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')
  [ "$1" -le "$available" ] || refuse backup-no-room "need=$1" "available=$available" "path=$WB_INTO"
}
# A server reads only what one of its own major version wrote (12 and later: how it is told to recover).
same_version() {
  copy=$(cat "$1/PG_VERSION" 2>/dev/null) || refuse backup-damaged "detail=PG_VERSION"
  pg_programs "$copy"
  here=$([ -x "$programs/postgres" ] && "$programs/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
  [ "$copy" = "$here" ] && [ "${"$"}{copy%%.*}" -ge 12 ] || refuse restore-other-version "copy=$copy" "here=${"$"}{here:--}"
}
# Asked once for as long as it does not change: what was heard is kept in $controls.
controls() {
  controls_of=$1
  controls=$(pg pg_controldata "$1")
}
controls_of=
control() {
  [ "$controls_of" = "$1" ] || controls=$(pg pg_controldata "$1")
  while IFS= read -r line; do
    case $line in
      "$2:"*)
        line=${"$"}{line#"$2:"}
        printf '%s\n' "${"$"}{line#"${"$"}{line%%[! ]*}"}"
        return
        ;;
    esac
  done <<WB_CONTROL
$controls
WB_CONTROL
}
# Without fsync a power cut leaves anything at all: what was restored before it is not taken for what it was.
same_boot() {
  [ ! -s "$WB_INTO/conf/boot" ] || [ "$(cat "$WB_INTO/conf/boot")" = "$(cat /proc/sys/kernel/random/boot_id)" ] ||
    refuse restore-rebooted "path=$WB_INTO"
}
`;

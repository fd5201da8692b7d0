/**
 * Words for servers that are restored alone: `apart USER LOG COMMAND…`, `alive PID`, `newer A B`,
 * `value FILE NAME`, `brief FILE`.
 */
export const SERVER = String.raw`
# Begins a server that outlives this step and bears none of its marks; its pid is $!.
apart() {
  user=$1 log=$2
  shift 2
  if [ -z "$user" ] || [ "$(id -un)" = "$user" ]; then :
  elif [ "$(id -u)" = 0 ]; then set -- runuser -u "$user" -- "$@"
  else set -- sudo -n -u "$user" -- "$@"
  fi
  (cd / && exec env -u WATCHBOOK_ATTEMPT -u WB_OUTPUT -u MYSQL_PWD -u REDISCLI_AUTH setsid "$@" </dev/null >>"$log" 2>&1) &
}
# Its state is read (proc(5)): a zombie would still take signals.
alive() {
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  case ${"$"}{stat##*) } in Z* | X*) return 1 ;; esac
}
# A path that fits into a socket's name (unix(7): 108 bytes with its end).
socket_fits() { [ "$(printf %s "$1" | wc -c)" -le 107 ] || refuse restore-path-long "path=$1"; }
# Version A is of a later series (major.minor) than B; what is no version is not.
newer() {
  awk -v a="$1" -v b="$2" 'BEGIN {
    if (a !~ /^[0-9]+\.[0-9]+/ || b !~ /^[0-9]+\.[0-9]+/) exit 1
    split(a, x, "."); split(b, y, ".")
    exit !(x[1] + 0 > y[1] + 0 || (x[1] + 0 == y[1] + 0 && x[2] + 0 > y[2] + 0))
  }'
}
value() { sed -n "s/^$2=//p" "$1" | head -n 1; }
# What a tool complained of, in a line that can be read.
brief() { { grep -iE 'error|fail|denied|fatal|cannot|not ' "$1" || cat "$1"; } | grep -v '^[[:space:]]*$' | tail -n 3 | cut -c 1-200; }
`;

/**
 * `halt ARGUMENT`: ends at once every process that was called with exactly this argument, and waits until none is there;
 * a zombie has no arguments any more. Stands alone: the target's own timer calls it too.
 */
export const HALT = String.raw`
halt() {
  tries=0
  while pids=$(printf '%s\n' "$1" | grep -lzxF -f - /proc/[0-9]*/cmdline 2>/dev/null | cut -d / -f 3) && [ -n "$pids" ]; do
    [ "$tries" -lt 300 ] || { echo "still running: $pids" >&2; exit 1; }
    # shellcheck disable=SC2086 # numbers, apart
    kill -KILL $pids 2>/dev/null
    tries=$((tries + 1))
    sleep 0.1
  done
}
`;

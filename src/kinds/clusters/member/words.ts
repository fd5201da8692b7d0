/**
 * Words of every program of a member, whatever runs there: `by SECONDS` and `late`; `servers` (its processes, `PID STATE` a line,
 * known by the folder that they stand in and by one of `names`), `all_gone SECONDS`, `sudo_ COMMAND…`. Needs `$data`.
 */
export const member = (...names: readonly string[]): string => String.raw`
# By the machine's clock, not by how often something was tried.
ticks() {
  read -r ticks rest </proc/uptime
  ticks=${"$"}{ticks%.*}${"$"}{ticks#*.}
}
by() {
  ticks
  deadline=$((ticks + $1 * 100))
}
late() {
  ticks
  [ "$ticks" -ge "$deadline" ]
}
# Every process of a server stands in its folder; a zombie stands nowhere. Their state is read (proc(5)): a signal says nothing.
servers() {
  as "$WB_USER" sh -c '
    data=$1
    for link in $(find /proc/[0-9]*/cwd -maxdepth 0 -lname "$data" 2>/dev/null); do
      pid=${"$"}{link#/proc/}
      pid=${"$"}{pid%/cwd}
      read -r name 2>/dev/null <"/proc/$pid/comm" || continue
      case $name in ${names.join(" | ")}) ;; *) continue ;; esac
      read -r line 2>/dev/null <"/proc/$pid/stat" || continue
      set -- ${"$"}{line##*) }
      case $1 in Z | X) ;; *) echo "$pid $1" ;; esac
    done' sh "$data"
}
# Waits until no process of it is there; at most so many seconds.
all_gone() {
  by "$1"
  while [ -n "$(servers)" ]; do
    ! late || return 1
    sleep 0.02
  done
}
sudo_() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n -- "$@"; fi; }
`;

/**
 * Finding and ending the processes of a command, in POSIX sh with awk, `grep -z` and /proc as Linux and busybox have
 * them. Callers set:
 *   leader, start  pid of the session's leader and its start time: a pid that was given out again is not believed
 *   leaders        pids of such leaders that are believed as they are
 *   mark, how      `NAME=value` in the environment of whoever left for a session of their own; how to grep for it
 *   kin            1: also children of these
 *   keep, own      pids that stay; pids that stay with whatever they started
 */
export const PROCESSES = `
leaders='' how=-lzxF
# Start time of a process (proc(5), field 22); fails when it is gone or only waits to be collected.
began_at() {
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  stat=\${stat##*) }
  case $stat in [ZX]*) return 1 ;; esac
  # shellcheck disable=SC2086 # fields of numbers
  set -- $stat
  shift 19
  echo "$1"
}
members() {
  marked=$(grep "$how" "$mark" /proc/[0-9]*/environ 2>/dev/null | tr -c '0-9' ' ')
  awk -v leader="$leader" -v start="$start" -v kin="$kin" -v keep="$keep" -v own="$own" -v leaders="$leaders" -v marked="$marked" '
    # Whatever descends from one of the set is of the set.
    function grow(set,    more, pid) {
      do {
        more = 0
        for (pid in parent) if (!(pid in set) && (parent[pid] in set)) { set[pid] = 1; more = 1 }
      } while (more)
    }
    BEGIN {
      for (i = 1; i < ARGC; i++) {
        file = ARGV[i]
        # A name may hold anything, line ends and brackets too: fields begin after the last bracket of the first line.
        if ((getline line < file) > 0 && sub(/.*\\) /, "", line) && split(line, field, " ") > 20) {
          pid = file
          gsub(/[^0-9]/, "", pid)
          if (field[1] !~ /^[ZX]/) {
            parent[pid] = field[2]; group[pid] = field[3]; session[pid] = field[4]; began[pid] = field[20]
          }
        }
        close(file)
      }
      known = leader != "" && (leader in began) && began[leader] == start
      for (pid in parent) if (known && (session[pid] == leader || group[pid] == leader)) ours[pid] = 1
      count = split(marked, list, " ")
      for (i = 1; i <= count; i++) if (list[i] in parent) {
        ours[list[i]] = 1
        # Who left for a session of its own may have taken others along.
        if (session[list[i]] == list[i]) left[list[i]] = 1
      }
      count = split(leaders, list, " ")
      for (i = 1; i <= count; i++) left[list[i]] = 1
      for (pid in parent) if (session[pid] in left) ours[pid] = 1
      if (kin) grow(ours)
      count = split(own, list, " ")
      for (i = 1; i <= count; i++) kept[list[i]] = 1
      grow(kept)
      count = split(keep, list, " ")
      for (i = 1; i <= count; i++) kept[list[i]] = 1
      for (pid in ours) if (!(pid in kept)) printf "%s ", pid
    }' /proc/[0-9]*/stat
}
# Somebody of a process group still runs: who only waits to be collected, as in a container without an init, does not.
group_runs() {
  kill -0 "-$1" 2>/dev/null && awk -v group="$1" '
    BEGIN {
      for (i = 1; i < ARGC; i++) {
        if ((getline line < ARGV[i]) > 0 && sub(/.*\\) /, "", line) && split(line, field, " ") > 3 &&
          field[3] == group && field[1] !~ /^[ZX]/) exit
        close(ARGV[i])
      }
      exit 1
    }' /proc/[0-9]*/stat
}
# Hundredths of a second since some start.
clock() {
  read -r now _ </proc/uptime
  echo "\${now%.*}\${now#*.}"
}
# Nobody, at two looks: whoever is just becoming another program shows no environment, and no mark, for a moment.
is_empty() {
  [ -z "$(members)" ] && sleep 0.05 && [ -z "$(members)" ]
}
# TERM, then KILL after a second; fails when something is left. What is stopped must go on in order to end.
end_all() {
  for signal in TERM KILL; do
    until=$(($(clock) + 100)) first=1
    while :; do
      is_empty && return 0
      all=$(members)
      if [ "$first" = 1 ] || [ "$signal" = KILL ]; then
        # shellcheck disable=SC2086 # pids
        kill -s "$signal" $all 2>/dev/null
        # shellcheck disable=SC2086
        [ "$signal" = TERM ] && kill -s CONT $all 2>/dev/null
      elif [ "$(clock)" -ge "$until" ]; then
        break
      fi
      [ "$signal" = KILL ] && [ "$(clock)" -ge "$until" ] && return 1
      first=0
      sleep 0.05
    done
  done
}
`;

/**
 * `outlive FILE NOTE SCRIPT ARG…`: a shell of its own does SCRIPT, which lies in FILE, and neither a lost connection nor the
 * end of whatever began it takes it along. NOTE gets its number and its start (proc(5), field 22); 1 when it has not begun.
 * Where systemd is the first process it is a unit of its own: a session is ended at logout (logind.conf: KillUserProcesses), and
 * a service with all of its processes (systemd.kill: control-group). Elsewhere it is a session of its own, twice apart.
 * Root's unit is the system's; another user's is the user's own, where that one's manager stays without a login.
 * With `out_strict`: 1 too where it could not outlive the service it is begun in, which is `$out_bound` then.
 */
export const OUTLIVE = String.raw`
out_manager() {
  [ -d /run/systemd/system ] && command -v systemd-run >/dev/null && command -v timeout >/dev/null || return 1
  out_inside=
  if [ "$(id -u)" != 0 ]; then
    [ -e "/var/lib/systemd/linger/$(id -un)" ] || grep -q "/user@$(id -u)[.]service/" /proc/self/cgroup || return 1
    XDG_RUNTIME_DIR=/run/user/$(id -u)
    export XDG_RUNTIME_DIR
    out_whose=--user
    # The kernel lets nobody look where that manager is: what it begins looks itself whether it is here.
    out_here="$(readlink "/proc/$$/ns/mnt") $(readlink "/proc/$$/ns/net")"
    return 0
  fi
  out_whose=--system
  # What is done in a network or among mounts of our own is done there, not where the manager is.
  for out_space in mount:mnt net:net; do
    out_theirs=$(readlink "/proc/1/ns/${"$"}{out_space#*:}" 2>/dev/null)
    [ -n "$out_theirs" ] || return 1
    [ "$out_theirs" = "$(readlink "/proc/$$/ns/${"$"}{out_space#*:}")" ] || {
      command -v nsenter >/dev/null || return 1
      out_inside="$out_inside --${"$"}{out_space%:*}=/proc/$$/ns/${"$"}{out_space#*:}"
    }
  done
}
# $1 file, $2 note, $3 folder, and what the script is given. Where it is to be is told only to what may be elsewhere.
out_unit() {
  # Its words would be replaced in a command: systemd.service(5).
  case "$*" in *[\$%]*) return 1 ;; esac
  out_here=
  out_manager || return 1
  out_file=$1 out_notes=$2 out_folder=$3
  shift 3
  set -- sh "$out_file" "$out_notes" "$out_folder" "$out_here" "$@"
  # shellcheck disable=SC2086 # words, apart
  [ -z "$out_inside" ] || set -- nsenter $out_inside -- "$@"
  set -- -- "$@"
  for out_name in PATH HOME USER LC_ALL TZ XDG_RUNTIME_DIR DOCKER_HOST DOCKER_CONFIG DOCKER_CONTEXT KUBECONFIG; do
    eval "out_value=\$$out_name"
    [ -z "$out_value" ] || set -- "--setenv=$out_name=$out_value" "$@"
  done
  out_of=watchbook-$(od -An -v -N6 -tx1 /dev/urandom | tr -d ' \n')
  timeout 10 systemd-run "$out_whose" --quiet --collect --no-ask-password \
    "--unit=$out_of" "--description=$out_file" "$@" </dev/null >/dev/null 2>&1
}
out_begun() {
  for out_pause in 0.01 0.02 0.05 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.5 0.5 1 1 1; do
    [ ! -s "$out_note" ] || return 0
    [ "$1" != --user ] || timeout 10 systemctl --user is-active --quiet "$out_of" 2>/dev/null || break
    sleep "$out_pause"
  done
  [ -s "$out_note" ]
}
# The service whose end would take it along, where it is in one.
out_service() {
  [ -d /run/systemd/system ] || return 0
  out_name=$(sed -n 's|^[0-9]*:\(name=systemd\)\{0,1\}:.*/\([^/]*[.]service\)\(/.*\)\{0,1\}$|\2|p' /proc/self/cgroup | tail -n 1)
  [ -n "$out_name" ] || return 0
  case $(timeout 10 systemctl show --property=KillMode --value "$out_name" 2>/dev/null) in process | none) ;; *) echo "$out_name" ;; esac
}
outlive() {
  out_later=$1 out_note=$2 out_bound=
  {
    cat <<'WB_NOTED'
note=$1 here=$3
cd -- "$2" 2>/dev/null
shift 3
[ -z "$here" ] || [ "$(readlink "/proc/$$/ns/mnt") $(readlink "/proc/$$/ns/net")" = "$here" ] || exit 1
read -r line </proc/$$/stat
rest=${"$"}{line##*) }
echo "$$ $(set -- $rest; shift 19; echo "$1")" >"$note.new" && mv -- "$note.new" "$note" || exit 1
WB_NOTED
    printf '%s\n' "$3"
  } >"$out_later" || return 1
  shift 3
  if out_unit "$out_later" "$out_note" "$PWD" "$@"; then
    out_begun "$out_whose" && return 0
    [ "$out_whose" = --user ] || return 1
    # Not here, then: whatever became of it does nothing any more.
    timeout 10 systemctl --user stop "$out_of" >/dev/null 2>&1
  fi
  [ -z "${"$"}{out_strict:-}" ] || out_bound=$(out_service)
  [ -z "$out_bound" ] || return 1
  (env -u WATCHBOOK_ATTEMPT -u WB_OUTPUT setsid sh "$out_later" "$out_note" "$PWD" '' "$@" </dev/null >/dev/null 2>&1 &)
  out_begun ''
}
`;

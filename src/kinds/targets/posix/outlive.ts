/**
 * `outlive FILE NOTE SCRIPT ARG…`: a shell of its own does SCRIPT, which lies in FILE, and neither a lost connection nor the
 * end of whatever began it takes it along. NOTE gets its number and its start (proc(5), field 22); 1 when it has not begun.
 * Where systemd is the first process it is a unit of its own: a session is ended at logout (logind.conf: KillUserProcesses), and
 * a service with all of its processes (systemd.kill: control-group). Elsewhere it is a session of its own, twice apart.
 * Root's unit is the system's; another user's is the user's own, where that one's manager stays without a login.
 */
export const OUTLIVE = String.raw`
out_manager() {
  [ -d /run/systemd/system ] && command -v systemd-run >/dev/null && command -v timeout >/dev/null || return 1
  out_whose=--system out_inside=
  if [ "$(id -u)" = 0 ]; then out_first=1
  else
    [ -e "/var/lib/systemd/linger/$(id -un)" ] || return 1
    XDG_RUNTIME_DIR=/run/user/$(id -u)
    export XDG_RUNTIME_DIR
    out_whose=--user
    # The user's own manager: its first process, as the kernel lists it.
    for out_root in /sys/fs/cgroup /sys/fs/cgroup/systemd; do
      read -r out_first 2>/dev/null <"$out_root/user.slice/user-$(id -u).slice/user@$(id -u).service/init.scope/cgroup.procs" && break
    done
  fi
  # What is done in a network or among mounts of our own is done there, not where the manager is.
  for out_space in mount:mnt net:net; do
    out_theirs=$(readlink "/proc/$out_first/ns/${"$"}{out_space#*:}" 2>/dev/null)
    [ -n "$out_theirs" ] || return 1
    [ "$out_theirs" = "$(readlink "/proc/$$/ns/${"$"}{out_space#*:}")" ] || {
      [ "$out_whose" = --system ] && command -v nsenter >/dev/null || return 1
      out_inside="$out_inside --${"$"}{out_space%:*}=/proc/$$/ns/${"$"}{out_space#*:}"
    }
  done
}
out_unit() {
  # Its words would be replaced in a command: systemd.service(5).
  case "$*" in *[\$%]*) return 1 ;; esac
  out_manager || return 1
  # shellcheck disable=SC2086 # words, apart
  [ -z "$out_inside" ] || set -- nsenter $out_inside -- "$@"
  set -- -- "$@"
  for out_name in PATH HOME USER LC_ALL TZ XDG_RUNTIME_DIR DOCKER_HOST DOCKER_CONFIG DOCKER_CONTEXT KUBECONFIG; do
    eval "out_value=\$$out_name"
    [ -z "$out_value" ] || set -- "--setenv=$out_name=$out_value" "$@"
  done
  timeout 10 systemd-run "$out_whose" --quiet --collect --no-ask-password \
    "--unit=watchbook-$(od -An -v -N6 -tx1 /dev/urandom | tr -d ' \n')" "--description=$out_later" "$@" </dev/null >/dev/null 2>&1
}
outlive() {
  out_later=$1 out_note=$2
  {
    cat <<'WB_NOTED'
note=$1
cd -- "$2" 2>/dev/null
shift 2
read -r line </proc/$$/stat
rest=${"$"}{line##*) }
echo "$$ $(set -- $rest; shift 19; echo "$1")" >"$note.new" && mv -- "$note.new" "$note" || exit 1
WB_NOTED
    printf '%s\n' "$3"
  } >"$out_later" || return 1
  shift 3
  set -- sh "$out_later" "$out_note" "$PWD" "$@"
  out_unit "$@" || (env -u WATCHBOOK_ATTEMPT -u WB_OUTPUT setsid "$@" </dev/null >/dev/null 2>&1 &)
  for out_pause in 0.01 0.02 0.05 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.5 0.5 1 1 1; do
    [ ! -s "$out_note" ] || return 0
    sleep "$out_pause"
  done
  return 1
}
`;

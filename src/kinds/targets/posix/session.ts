/** Becomes a program that leads a session (or at least a process group) of its own, on whatever the target has for it. */
export const SESSION = `
own_session() {
  if command -v setsid >/dev/null; then
    exec setsid "$@"
  elif command -v perl >/dev/null; then
    # shellcheck disable=SC2016 # for perl
    exec perl -e 'use POSIX (); POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127' "$@"
  fi
  # shellcheck disable=SC2016 # for bash
  exec bash -c 'set -m; "$@" <&0 & wait "$!"' bash "$@"
}
`;

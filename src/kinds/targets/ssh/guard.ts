import { PROCESSES } from "../posix/processes.ts";
import { SESSION } from "../posix/session.ts";

/**
 * Runs one command on a target that is reached through a connection. The end of standard input is the dead man's switch:
 * then, or at the limit, the command and everything of it ends. Arguments: token, seconds, bytes of the command's input,
 * working directory, argv …; standard input: assignments, a line that is the token, the command's input, and nothing more
 * for as long as the command may run. Bytes \`none\`: not even that comes. Both outputs begin and end with the token: what a
 * login shell or the connection says stands outside. The last line of standard output is \`TOKEN exit CODE\` or
 * \`TOKEN spawn REASON\`.
 */
export const GUARD = `${SESSION}${PROCESSES}
_token=$1 _limit=$2 _input=$3 _cwd=$4
shift 4
_values=''
if [ "$_input" = none ]; then
  _input=0
else
  while IFS= read -r _line; do
    [ "$_line" = "$_token" ] && break
    _values="$_values$_line
"
  done
  [ "$_line" = "$_token" ] || exit 0
fi
echo "$_token"
echo "$_token" >&2
exec 5<&0
run() {
  exec 5<&-
  cd "$_cwd" 2>/dev/null || { echo "$_token spawn no-directory"; exit 127; }
  set -- "$_token" "$@"
  eval "$_values"
  LC_ALL=C
  export LC_ALL
  case $2 in
    */*)
      [ -e "$2" ] || { echo "$1 spawn not-found"; exit 127; }
      if [ -d "$2" ] || [ ! -x "$2" ]; then echo "$1 spawn no-permission"; exit 126; fi
      ;;
    *) command -v -- "$2" >/dev/null || { echo "$1 spawn not-found"; exit 127; } ;;
  esac
  shift
  own_session "$@"
}
# Ends everything of the command but $1 and $2 and what they started.
# shellcheck disable=SC2034 # for members
end_command() {
  mark=WATCHBOOK_EXEC=$WATCHBOOK_EXEC leader='' start='' kin='' keep=$1 own=$2
  end_all
}
watch() {
  if command -v timeout >/dev/null; then timeout "$_limit" cat <&5; else cat <&5; fi
  trap '' TERM
  read -r self _ </proc/self/stat
  end_command "$_guard" "$self"
}
_guard=$$
if [ "$_input" -gt 0 ]; then
  # Its input comes first; only behind it stands the end.
  {
    head -c "$_input" <&5
    (exec >/dev/null && watch) &
  } 2>/dev/null | run "$@" &
  _command=$!
  { wait "$_command"; } 2>/dev/null
  _code=$?
else
  run "$@" </dev/null &
  _command=$!
  watch >/dev/null 2>&1 &
  _watch=$!
  {
    wait "$_command"
    _code=$?
    kill "$_watch"
    wait "$_watch"
  } 2>/dev/null
fi
# A child in the background may finish what it says; it does not outlive the command.
if group_runs "$_command"; then
  tries=0
  while group_runs "$_command" && [ "$tries" -lt 60 ]; do
    case $tries in
      20) kill -TERM "-$_command" ;;
      40) kill -KILL "-$_command" ;;
    esac
    sleep 0.05
    tries=$((tries + 1))
  done
fi 2>/dev/null
trap '' PIPE
# Nobody hears it: the connection was lost while the command ended, maybe of that, and what it left in a session of its
# own has nobody either.
echo "$_token exit $_code" 2>/dev/null || end_command '' $$
echo "$_token" >&2
`;

/** Ends whatever carries the mark \`$1\` and counts what is left. */
export const REAP = `${PROCESSES}
# shellcheck disable=SC2034 # for members
mark=$1 leader='' start='' kin='' own='' keep=$$
end_all
# shellcheck disable=SC2046 # pids
set -- $(members)
echo $#
`;

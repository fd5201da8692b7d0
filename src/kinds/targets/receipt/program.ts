import { PROCESSES } from "../posix/processes.ts";
import { SESSION } from "../posix/session.ts";
import { COMMON, FOLLOW, STATE } from "./common.ts";
import { TOOLS } from "./tools.ts";

/**
 * Begins an attempt and follows it. Arguments: folder, token, mark, seconds, bytes kept, working directory, interpreter
 * …; standard input: script, program and values as assignments, and `: TOKEN` as its last line. When nothing began it exits
 * 90: no receipt could be made; 91: the attempt is there already; 92: the input was cut short; 94: a tool is missing; 95: the
 * run's mark is not there.
 */
export const BEGIN = `${SESSION}${PROCESSES}${STATE}${COMMON}${FOLLOW}${TOOLS}
limit=$4 cap=$5 cwd=$6
shift 6
input=$(cat)
case $input in *": $token") ;; *) exit 92 ;; esac
script='' program='' values='' used=''
eval "$input"
for tool in awk grep head tail wc tee mkfifo mv sync timeout "$1"; do
  command -v "$tool" >/dev/null || { echo "$tool" >&2; exit 94; }
done
command -v setsid >/dev/null || command -v perl >/dev/null || command -v bash >/dev/null || { echo setsid >&2; exit 94; }
is_unmarked && exit 95
new=$state/.new.$token
stage() {
  blank='                                                                '
  # What is written later is written over these.
  { [ -d "$state" ] || mkdir -p "$state"; } && mkdir "$new" && cd "$new" && printf '%s' "$script" >script && printf '%s' "$program" >program &&
    echo "$blank$blank" >claim && echo "$blank" >ending && echo "$blank" >out.more && echo "$blank" >err.more &&
    : >out && : >err && : >idle && : >in-time && : >out.open && : >err.open && mkfifo o e w &&
    { [ -d "\${dir%/*}" ] || mkdir -p "\${dir%/*}"; }
}
if ! (stage); then
  rm -rf "$new"
  exit 90
fi
if ! mkdir "$dir" 2>/dev/null; then
  rm -rf "$new"
  [ -d "$dir" ] && exit 91
  mkdir "$dir"
  exit 90
fi
mv "$new"/* "$dir" && rmdir "$new" || exit 90
# shellcheck disable=SC2086 # names
[ -z "$used" ] || (cd "$cwd" && record_tools "\${dir%/*}/tools" $used >"$dir/tools") 2>/dev/null
set -- sh "$dir/program" "$dir" "$limit" "$cap" "$cwd" "$@"
# A shell whose printf is a program of its own would show the values in its arguments: there a here-document carries them.
case $(command -v printf) in
  /*)
    own_session "$@" >/dev/null 2>&1 <<END &
$values
END
    ;;
  *) printf '%s\\n' "$values" | own_session "$@" >/dev/null 2>&1 & ;;
esac
follow 0 0
`;

/**
 * Follows an attempt that was begun. Arguments: folder, token, mark, bytes of out and of err seen already. 93: there is none;
 * 96: the target has lost whatever there was.
 */
export const ATTACH = `${PROCESSES}${STATE}${COMMON}${FOLLOW}
if [ ! -d "$dir" ]; then
  is_unmarked && exit 96
  exit 93
fi
follow "$4" "$5"
`;

/**
 * What is known of an attempt; one that has not begun never will. Arguments: folder, token, mark: where the run had left none,
 * nothing of it can have begun, and it has one from here on. 90: no claim could be made.
 */
export const RECALL = `${PROCESSES}${STATE}${COMMON}
mkdir -p "\${dir%/*}" && mkdir -p "$dir" || exit 90
[ "$marked" = marked ] || : >"\${dir%/*}/mark"
if [ ! -e "$dir/began" ]; then
  : >"$dir/void" || exit 90
fi
if [ -e "$dir/exit" ]; then
  report ended
elif [ ! -e "$dir/began" ]; then
  if is_lost; then report lost; else report absent; fi
else
  # Whoever was to begin right now may see that it was not to, and say so.
  if [ -e "$dir/void" ]; then sleep 0.3; fi
  state=lost
  if is_alive; then state=running; fi
  if [ -e "$dir/exit" ]; then state=ended; fi
  report "$state"
fi
`;

/**
 * Ends an attempt and everything of it, and counts what is left; one that had ended stays as it is. Arguments: folder,
 * token, mark, \`cancelled\` or \`timeout\`.
 */
export const CANCEL = `${PROCESSES}${STATE}${COMMON}
[ -d "$dir" ] || { mkdir -p "\${dir%/*}" && mkdir -p "$dir"; } || exit 90
[ -e "$dir/began" ] || : >"$dir/void"
if [ -e "$dir/exit" ]; then
  report ended
  exit 0
fi
if [ ! -e "$dir/began" ]; then
  if ! is_lost; then
    report absent
    exit 0
  fi
  # Its receipts are gone, its processes need not be.
  leader='' start=''
  end_all
  # shellcheck disable=SC2046 # pids
  set -- $(members)
  report lost $#
  exit 0
fi
mv "$dir/in-time" "$dir/$4" 2>/dev/null
is_alive || leader=
keep=$leader
end_all
# Whoever writes the receipt now sees that the command has ended.
tries=0
until [ -e "$dir/exit" ] || [ "$tries" -ge 60 ] || ! is_alive; do
  sleep 0.05
  tries=$((tries + 1))
done
if [ ! -e "$dir/exit" ]; then
  is_alive || leader=
  keep='' own=''
  end_all
  if [ ! -e "$dir/exit" ]; then
    printf '%s %s\\n' - "$4" 1<>"$dir/ending"
    mv -f "$dir/ending" "$dir/exit"
  fi
fi
is_alive || leader=
keep=$leader
# shellcheck disable=SC2046 # pids
set -- $(members)
report ended $#
`;

/** Leaves the mark of a run. Arguments: the run's folder. 90: it could not be left. */
export const MARK = `${STATE}
mkdir -p "$state/$1" && : >"$state/$1/mark" || exit 90
`;

/** Days for which what steps kept of a target's files is there after its run. */
const KEPT_DAYS = 30;

/**
 * Removes what an ended run left. Arguments: the run's folder. What still runs there stays, and a fault that takes itself away
 * keeps what it needs for that: 75. The mark goes first, so that nobody begins anything after this.
 */
export const SWEEP = `${PROCESSES}${STATE}${COMMON}
run=$dir
if [ -d "$run" ]; then
  rm -f "$run/mark"
  for dir in "$run"/*; do
    [ -d "$dir" ] || continue
    if [ ! -e "$dir/exit" ] && is_alive; then continue; fi
    if [ -e "$dir/timer" ] && [ ! -e "$dir/removed" ]; then continue; fi
    rm -rf "$dir"
  done
  rmdir "$run" 2>/dev/null
fi
[ -d "$state" ] && find "$state" -mindepth 1 -maxdepth 1 -name '.new.*' -mmin +1440 -exec rm -rf {} +
kept=\${state%/*}/kept
[ -d "$kept" ] && find "$kept" -mindepth 1 -maxdepth 1 -type d -mtime +${KEPT_DAYS} -exec rm -rf {} +
[ ! -e "$run" ] || exit 75
`;

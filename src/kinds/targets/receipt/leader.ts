import { BOOT } from "./common.ts";
import { SURROUNDINGS } from "./surroundings.ts";
import { PROCESSES } from "../posix/processes.ts";

/**
 * The leader of an attempt's own session. Arguments: folder, seconds, bytes kept, working directory, interpreter …; the
 * variables of the command come on standard input, as quoted words, and are never written. It outlives whoever began it.
 */
export const LEADER = `${PROCESSES}
values=$(cat)
exec </dev/null
case $values in *': end') ;; *) exit 1 ;; esac
dir=$1 limit=$2 cap=$3 cwd=$4
shift 4
# shellcheck disable=SC2034 # for members
mark=WATCHBOOK_ATTEMPT=$dir kin=1 leader=$$
start=$(began_at $$)
${BOOT}finish() {
  printf '%s %s\\n' "$1" "$2" 1<>"$dir/ending"
  sync "$dir/ending" 2>/dev/null
  mv -f "$dir/ending" "$dir/exit"
  sync "$dir" 2>/dev/null
  exit 0
}
# Those who keep the output: all of it is counted, the file grows to the cap and no further. tee hands on what it has at
# once, and goes on counting when the file or the disk is full.
keep_output() {
  {
    trap '' XFSZ
    ulimit -f "$((cap / 512))"
    all=$(tee "$dir/$1" | wc -c)
    kept=$(wc -c <"$dir/$1")
    echo "$((all - kept))" 1<>"$dir/$1.more"
    mv "$dir/$1.open" "$dir/$1.done"
  } 2>/dev/null
}
trap : TERM
keep_output out <"$dir/o" &
own="$!"
keep_output err <"$dir/e" &
own="$own $!"
exec 3>"$dir/o" 4>"$dir/e"
# Nobody may come back: at the limit the attempt ends here. The watch lives as long as the leader holds its pipe.
(
  exec 3>&- 4>&-
  timeout "$limit" cat <"$dir/w" && exit 0
  # Cancelled meanwhile, or ended; where the receipts are gone nobody else is left to end it.
  mv "$dir/in-time" "$dir/timeout" 2>/dev/null || [ ! -d "$dir" ] || exit 0
  read -r self _ </proc/self/stat
  # shellcheck disable=SC2030,SC2034 # for members, here only
  keep=$$ own="$own $self"
  end_all
) &
watch=$!
# shellcheck disable=SC2031
own="$own $watch"
exec 5>"$dir/w"
rm -f "$dir/o" "$dir/e" "$dir/w"
printf '%s %s %s %s\\n' $$ "$start" "$boot_id" "$own" 1<>"$dir/claim"
mv "$dir/claim" "$dir/leader" || exit 0
mv "$dir/idle" "$dir/began" 2>/dev/null || exit 0
[ -e "$dir/void" ] && finish - void
# Not to be known after a power cut would be worse than late: then it would be begun again.
sync "$dir/script" "$dir" "\${dir%/*}" "\${dir%/*/*}" 2>/dev/null || sync
# Jobs of shells in the background ignore these, and a script could not take them back.
env --default-signal=INT,QUIT true 2>/dev/null && set -- env --default-signal=INT,QUIT "$@"
code=1 cause=exit
if cd "$cwd" 2>&4; then
  (
    exec >&3 2>&4 3>&- 4>&- 5>&-
${SURROUNDINGS}
    exec "$@"
  )
  code=$?
else
  cause=no-directory
fi
exec 3>&- 4>&- 5>&-
wait "$watch"
[ $? = 1 ] && cause=left
if [ "$cause" = exit ]; then
  [ -e "$dir/timeout" ] && cause=timeout
  [ -e "$dir/cancelled" ] && cause=cancelled
fi
# Output ends with the command, unless it left somebody behind who holds it: then for a second more.
tries=0 pause=0.005
until [ -e "$dir/out.done" ] && [ -e "$dir/err.done" ] || [ "$tries" -ge 60 ]; do
  sleep "$pause"
  [ "$tries" -lt 10 ] || pause=0.02
  tries=$((tries + 1))
done
finish "$code" "$cause"
`;

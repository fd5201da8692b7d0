/**
 * Where receipts lie: what every program begins with. `$1` is the attempt's folder below the receipts of the target; `$2` a token
 * that no output holds; `$3` `marked` when the run has left its mark there, else `-`. An attempt is a folder made by mkdir, so that only one caller can begin it:
 *
 *   script            what is executed
 *   program           what executes it: leader of the attempt's own session
 *   idle → began      renamed by the leader right before it begins: a rename has one winner and needs no space
 *   void              made by whoever decides that it shall never begin; the leader looks after its rename, whoever
 *                     decides looks for \`began\` afterwards, so that at least one of them sees the other
 *   leader            pid, start time and boot id of the leader, then pids of its own that write the receipt
 *   out, err          output up to the cap · out.more, err.more  bytes beyond · out.done, err.done  nobody writes any more
 *   tools             programs it is executed with: name, path, version
 *   output            NAME=value lines that the script gave out ($WB_OUTPUT)
 *   in-time → timeout, cancelled    renamed by whoever ends it before its time
 *   exit              \`CODE CAUSE\`: the receipt
 *   lost              it was asked for when the run's mark was gone: nothing here tells whether it ever began
 *
 * Beside the attempts of a run lies its \`mark\`, left before the first of them may begin. A target that has lost it (it was
 * made anew, or somebody tidied up) cannot say of an attempt that it never began; and who comes late, when the run was swept,
 * finds no mark and begins nothing.
 *
 * Whatever is written after the beginning has its space reserved before it: a disk that fills up loses output, no receipt.
 */
export const STATE = `
umask 077
LC_ALL=C
export LC_ALL
unset WATCHBOOK_EXEC
state=$WATCHBOOK_STATE
if [ -z "$state" ]; then
  if [ "$(id -u)" = 0 ]; then
    state=/var/lib/watchbook/receipts
  else
    state=\${XDG_STATE_HOME:-$HOME/.local/state}/watchbook/receipts
  fi
fi
`;

/** Which start of the machine this is: \`none\` where it does not say. */
export const BOOT = `boot_id=
{ read -r boot_id <"\${WATCHBOOK_BOOT_ID:-/proc/sys/kernel/random/boot_id}"; } 2>/dev/null
boot_id=\${boot_id:-none}
`;

/** What every program about one attempt knows how to ask. */
export const COMMON = `
dir=$state/$1
token=$2 marked=$3
# shellcheck disable=SC2034 # for members
mark=WATCHBOOK_ATTEMPT=$dir kin=1 keep='' own=''
${BOOT}# Whether the leader of this attempt is there and is still the same.
is_alive() {
  leader='' start='' own=''
  { read -r leader start boot own <"$dir/leader"; } 2>/dev/null || return 1
  [ "$boot" = "$boot_id" ] && [ "$(began_at "$leader")" = "$start" ]
}
# The run left its mark here, and it is gone.
is_unmarked() { [ "$marked" = marked ] && [ ! -e "\${dir%/*}/mark" ]; }
# Whether nothing tells any more that an attempt never began.
is_lost() {
  is_unmarked && : >"$dir/lost"
  [ -e "$dir/lost" ]
}
# A line of the protocol: TOKEN KIND … LENGTH, then so many bytes and a line end.
size_of() { { wc -c <"$1"; } 2>/dev/null || echo 0; }
# TOKEN end STATE CODE CAUSE MORE LEFT LENGTH, then what the script gave out.
report() {
  code=- cause=- more=0
  [ -e "$dir/lost" ] && cause=receipts-lost
  [ -e "$dir/exit" ] && read -r code cause <"$dir/exit"
  for file in out err; do
    number=0
    { read -r number <"$dir/$file.more"; } 2>/dev/null
    more=$((more + \${number:-0}))
  done
  tools=$(($(size_of "$dir/tools")))
  if [ "$tools" -gt 0 ]; then
    printf '%s tools %s\\n' "$token" "$tools"
    head -c "$tools" "$dir/tools"
    echo
  fi
  given=$(($(size_of "$dir/output")))
  [ "$given" -gt 65536 ] && given=0 && cause=outputs-too-long
  printf '%s end %s %s %s %s %s %s\\n' "$token" "$1" "$code" "$cause" "$more" "\${2:-0}" "$given"
  [ "$given" -gt 0 ] && head -c "$given" "$dir/output"
  echo
}
`;

/** Streams what is new of out and err, from the offsets \`$1\` and \`$2\` on, until it is known how the attempt ended. */
export const FOLLOW = `
pour() {
  new=0
  # Most commands say nothing for most of their time: no process is begun to hear that.
  [ "$2" != 0 ] || [ -s "$dir/$1" ] || return 0
  new=$(($(size_of "$dir/$1") - $2))
  [ "$new" -gt 0 ] || return 0
  printf '%s %s %s\\n' "$token" "$1" "$new"
  tail -c "+$(($2 + 1))" "$dir/$1" | head -c "$new"
  echo
}
follow() {
  from_out=$1 from_err=$2 pause=0.01 often=1 round=0
  while :; do
    last=
    if [ -e "$dir/exit" ]; then
      last=ended
    elif ! is_alive; then
      # It may have ended between the two looks. One that does not begin for seconds has lost its leader.
      if [ -e "$dir/exit" ]; then
        last=ended
      elif [ -e "$dir/began" ]; then
        # Its leader may have come between the two looks as well; from here on there is one to be seen.
        is_alive || last=lost
        [ "$last" != lost ] || [ ! -e "$dir/exit" ] || last=ended
      elif [ -e "$dir/void" ] || [ "$round" -gt 60 ]; then
        last=absent
        : >"$dir/void" || last=lost
        [ -e "$dir/lost" ] && last=lost
        [ -e "$dir/began" ] && last=
      fi
    fi
    new=0
    pour out "$from_out" && from_out=$((from_out + new * (new > 0)))
    pour err "$from_err" && from_err=$((from_err + new * (new > 0)))
    if [ -n "$last" ]; then
      report "$last"
      return
    fi
    naps=$often
    # Its end is seen sooner than what it says.
    while sleep "$pause" && naps=$((naps - 1)) && [ "$naps" -gt 0 ] && [ ! -e "$dir/exit" ]; do :; done
    round=$((round + 1))
    case $round in 3) often=3 ;; 10) pause=0.05 often=2 ;; 30) often=5 ;; 120) pause=0.1 ;; esac
  done
}
`;

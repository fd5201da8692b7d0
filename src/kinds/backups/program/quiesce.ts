import { OUTLIVE } from "../../targets/posix/outlive.ts";

/** Lets the writer go on when nobody did. No single quotes. */
const TIMER = String.raw`after=$1 over=$2 timer=$3 limit=$4
sleep "$limit"
mv -- "$after" "$over" 2>/dev/null || exit 0
until sh "$over" || [ ! -e "$over" ]; do sleep 5; done
rm -f -- "$over" "$timer"`;

/**
 * `quiet`: the writer keeps still from here; `loud`: it goes on, and that must go well. Whatever ends the program lets it go
 * on too: an end by a signal, and a refusal; and the target's own timer after `$WB_LEASE` seconds, when nobody comes back.
 * What is to be said to the writer lies in a file; whoever takes it away by its name says it, and nobody else.
 */
export const QUIESCE = String.raw`${OUTLIVE}
after_name() { printf '%s' "$WB_SET/.$1-$WB_PART"; }
lease() {
  # That of an attempt before this one: its time is over sooner.
  end_timer "$(after_name timer)"
  outlive "$(after_name watch)" "$(after_name timer)" '${TIMER}' "$(after_name after)" "$(after_name over)" "$(after_name timer)" "$WB_LEASE" ||
    refuse backup-quiesce "command=$WB_BEFORE" "detail=$(after_name timer)"
  # It has been read: nothing of it stays in the set.
  rm -f -- "$(after_name watch)"
}
let_go() {
  mv -- "$(after_name after)" "$(after_name ending)" 2>/dev/null || return 1
  if sh "$(after_name ending)"; then rm -f -- "$(after_name ending)" && end_timer "$(after_name timer)"
  else
    # It is still held: whoever ends this backup, and the timer, say it again.
    mv -- "$(after_name ending)" "$(after_name after)"
    return 1
  fi
}
quiet() {
  [ -n "$WB_BEFORE" ] || return 0
  # What a person has stopped stays so; what an attempt before this one has stopped is let go on.
  [ -z "$WB_WHEN" ] || [ -e "$(after_name after)" ] || sh -c "$WB_WHEN" >/dev/null 2>&1 || {
    fact WRITER down
    WB_BEFORE='' WB_AFTER=''
    return 0
  }
  # Whoever ends this backup finds what must still be said to the writer.
  printf '%s\n' "$WB_AFTER" >"$(after_name after)" || refuse backup-folder "path=$WB_SET"
  lease
  trap 'let_go >/dev/null 2>&1' EXIT
  trap 'exit 70' HUP INT TERM
  sh -c "$WB_BEFORE" >"$WB_COPY.said" 2>&1 || refuse backup-quiesce "command=$WB_BEFORE" "detail=$(tail -n 3 "$WB_COPY.said")"
  [ ! -e "$(after_name after)" ] || return 0
  # The timer was faster than that command: what it let go on keeps still only since now, and is let go on once more.
  trap - EXIT
  sh -c "$WB_AFTER" >"$WB_COPY.said" 2>&1 || refuse backup-quiesce "command=$WB_AFTER" "detail=$(tail -n 3 "$WB_COPY.said")"
  refuse backup-quiesce-over "seconds=$WB_LEASE" "command=$WB_BEFORE"
}
loud() {
  [ -n "$WB_AFTER" ] || return 0
  trap - EXIT
  # It went on before the copy was whole: what was copied since is of no one moment.
  [ -e "$(after_name after)" ] || refuse backup-quiesce-over "seconds=$WB_LEASE" "command=$WB_BEFORE"
  let_go >"$WB_COPY.said" 2>&1 || refuse backup-quiesce "command=$WB_AFTER" "detail=$(tail -n 3 "$WB_COPY.said")"
  rm -f -- "$WB_COPY.said"
}
# Names of what no copy can hold: sockets, pipes, devices.
skipped() {
  fact SKIPPED "$(find "$WB_PATH" \( -type s -o -type p -o -type b -o -type c \) -print 2>/dev/null | wc -l)"
  fact SKIPPED_FIRST "$(find "$WB_PATH" \( -type s -o -type p -o -type b -o -type c \) -print 2>/dev/null | head -n 3)"
}
`;

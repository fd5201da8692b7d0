/**
 * `quiet`: the writer keeps still from here; `loud`: it goes on, and that must go well. Whatever ends the program lets it go
 * on too: an end by a signal, and a refusal.
 */
export const QUIESCE = String.raw`
quiet() {
  [ -n "$WB_BEFORE" ] || return 0
  # Whoever ends this backup finds what must still be said to the writer.
  printf '%s\n' "$WB_AFTER" >"$WB_SET/.after-$WB_PART" || refuse backup-folder "path=$WB_SET"
  trap 'sh -c "$WB_AFTER" >/dev/null 2>&1 && rm -f -- "$WB_SET/.after-$WB_PART"' EXIT
  trap 'exit 70' HUP INT TERM
  sh -c "$WB_BEFORE" >"$WB_COPY.said" 2>&1 || refuse backup-quiesce "command=$WB_BEFORE" "detail=$(tail -n 3 "$WB_COPY.said")"
}
loud() {
  [ -n "$WB_AFTER" ] || return 0
  trap - EXIT
  sh -c "$WB_AFTER" >"$WB_COPY.said" 2>&1 || refuse backup-quiesce "command=$WB_AFTER" "detail=$(tail -n 3 "$WB_COPY.said")"
  rm -f -- "$WB_COPY.said" "$WB_SET/.after-$WB_PART"
}
# Names of what no copy can hold: sockets, pipes, devices.
skipped() {
  fact SKIPPED "$(find "$WB_PATH" \( -type s -o -type p -o -type b -o -type c \) -print 2>/dev/null | wc -l)"
  fact SKIPPED_FIRST "$(find "$WB_PATH" \( -type s -o -type p -o -type b -o -type c \) -print 2>/dev/null | head -n 3)"
}
`;

/** How a kind asks for a write, in POSIX sh. */
export interface Asked {
  /** Ends well when a privileged write went through; may refuse; sets `$answer`. */
  readonly writes: string;
  /** Ends well when the server says of itself that it takes none. */
  readonly readsOnly: string;
  /** Words for `printf '%s\n'`: lines that make a held session write and then print `wb-wrote`. */
  readonly pinned: string;
  /** What the session says when it is refused, as grep -E takes it. */
  readonly errors: string;
}

/** Processes first, by their state; then what a privileged session hears; then the one that was there before. */
export const refuses = ({ writes, readsOnly, pinned, errors }: Asked): string => String.raw`
here
standing=$(servers)
if [ -z "$standing" ]; then fact FENCE gone
elif ${writes}; then refuse cluster-takes-writes "member=$WB_MEMBER"
else
  heard=$answer
  if ${readsOnly}; then fact FENCE read-only
  else
    # It gave no answer, or another one; what stands still may go on.
    [ -z "$(servers)" ] || refuse cluster-not-fenced "member=$WB_MEMBER" "detail=$(brief "$heard") $(servers | tr '\n' ' ')"
    fact FENCE gone
  fi
fi
if [ -n "$WB_PIN" ]; then
  [ -p "$WB_PIN/in" ] || refuse cluster-no-pin "path=$WB_PIN"
  before=$(wc -c <"$WB_PIN/out")
  session() { read -r pid 2>/dev/null <"$WB_PIN/pid" && read -r line 2>/dev/null <"/proc/$pid/stat" && case ${"$"}{line##*) } in Z* | X*) return 1 ;; esac; }
  said() { tail -c "+$((before + 1))" "$WB_PIN/out"; }
  # Opened for both, so that nobody waits for a reader who has gone.
  printf '%s\n' ${pinned} 1<>"$WB_PIN/in"
  by 3
  while session; do
    said | grep -q wb-wrote && refuse cluster-pin-writes "member=$WB_MEMBER"
    said | grep -qE '${errors}' && break
    ! late || refuse cluster-not-fenced "member=$WB_MEMBER" "detail=the session that was held gives no answer"
    sleep 0.02
  done
  # The last that it said came after it had gone.
  said | grep -q wb-wrote && refuse cluster-pin-writes "member=$WB_MEMBER"
  fact PIN refused
fi
`;

/**
 * A session that reads statements for as long as somebody may write to it: `client` begins it, with the fifo as its input and its
 * output kept; `hello` is a line that prints `wb-held`.
 */
export const hold = (client: string, hello: string): string => String.raw`
here
mkdir -p -- "$WB_PIN" && mkfifo "$WB_PIN/in" && : >"$WB_PIN/out" || refuse backup-folder "path=$WB_PIN"
# Held open by us too until it listens: what nobody has open keeps nothing.
exec 3<>"$WB_PIN/in"
(
  exec 0<&3 3<&- >>"$WB_PIN/out" 2>&1
  ${client}
) &
echo $! >"$WB_PIN/pid"
printf '%s\n' "${hello}" >&3
by 10
until grep -q wb-held "$WB_PIN/out"; do
  kill -0 $! 2>/dev/null && ! late || refuse cluster-no-session "detail=$(tail -n 2 "$WB_PIN/out" | tr '\n' ' ')"
  sleep 0.02
done
`;

export const RELEASE = String.raw`
[ -e "$WB_PIN/pid" ] || exit 0
read -r pid <"$WB_PIN/pid"
kill "$pid" 2>/dev/null
exit 0
`;

/**
 * A write that is taken back, into a table that every server has. It is asked of an account that may write past read_only:
 * that one says no to everybody else proves nothing of those who are privileged.
 */
const TABLE =
  "mysql.innodb_table_stats (database_name, table_name, n_rows, clustered_index_size, sum_of_other_index_sizes)";
const write = (name: string): string =>
  `START TRANSACTION; INSERT INTO ${TABLE} VALUES ('watchbook', '${name}', 0, 0, 0); SELECT 'wb-wrote'; ROLLBACK;`;

/** Processes first, by their state; then what a privileged session hears; then the one that was there before. */
export const REFUSES = String.raw`
here
standing=$(servers)
if [ -z "$standing" ]; then fact FENCE gone
else
  sql 3 "${write("fence_$$")}"
  case $answer in
    *wb-wrote*) refuse cluster-takes-writes "member=$WB_MEMBER" ;;
    *'ERROR 1290 '*) refuse cluster-not-privileged "member=$WB_MEMBER" "user=${"$"}{WB_DB_USER:-$(id -un)}" ;;
  esac
  heard=$answer
  if looked 3 && [ "$(part ASIDE)" = 1 ]; then fact FENCE read-only
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
  printf '%s\n' "${write("pin")}" 1<>"$WB_PIN/in"
  left=100
  while session; do
    said | grep -q wb-wrote && refuse cluster-pin-writes "member=$WB_MEMBER"
    said | grep -q '^ERROR' && break
    [ "$left" -gt 0 ] || refuse cluster-not-fenced "member=$WB_MEMBER" "detail=the session that was held gives no answer"
    left=$((left - 1))
    sleep 0.02
  done
  # The last that it said came after it had gone.
  said | grep -q wb-wrote && refuse cluster-pin-writes "member=$WB_MEMBER"
  fact PIN refused
fi
`;

/** A session that reads statements for as long as somebody may write to it. */
export const HOLD = String.raw`
here
mkdir -p -- "$WB_PIN" && mkfifo "$WB_PIN/in" && : >"$WB_PIN/out" || refuse backup-folder "path=$WB_PIN"
# Held open by us too until it listens: what nobody has open keeps nothing.
exec 3<>"$WB_PIN/in"
(
  exec 0<&3 3<&- >>"$WB_PIN/out" 2>&1
  exec env -u WATCHBOOK_ATTEMPT -u WB_OUTPUT -u WATCHBOOK_EXEC setsid mariadb --no-defaults \
    ${"$"}{WB_SOCKET:+"--socket=$WB_SOCKET"} ${"$"}{WB_HOST:+"--host=$WB_HOST"} ${"$"}{WB_PORT:+"--port=$WB_PORT"} \
    ${"$"}{WB_DB_USER:+"--user=$WB_DB_USER"} --connect-timeout=5 --skip-reconnect --batch --unbuffered --skip-column-names
) &
echo $! >"$WB_PIN/pid"
printf '%s\n' "SET SESSION wait_timeout = 86400; SELECT 'wb-held';" >&3
left=250
until grep -q wb-held "$WB_PIN/out"; do
  kill -0 $! 2>/dev/null && [ "$left" -gt 0 ] || refuse cluster-no-session "detail=$(tail -n 2 "$WB_PIN/out" | tr '\n' ' ')"
  left=$((left - 1))
  sleep 0.02
done
`;

export const RELEASE = String.raw`
[ -e "$WB_PIN/pid" ] || exit 0
read -r pid <"$WB_PIN/pid"
kill "$pid" 2>/dev/null
exit 0
`;

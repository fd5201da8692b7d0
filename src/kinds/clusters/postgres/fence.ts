/**
 * A session of a superuser's that asks for a write in so many words: default_transaction_read_only would not hold it back, nor
 * would a role's rights. What it made is taken back in the same transaction.
 */
const WRITE = `BEGIN READ WRITE; CREATE TABLE public.watchbook_fence_$$ (); ROLLBACK`;

/** Processes first, by their state; then what a privileged session hears; then the one that was there before. */
export const REFUSES = String.raw`
here
standing=$(servers)
if [ -z "$standing" ]; then fact FENCE gone
elif sql 3 "${WRITE}"; then refuse cluster-takes-writes "member=$WB_MEMBER"
else
  heard=$answer
  if sql 3 'SELECT pg_is_in_recovery()' && [ "$answer" = t ]; then fact FENCE read-only
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
  # Opened for both, so that nobody waits for a reader who has gone.
  printf '%s\n' '${WRITE.replace("$$", "pin")};' '\echo wb-wrote' 1<>"$WB_PIN/in"
  by 3
  while session; do
    tail -c "+$((before + 1))" "$WB_PIN/out" | grep -q wb-wrote && refuse cluster-pin-writes "member=$WB_MEMBER"
    tail -c "+$((before + 1))" "$WB_PIN/out" | grep -qE 'ERROR|FATAL|connection' && break
    ! late || refuse cluster-not-fenced "member=$WB_MEMBER" "detail=the session that was held gives no answer"
    sleep 0.02
  done
  # The last that it said came after it had gone.
  tail -c "+$((before + 1))" "$WB_PIN/out" | grep -q wb-wrote && refuse cluster-pin-writes "member=$WB_MEMBER"
  fact PIN refused
fi
`;

/** A session over its own socket, that reads statements for as long as somebody may write to it. */
export const HOLD = String.raw`
here
mkdir -p -- "$WB_PIN" && mkfifo "$WB_PIN/in" && : >"$WB_PIN/out" || refuse backup-folder "path=$WB_PIN"
# Held open by us too until it listens: what nobody has open keeps nothing.
exec 3<>"$WB_PIN/in"
home=$(getent passwd "$(id -un)" | cut -d : -f 6)
(
  exec 0<&3 3<&- >>"$WB_PIN/out" 2>&1
  # A password is nobody's argument: what is left of the environment is ours, and PGPASSWORD as it came.
  for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
    case $name in PGPASSWORD | WB_PORT | WB_DB_USER | WB_DATABASE | WB_HOST) ;; *) unset "$name" ;; esac
  done
  export PATH="$programs:/usr/bin:/bin" HOME="${"$"}{home:-/}" PGAPPNAME=watchbook-pin PGCONNECT_TIMEOUT=5 PGPORT="$WB_PORT"
  export PGUSER="$WB_DB_USER" PGDATABASE="$WB_DATABASE"
  [ -z "$WB_HOST" ] || export PGHOST="$WB_HOST"
  unset WB_PORT WB_DB_USER WB_DATABASE WB_HOST
  exec setsid psql -X -A -t -q -w -v ON_ERROR_STOP=1
) &
echo $! >"$WB_PIN/pid"
printf '%s\n' "SELECT 'wb-held';" >&3
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

import { hold, refuses } from "../member/fence.ts";

/**
 * A session of a superuser's that asks for a write in so many words: default_transaction_read_only would not hold it back, nor
 * would a role's rights. What it made is taken back in the same transaction.
 */
const WRITE = `BEGIN READ WRITE; CREATE TABLE public.watchbook_fence_$$ (); ROLLBACK`;

export const REFUSES = refuses({
  writes: `sql 3 "${WRITE}"`,
  readsOnly: `sql 3 'SELECT pg_is_in_recovery()' && [ "$answer" = t ]`,
  pinned: String.raw`'${WRITE.replace("$$", "pin")};' '\echo wb-wrote'`,
  errors: "ERROR|FATAL|connection",
});

/** Over its own socket. A password is nobody's argument: what is left of the environment is ours, and PGPASSWORD as it came. */
const CLIENT = String.raw`
  home=$(getent passwd "$(id -un)" | cut -d : -f 6)
  for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
    case $name in PGPASSWORD | WB_PORT | WB_DB_USER | WB_DATABASE | WB_HOST) ;; *) unset "$name" ;; esac
  done
  export PATH="$programs:/usr/bin:/bin" HOME="${"$"}{home:-/}" PGAPPNAME=watchbook-pin PGCONNECT_TIMEOUT=5 PGPORT="$WB_PORT"
  export PGUSER="$WB_DB_USER" PGDATABASE="$WB_DATABASE"
  [ -z "$WB_HOST" ] || export PGHOST="$WB_HOST"
  unset WB_PORT WB_DB_USER WB_DATABASE WB_HOST
  exec setsid psql -X -A -t -q -w -v ON_ERROR_STOP=1`;

export const HOLD = hold(CLIENT, "SELECT 'wb-held';");

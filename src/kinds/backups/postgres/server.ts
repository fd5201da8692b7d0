import type { BackupKind } from "../../../model/backup.ts";
import { ARCHIVE_END } from "./archive.ts";
import { ISOLATED, START } from "./isolated.ts";
import { program, type ServerParams } from "./params.ts";
import { POSTGRES } from "./words.ts";

const SERVE = String.raw`
pg_programs "$(cat "$WB_INTO/data/PG_VERSION")"
pg_need pg_ctl psql
begin
reached_end
there
`;

/** By its process, which stands in its own folder: whatever programs are there, and however far it had come. */
const STOP = String.raw`
data=$(cd -- "$WB_INTO/data" 2>/dev/null && pwd -P) || exit 0
[ -s "$data/postmaster.pid" ] || exit 0
read -r pid <"$data/postmaster.pid"
as "$WB_USER" sh -c '
  pid=$1 data=$2
  here() { [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$data" ]; }
  gone() {
    for _ in $(seq 100); do
      here || return 0
      sleep 0.1
    done
    return 1
  }
  here || exit 0
  # At once: what was restored is thrown away.
  kill -QUIT "$pid"
  gone && exit 0
  kill -KILL "$pid"
  gone || { echo "PostgreSQL $pid in $data does not end" >&2; exit 1; }
' sh "$pid" "$data"
`;

/** What was restored as a superuser of its own, behind a closed socket; what is in use by its address, only reading. */
const ROWS = String.raw`
tab=$(printf '\t')
if [ -n "$WB_INTO" ]; then
  pg_programs "$(cat "$WB_INTO/data/PG_VERSION")"
  restored "PGDATABASE=$WB_DATABASE" psql -X -A -t -q -w -v ON_ERROR_STOP=1 -F "$tab" -c "$WB_QUERY" >"$WB_ROWS" 2>"$WB_ROWS.said"
else
  pg_programs ''
  client env PGOPTIONS='-c default_transaction_read_only=on' "PGDATABASE=$WB_DATABASE" \
    psql -X -A -t -q -w -v ON_ERROR_STOP=1 -F "$tab" -c "$WB_QUERY" >"$WB_ROWS" 2>"$WB_ROWS.said"
fi || refuse backup-rows-failed "detail=$(tail -n 3 "$WB_ROWS.said")"
rm -f -- "$WB_ROWS.said"
`;

/** How a restored PostgreSQL is started, ended and asked, whatever tool made the copy. */
export const postgresServer: NonNullable<BackupKind<ServerParams>["server"]> = {
  start: (params) => program(params, [POSTGRES, ISOLATED, START, ARCHIVE_END, SERVE].join("\n")),
  stop: (params) => ({ text: STOP, env: { WB_USER: params.user } }),
  rows: (params) => program(params, POSTGRES + ROWS),
};

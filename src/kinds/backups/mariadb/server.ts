import type { BackupKind } from "../../../model/backup.ts";
import { withServer, type ServerFields } from "./connect.ts";
import { MARIADB, STOP } from "./words.ts";

const START = String.raw`
halt "--datadir=$WB_INTO/data"
serve
fact HOST "$WB_INTO/socket/s"
`;

/** Whoever asks can change nothing. The last cell of a row may be NULL: then it is empty. */
const ROWS = String.raw`
if [ -n "$WB_INTO" ]; then
  WB_SOCKET=$WB_INTO/socket/s WB_HOST='' WB_PORT=''
fi
reached
reach mariadb --batch --raw --skip-column-names --default-character-set=utf8mb4 \
  --init-command='SET SESSION TRANSACTION READ ONLY' ${"$"}{WB_DATABASE:+"--database=$WB_DATABASE"} \
  -e "$WB_QUERY" >"$WB_ROWS.raw" 2>"$WB_ROWS.said" || {
  said=$(head -n 1 "$WB_ROWS.said")
  rm -f -- "$WB_ROWS.raw" "$WB_ROWS.said"
  refuse backup-rows-failed "detail=$said"
}
sed "s/$(printf '\t')NULL$/$(printf '\t')/" <"$WB_ROWS.raw" >"$WB_ROWS" || refuse backup-unwritten "path=$WB_ROWS"
rm -f -- "$WB_ROWS.raw" "$WB_ROWS.said"
`;

/** A restored MariaDB, alone. */
export const server: NonNullable<BackupKind<ServerFields>["server"]> = {
  start: (params) => withServer(params, MARIADB + START),
  stop: () => ({ text: STOP }),
  rows: (params) => withServer(params, MARIADB + ROWS),
};

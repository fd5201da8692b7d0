import type { BackupKind } from "../../../model/backup.ts";
import { withServer, type ServerFields } from "./connect.ts";
import { MARIADB } from "./words.ts";

/**
 * The restored server is ended well: asked by its signal, and waited for. Binary logs of the server in use are none of the
 * copy: where they lie in the data folder, they stay with what is kept, and new ones begin.
 */
export const READY = String.raw`
data=$WB_INTO/data
if [ -d "$WB_OLD" ] && [ -n "$(find "$WB_OLD" -mindepth 1 -print -quit)" ]; then
  [ -e "$WB_OLD/ibdata1" ] || refuse restore-over-other "path=$WB_OLD" "kind=MariaDB"
fi
[ -z "$(find "$data" -name '*.isl' -print -quit)" ] || refuse restore-over-spaces "path=$data"
running() { printf '%s\n' "--datadir=$data" | grep -lzxF -f - /proc/[0-9]*/cmdline 2>/dev/null | cut -d / -f 3; }
pids=$(running)
# shellcheck disable=SC2086 # numbers, apart
[ -z "$pids" ] || kill -TERM $pids 2>/dev/null
tries=0
while [ -n "$(running)" ]; do
  [ "$tries" -lt 6000 ] || refuse restore-not-started "detail=$(running) does not end"
  tries=$((tries + 1))
  sleep 0.1
done
cp -a -- "$data/." "$WB_NEW/" || refuse backup-unwritten "path=$WB_NEW"
rm -f -- "$WB_NEW"/xtrabackup_* "$WB_NEW"/mariadb_backup_* "$WB_NEW/backup-my.cnf" "$WB_NEW/ib_buffer_pool"
if [ -d "$WB_OLD" ]; then chown -R --reference="$WB_OLD" -- "$WB_NEW" || refuse backup-folder "path=$WB_NEW"; fi
`;

/** How a restored server takes the place of the one in use; its data folder is said by the book. */
export const over: NonNullable<BackupKind<ServerFields>["over"]> = {
  path: () => undefined,
  ready: (params) => withServer(params, MARIADB + READY),
};

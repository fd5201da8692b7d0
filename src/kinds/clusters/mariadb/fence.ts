import { hold, refuses } from "../member/fence.ts";

/**
 * A write that is taken back, into a table that every server has. It is asked of an account that may write past read_only:
 * that one says no to everybody else proves nothing of those who are privileged.
 */
const TABLE =
  "mysql.innodb_table_stats (database_name, table_name, n_rows, clustered_index_size, sum_of_other_index_sizes)";
const write = (name: string): string =>
  `START TRANSACTION; INSERT INTO ${TABLE} VALUES ('watchbook', '${name}', 0, 0, 0); SELECT 'wb-wrote'; ROLLBACK;`;

/** Whether it was written is what it says: the client ends badly for what comes behind it too. */
const WRITES = String.raw`{
  sql 3 "${write("fence_$$")}"
  case $answer in
    *wb-wrote*) true ;;
    *'ERROR 1290 '*) refuse cluster-not-privileged "member=$WB_MEMBER" "user=${"$"}{WB_DB_USER:-$(id -un)}" ;;
    *) false ;;
  esac
}`;

export const REFUSES = refuses({
  writes: WRITES,
  readsOnly: `looked 3 && [ "$(part ASIDE)" = 1 ]`,
  pinned: `"${write("pin")}"`,
  errors: "^ERROR",
});

const CLIENT = String.raw`
  exec env -u WATCHBOOK_ATTEMPT -u WB_OUTPUT -u WATCHBOOK_EXEC setsid mariadb --no-defaults \
    ${"$"}{WB_SOCKET:+"--socket=$WB_SOCKET"} ${"$"}{WB_HOST:+"--host=$WB_HOST"} ${"$"}{WB_PORT:+"--port=$WB_PORT"} \
    ${"$"}{WB_DB_USER:+"--user=$WB_DB_USER"} --connect-timeout=5 --skip-reconnect --batch --unbuffered --skip-column-names
`;

export const HOLD = hold(CLIENT, "SET SESSION wait_timeout = 86400; SELECT 'wb-held';");

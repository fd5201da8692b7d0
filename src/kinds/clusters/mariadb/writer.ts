import type { Writer } from "../../../model/cluster.ts";
import { secretsOf } from "../../backups/fields/secret.ts";
import type { MariadbParams } from "./params.ts";

/** Branch of history of whoever answers: the server that writes. */
const MARK = "CONCAT(@@global.gtid_domain_id, '-', @@global.server_id)";
const WRITES = "CONCAT(@@global.read_only) IN ('0', 'OFF')";

const CLIENT = "--no-defaults --batch --skip-column-names --unbuffered --skip-reconnect --connect-timeout=1";
/** The client knows one host only: of several, the first that can be written to. */
const FIRST = String.raw`
for one do
  [ "$(echo "SELECT 1 FROM DUAL WHERE ${WRITES}" | timeout 1 mariadb ${CLIENT} "--host=${"$"}{one% *}" "--port=${"$"}{one##* }" "--user=$WB_LOGIN" 2>/dev/null)" = 1 ] && break
done
exec mariadb ${CLIENT} "--host=${"$"}{one% *}" "--port=${"$"}{one##* }" "--user=$WB_LOGIN" "--database=$WB_BASE"
`;

/** `HOST PORT` of each; the last port counts for those that have none. */
function placesOf(host: string, port: number | string): readonly string[] {
  const ports = String(port).split(",");
  return host.split(",").map((one, at) => `${one} ${ports[at] ?? ports.at(-1)!}`);
}

/**
 * The server's client by the address of the application. A row is printed after its statement was confirmed: at the first error
 * the client ends and prints nothing more. `touch` is logged and replicated as every change, and leaves nothing.
 */
export function writerOf({ address, programs }: MariadbParams): Writer | undefined {
  if (!address) return undefined;
  const { host, port, user, database, password } = address;
  const path = programs === undefined ? {} : { PATH: `${programs}:/usr/local/bin:/usr/bin:/bin` };
  const places = placesOf(host, port);
  return {
    addresses: places.length,
    argv: ["sh", "-c", FIRST.trim(), "watchbook", ...places],
    env: { ...path, WB_LOGIN: user, WB_BASE: database },
    secrets: secretsOf({ MYSQL_PWD: password }),
    hello: `SELECT CONCAT(${MARK}, IF(${WRITES}, ' ready', ' read-only'));`,
    make: "CREATE TABLE IF NOT EXISTS `{table}` (id BIGINT PRIMARY KEY, at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6)) ENGINE=InnoDB; SELECT 'made';",
    insert: `INSERT INTO \`{table}\` (id) VALUES ({id}); SELECT CONCAT('{id} ', ${MARK});`,
    touch: `DROP TABLE IF EXISTS watchbook_touch; SELECT CONCAT('{id} ', ${MARK});`,
    remove: "DROP TABLE IF EXISTS `{table}`; SELECT 'removed';",
  };
}

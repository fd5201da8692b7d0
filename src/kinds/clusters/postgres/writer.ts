import type { Writer } from "../../../model/cluster.ts";
import type { PostgresParams } from "./params.ts";

/** Branch of history of whoever answers: changes with every promotion. */
const MARK = "('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int";

/**
 * psql by the address of the application. A row is printed when the server has said that it is committed: libpq gives a result
 * only then. A commit that waited for nobody because somebody broke the wait off is said with a warning, which counts as doubt.
 */
export function writerOf({ address, programs }: PostgresParams): Writer | undefined {
  if (!address) return undefined;
  const { host, port, user, database, password } = address;
  const ports = String(port);
  const addresses = Math.max(host.split(",").length, ports.split(",").length);
  return {
    addresses,
    argv: [programs === undefined ? "psql" : `${programs}/psql`, "-X", "-A", "-t", "-q", "-w", "-v", "ON_ERROR_STOP=1"],
    env: {
      PGHOST: host,
      PGPORT: ports,
      PGUSER: user,
      PGDATABASE: database,
      PGAPPNAME: "watchbook-load",
      PGCONNECT_TIMEOUT: "2",
      // Of several, the one that can be written to.
      ...(addresses > 1 && { PGTARGETSESSIONATTRS: "read-write" }),
    },
    ...(password && { secrets: { PGPASSWORD: password.secret } }),
    hello: `SELECT ${MARK} || ' ready' WHERE NOT pg_is_in_recovery();`,
    make: `SET client_min_messages = error; CREATE TABLE IF NOT EXISTS public."{table}" (id bigint PRIMARY KEY, at timestamptz DEFAULT clock_timestamp()); SELECT 'made';`,
    insert: `INSERT INTO public."{table}" (id) VALUES ({id}) RETURNING id || ' ' || ${MARK};`,
    touch: `BEGIN; SELECT pg_logical_emit_message(true, 'watchbook', '{id}') \\g /dev/null\nCOMMIT; SELECT '{id} ' || ${MARK};`,
    remove: `DROP TABLE IF EXISTS public."{table}"; SELECT 'removed';`,
  };
}

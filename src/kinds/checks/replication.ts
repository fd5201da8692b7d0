import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { excerpt } from "./answer/text.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { ask, databaseFields } from "./database/ask.ts";
import { duration } from "./params/duration.ts";

const params = z.strictObject({
  ...databaseFields,
  silent: duration
    .default(60)
    .describe("PostgreSQL: no word of the primary for this long is a failure; an idle one speaks every half minute."),
});
type Params = z.infer<typeof params>;

/**
 * A replica that has applied what it received is level, however long ago the last transaction was; whether anything can
 * be received is another question. Functions of PostgreSQL 10 and later (9.27.4, 28.2.6 of the manual).
 */
const POSTGRES = `SELECT pg_is_in_recovery(), coalesce(r.status, 'none'),
  coalesce(extract(epoch FROM clock_timestamp() - r.last_msg_receipt_time), 0),
  coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), false),
  extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()),
  coalesce(pg_last_wal_receive_lsn() - pg_last_wal_replay_lsn(), 0)
  FROM (SELECT 1) one LEFT JOIN pg_stat_wal_receiver r ON true`;

async function postgres(given: Params, context: CheckContext): Promise<Measured> {
  const [row = ""] = await ask(given, POSTGRES, context);
  const [standby, status = "", silent, level, age = "", behind] = row.split("|");
  if (standby === "f") throw new Failing("replication-primary");
  if (standby !== "t") throw new Unjudged("unparsable", excerpt(row, 80));
  const facts = { state: status, behind: Number(behind) };
  if (status !== "streaming") throw new Failing("replication-broken", { detail: status }, facts);
  const quiet = Number(silent);
  if (quiet > given.silent) throw new Failing("replication-silent", { seconds: Math.round(quiet) }, facts);
  if (level === "t") return { kind: "value", value: 0, unit: "seconds", facts };
  if (age === "") throw new Unjudged("absent", "pg_last_xact_replay_timestamp", facts);
  return { kind: "value", value: rounded(Math.max(0, Number(age))), unit: "seconds", facts };
}

async function mysql(given: Params, context: CheckContext): Promise<Measured> {
  const [names, values] = (await ask(given, "SHOW SLAVE STATUS", context, true)).map((line) => line.split("\t"));
  if (!names || !values) throw new Failing("replication-primary");
  const field = (name: string): string => values[names.indexOf(name)] ?? "";
  const [receives, applies] = [field("Slave_IO_Running"), field("Slave_SQL_Running")];
  const facts = { state: `${receives}/${applies}` };
  const detail = excerpt([field("Last_IO_Error"), field("Last_SQL_Error")].join(" ").trim(), 160);
  if (receives !== "Yes" || applies !== "Yes")
    throw new Failing("replication-broken", { detail: `${facts.state} ${detail}`.trim() }, facts);
  const behind = field("Seconds_Behind_Master");
  if (!/^\d+$/.test(behind)) throw new Unjudged("unparsable", `Seconds_Behind_Master: ${behind}`, facts);
  return { kind: "value", value: Number(behind), unit: "seconds", facts };
}

/** By how much a replica is behind: 0 behind an idle primary, a failure behind a dead one. Asked of the replica. */
export const replicationCheck = defineCheck<Params>({
  kind: "replication",
  params,
  unit: "seconds",
  bands: { bad: "above", warn: 30, critical: 300 },
  run: guarded((given, context) => (given.engine === "postgres" ? postgres : mysql)(given, context)),
});

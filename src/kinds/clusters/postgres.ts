import { defineCluster } from "../../model/cluster.ts";
import type { BackupProgram } from "../../model/backup.ts";
import { POSTGRES } from "../backups/postgres/words.ts";
import { COPY } from "./postgres/copy.ts";
import { RELEASE } from "./member/fence.ts";
import { HOLD, REFUSES } from "./postgres/fence.ts";
import { FOLLOWED, FOLLOWS, JOIN } from "./postgres/join.ts";
import { KEPT, LOOK } from "./postgres/look.ts";
import { params, program, upstream, type PostgresParams } from "./postgres/params.ts";
import { PROMOTE, ROWS } from "./postgres/promote.ts";
import { REWIND } from "./postgres/rewind.ts";
import { START, STOP } from "./postgres/stop.ts";
import { IDS, MEMBER } from "./postgres/words.ts";
import { writerOf } from "./postgres/writer.ts";

const whole = (given: PostgresParams, ...texts: readonly string[]): BackupProgram =>
  program(given, [POSTGRES, MEMBER, ...texts].join("\n"), { WB_STANDBYS: given.synchronous });

function join(given: PostgresParams, primary: PostgresParams): BackupProgram {
  const own = whole(given, REWIND, COPY, JOIN);
  const { env, secrets } = upstream(primary);
  return { text: own.text, env: { ...own.env, ...env }, secrets: { ...own.secrets, ...secrets } };
}

/** PostgreSQL with streaming replicas (12 and later). */
export const postgresCluster = defineCluster<PostgresParams>({
  kind: "postgres",
  params,
  address: ({ host, port }) => ({ host, port }),
  look: (given) => whole(given, LOOK, KEPT),
  stop: (given) => whole(given, STOP),
  start: (given) => whole(given, START),
  promote: (given) => whole(given, IDS, PROMOTE),
  refuses: (given) => whole(given, REFUSES),
  hold: (given) => whole(given, HOLD),
  release: () => ({ text: RELEASE }),
  join,
  followed: (given) => whole(given, FOLLOWED),
  follows: (given) => whole(given, FOLLOWS),
  writer: writerOf,
  rows: (given) => whole(given, IDS, ROWS),
  fault: ({ data }) => ({ kind: "kill", with: { pidFile: `${data}/postmaster.pid` } }),
});

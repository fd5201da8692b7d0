import { defineCluster } from "../../model/cluster.ts";
import type { BackupProgram } from "../../model/backup.ts";
import { CLONE } from "./mariadb/clone.ts";
import { RELEASE } from "./member/fence.ts";
import { HOLD, REFUSES } from "./mariadb/fence.ts";
import { FOLLOWED, FOLLOWS } from "./mariadb/follow.ts";
import { JOIN } from "./mariadb/join.ts";
import { DISK, LOOK } from "./mariadb/look.ts";
import { params, program, upstream, type MariadbParams } from "./mariadb/params.ts";
import { DRAIN, PROMOTE, ROWS } from "./mariadb/promote.ts";
import { ROLE } from "./mariadb/role.ts";
import { START, STOP } from "./mariadb/stop.ts";
import { MEMBER } from "./mariadb/words.ts";
import { writerOf } from "./mariadb/writer.ts";

const whole = (given: MariadbParams, ...texts: readonly string[]): BackupProgram =>
  program(given, [MEMBER, ...texts].join("\n"));

function join(given: MariadbParams, primary: MariadbParams): BackupProgram {
  const own = whole(given, ROLE, DISK, CLONE, JOIN);
  // Who follows needs the account of whom it follows.
  const { env, secrets } = upstream(primary);
  return { text: own.text, env: { ...own.env, ...env }, secrets: { ...own.secrets, ...secrets } };
}

/** MariaDB with replicas that follow by GTID (10.5 and later), semi-synchronous where the cluster is `synchronous`. */
export const mariadbCluster = defineCluster<MariadbParams>({
  kind: "mariadb",
  params,
  address: ({ host, port }) => ({ host, port }),
  look: (given) => whole(given, ROLE, DISK, LOOK),
  stop: (given) => whole(given, ROLE, DISK, STOP),
  start: (given) => whole(given, ROLE, START),
  promote: (given) => whole(given, ROLE, DRAIN, PROMOTE),
  refuses: (given) => whole(given, REFUSES),
  hold: (given) => whole(given, HOLD),
  release: () => ({ text: RELEASE }),
  join,
  followed: (given) => whole(given, ROLE, FOLLOWED),
  follows: (given) => whole(given, FOLLOWS),
  writer: writerOf,
  rows: (given) => whole(given, ROWS),
  fault: ({ pid }) => ({ kind: "kill", with: { pidFile: pid } }),
});

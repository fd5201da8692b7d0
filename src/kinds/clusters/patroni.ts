import { defineCluster } from "../../model/cluster.ts";
import type { BackupProgram } from "../../model/backup.ts";
import { POSTGRES } from "../backups/postgres/words.ts";
import { JOIN, SYNC } from "./patroni/join.ts";
import { KEEPER_LOOK } from "./patroni/look.ts";
import { params, program, type PatroniParams } from "./patroni/params.ts";
import { PROMOTE } from "./patroni/promote.ts";
import { START, STOP } from "./patroni/stop.ts";
import { KEEPER } from "./patroni/words.ts";
import { RELEASE } from "./member/fence.ts";
import { HOLD, REFUSES } from "./postgres/fence.ts";
import { FOLLOWED, FOLLOWS } from "./postgres/join.ts";
import { LOOK } from "./postgres/look.ts";
import { ROWS } from "./postgres/promote.ts";
import { IDS, MEMBER } from "./postgres/words.ts";
import { writerOf } from "./postgres/writer.ts";

const whole = (given: PatroniParams, ...texts: readonly string[]): BackupProgram =>
  program(given, [POSTGRES, MEMBER, KEEPER, ...texts].join("\n"));

/** Signs of a pattern as themselves. */
const literal = (text: string): string => text.replaceAll(/[.+*?()[\]{}|^$\\]/g, String.raw`\$&`);

/** PostgreSQL that Patroni runs: it is asked to change the primary, never passed by. Members have the names that Patroni knows. */
export const patroniCluster = defineCluster<PatroniParams>({
  kind: "patroni",
  params,
  keeper: true,
  address: ({ host, port }) => ({ host, port }),
  look: (given) => whole(given, LOOK, KEEPER_LOOK),
  stop: (given) => whole(given, STOP),
  start: (given) => whole(given, START),
  promote: (given) => whole(given, IDS, PROMOTE),
  refuses: (given) => whole(given, REFUSES),
  hold: (given) => whole(given, HOLD),
  release: () => ({ text: RELEASE }),
  join: (given) => whole(given, JOIN),
  followed: (given) => whole(given, SYNC, FOLLOWED),
  follows: (given) => whole(given, FOLLOWS),
  writer: (given) => writerOf({ ...given, follow: {}, synchronous: "" }),
  rows: (given) => whole(given, IDS, ROWS),
  // The whole node: of a server that is killed alone Patroni makes the primary again.
  fault: ({ data, patroni: { config } }) => ({
    kind: "kill",
    with: { pattern: `patroni ${literal(config)} ?$|postgres.* -D ${literal(data)} ` },
  }),
});

import { z } from "zod";
import { defineBackup } from "../../model/backup.ts";
import { pathField } from "./fields/secret.ts";
import { fields, toolsOf, withServer } from "./mariadb/connect.ts";
import { CHAIN } from "./mariadb/chain.ts";
import { EXAMINE, RESTORE, SIZE, TAKE } from "./mariadb/copy.ts";
import { LOG } from "./mariadb/log.ts";
import { over } from "./mariadb/over.ts";
import { server } from "./mariadb/server.ts";
import { MARIADB } from "./mariadb/words.ts";

const params = z.strictObject({
  ...fields,
  binlog: pathField
    .optional()
    .describe("Folder of the server's binary logs, or of their archive: for a restore to a point in time."),
  increments: z
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .describe(
      "So many copies in a row hold only what changed since the one before; then a full one again. Default: 0.",
    ),
});
type Params = z.infer<typeof params>;

const program = (given: Params, text: string) =>
  withServer(given, MARIADB + LOG + CHAIN + text, {
    WB_LOG: given.binlog ?? "",
    WB_INCREMENTS: String(given.increments),
  });

/** What `log_known` reads of a copy, from what was told of it. */
const REACHES = String.raw`
printf 'binlog_file=%s\nbinlog_position=%s\ngtid=%s\nuntil=%s\n' "${"$"}{WB_TOLD_AT% *}" "${"$"}{WB_TOLD_AT#* }" "$WB_TOLD_GTID" \
  "$WB_TOLD_UNTIL" >"$WB_COPY/server" || exit 70
[ -n "${"$"}{WB_TOLD_AT% *}" ] || exit 0
WB_TO=random
log_reaches
`;

const toldOf = ({ BINLOG = "", GTID = "", UNTIL = "" }: Readonly<Record<string, string>>) => ({
  WB_TOLD_AT: BINLOG,
  WB_TOLD_GTID: GTID,
  WB_TOLD_UNTIL: UNTIL.replaceAll(/\D/g, ""),
});

/** A copy of a running server's files, and its binary logs from there to any point. */
export const mariadbBackup = defineBackup<Params>({
  kind: "mariadb",
  params,
  holds: "database",
  tools: (given) => toolsOf(given, "mariadb-backup", "mariadb"),
  size: (given) => program(given, SIZE),
  take: (given) => program(given, TAKE),
  examine: (given) => program(given, EXAMINE),
  restore: (given) => program(given, RESTORE),
  reaches: (given, facts) => {
    if (given.binlog === undefined) return undefined;
    const { text, env } = program(given, REACHES);
    return { text, env: { ...env, ...toldOf(facts) } };
  },
  server,
  over,
});

import { z } from "zod";
import { defineBackup } from "../../model/backup.ts";
import { READY, tree, treeEnv } from "./fields/tree.ts";
import { TAKE } from "./files/program.ts";
import { QUIESCE } from "./program/quiesce.ts";

const params = z.strictObject(tree);
type Params = z.infer<typeof params>;

/**
 * A folder, copied file by file: every copy stands for itself and can be looked into without any tool. Where the target
 * has rsync, files that did not change are the same ones as in the set before, byte for byte compared, and take no room.
 */
export const filesBackup = defineBackup<Params>({
  kind: "files",
  params,
  holds: "files",
  tools: () => ["tar", "du"],
  size: ({ path }) => ({
    // Holes take no room: what is on the disk counts.
    text: `du -s -B1 -- "$WB_PATH" 2>/dev/null | cut -f 1`,
    env: { WB_PATH: path },
  }),
  take: (given) => ({ text: QUIESCE + TAKE, env: treeEnv(given) }),
  examine: () => ({ text: ":" }),
  restore: () => ({ text: `cp -a -- "$WB_COPY/." "$WB_INTO/" || refuse backup-unwritten "path=$WB_INTO"` }),
  over: {
    path: ({ path }) => path,
    ready: () => ({ text: READY }),
  },
  list: () => ({ text: `cp -- "$WB_COPY.sums" "$WB_LIST" || refuse backup-unreadable "path=$WB_COPY.sums"` }),
});

import { z } from "zod";
import { defineBackup, type BackupProgram } from "../../model/backup.ts";
import { READY, tree, treeEnv } from "./fields/tree.ts";
import { TAKE } from "./files/program.ts";
import { QUIESCE } from "./program/quiesce.ts";

const { exclude, changing } = tree;

const params = z.strictObject({
  volume: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/, "backup-volume")
    .describe("Name of the volume as `docker volume ls` has it: of Compose, `PROJECT_VOLUME`."),
  still: z
    .enum(["pause", "stop", "none"])
    .default("pause")
    .describe("What is done to the containers that use it while it is copied; none: they write on. Default: pause."),
  limit: z
    .int()
    .min(1)
    .max(604_800)
    .default(3_600)
    .describe("After so many seconds the target itself lets them go on, and the copy is refused. Default: an hour."),
  exclude,
  changing,
});
type Params = z.infer<typeof params>;

/** Where its files lie: drivers that keep them elsewhere have no folder that could be copied. */
const PLACE = String.raw`
place() {
  seen=$(docker volume inspect -f '{{.Driver}} {{.Mountpoint}}' "$WB_VOLUME" 2>&1) ||
    refuse backup-volume-none "volume=$WB_VOLUME" "detail=$(printf %s "$seen" | tail -n 1)"
  case $seen in 'local /'*) ;; *) refuse backup-volume-driver "volume=$WB_VOLUME" "driver=${"$"}{seen%% *}" ;; esac
  WB_PATH=${"$"}{seen#* }
}
`;

/** Those that run now and use it; they are told to go on by their ids, whatever becomes of their names. */
const STILL = String.raw`
place
ids=
[ "$WB_STILL" = none ] ||
  ids=$(docker ps -q --no-trunc --filter "volume=$WB_VOLUME" --filter status=running | tr '\n' ' ')
WB_BEFORE='' WB_AFTER=''
case $WB_STILL:$ids in
  *:) ;;
  pause:*) WB_BEFORE="docker pause $ids" WB_AFTER="docker unpause $ids" ;;
  stop:*) WB_BEFORE="docker stop $ids" WB_AFTER="docker start $ids" ;;
esac
fact VOLUME "$WB_VOLUME"
fact CONTAINERS "$(printf '%s' "$ids" | wc -w)"
`;

const program = ({ volume, still, limit, exclude: left, changing: may }: Params, text: string): BackupProgram => ({
  text,
  env: {
    ...treeEnv({ path: "", exclude: left, changing: may }),
    WB_VOLUME: volume,
    WB_STILL: still,
    WB_LEASE: String(limit),
  },
});

/** A volume of Docker or Compose, copied from the host while the containers that use it keep still. */
export const volumeBackup = defineBackup<Params>({
  kind: "volume",
  params,
  holds: "files",
  tools: () => ["docker", "tar", "du"],
  size: ({ volume }) => ({
    text: `du -s -B1 -- "$(docker volume inspect -f '{{.Mountpoint}}' "$WB_VOLUME" 2>/dev/null)" 2>/dev/null | cut -f 1`,
    env: { WB_VOLUME: volume },
  }),
  take: (given) => program(given, PLACE + QUIESCE + STILL + TAKE),
  examine: () => ({ text: ":" }),
  restore: () => ({ text: `cp -a -- "$WB_COPY/." "$WB_INTO/" || refuse backup-unwritten "path=$WB_INTO"` }),
  over: { path: () => undefined, ready: () => ({ text: READY }) },
  list: () => ({ text: `cp -- "$WB_COPY.sums" "$WB_LIST" || refuse backup-unreadable "path=$WB_COPY.sums"` }),
});

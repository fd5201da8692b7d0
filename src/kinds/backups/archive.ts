import { z } from "zod";
import { defineBackup } from "../../model/backup.ts";
import { READY, tree, treeEnv } from "./fields/tree.ts";
import { QUIESCE } from "./program/quiesce.ts";

const PACKERS = {
  gz: { pack: "gzip -c", unpack: "gzip -dc", end: ".tar.gz", tool: "gzip" },
  zst: { pack: "zstd -q -c -T0", unpack: "zstd -q -dc", end: ".tar.zst", tool: "zstd" },
  none: { pack: "cat", unpack: "cat", end: ".tar", tool: "cat" },
} as const;

const params = z.strictObject({
  ...tree,
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, "backup-name")
    .default("archive")
    .describe("Name of the archive, without its ending."),
  compress: z.enum(["gz", "zst", "none"]).default("gz").describe("How it is packed."),
});
type Params = z.infer<typeof params>;

/** GNU tar ends with 1 when a file changed under it or was gone (tar, 3.1). A half archive never bears the name. */
const TAKE = String.raw`
[ -d "$WB_PATH" ] || refuse backup-no-source "path=$WB_PATH"
[ -n "$(find "$WB_PATH" -mindepth 1 -print -quit)" ] || refuse backup-empty "part=$WB_PART"
quiet
printf '%s' "$WB_EXCLUDE" >"$WB_COPY.exclude"
{
  tar -C "$WB_PATH" --exclude-from="$WB_COPY.exclude" --acls --xattrs --sparse -cf - . 2>"$WB_COPY.said"
  echo $? >"$WB_COPY.ended"
} | pack >"$WB_COPY/$WB_NAME" || refuse backup-unwritten "path=$WB_COPY/$WB_NAME"
read -r ended <"$WB_COPY.ended"
said=$(grep -v 'socket ignored' "$WB_COPY.said" | head -n 3)
rm -f -- "$WB_COPY.exclude" "$WB_COPY.ended" "$WB_COPY.said"
case $ended in
  0) ;;
  1) [ "$WB_CHANGING" = true ] || refuse backup-changed "path=$WB_PATH" "detail=$said" ;;
  *) refuse backup-unreadable "path=$WB_PATH" "detail=$said" ;;
esac
loud
skipped
fact TOOL "$(tar --version | head -n 1)"
`;

/** A pipe's first end is not its own, so it is written down. `through SAID REASON PATH COMMAND…`: unpacks into a command. */
const THROUGH = String.raw`
through() {
  said=$1 reason=$2 path=$3
  shift 3
  rm -f -- "$said.bad"
  { unpack <"$WB_COPY/$WB_NAME" || : >"$said.bad"; } 2>"$said.first" | "$@" >/dev/null 2>"$said" || : >"$said.bad"
  detail=$(cat "$said.first" "$said" | tail -n 3)
  [ ! -e "$said.bad" ] || bad=yes
  rm -f -- "$said" "$said.first" "$said.bad"
  [ -z "$bad" ] || refuse "$reason" "path=$path" "detail=$detail"
}
bad=
unpack_to() { through "$1.said" "$2" "$1" tar -C "$1" --acls --xattrs --numeric-owner -xpf - ; }
`;

const EXAMINE = String.raw`
said=$(mktemp) || refuse backup-folder "path=/tmp"
through "$said" backup-damaged "$WB_NAME" tar -tf -
`;

/** Unpacked beside the list: digests of many files are read at once, not one program started for each. */
const LIST = String.raw`
folder "$WB_LIST.files" ""
trap 'rm -rf -- "$WB_LIST.files"' EXIT
unpack_to "$WB_LIST.files" backup-damaged
sums "$WB_LIST.files" "$WB_LIST"
`;

const wordsOf = ({ compress }: Params): string => {
  const { pack, unpack } = PACKERS[compress];
  return `pack() { ${pack}; }\nunpack() { ${unpack}; }\n`;
};
const nameOf = ({ name, compress }: Params): string => `${name}${PACKERS[compress].end}`;

/** A folder as one tar archive, as people have always had it: any tar opens it. */
export const archiveBackup = defineBackup<Params>({
  kind: "archive",
  params,
  holds: "files",
  tools: ({ compress }) => ["tar", "du", PACKERS[compress].tool],
  size: ({ path }) => ({ text: `du -sb -- "$WB_PATH" 2>/dev/null | cut -f 1`, env: { WB_PATH: path } }),
  take: (given) => ({
    text: `${QUIESCE}${wordsOf(given)}${TAKE}`,
    env: { ...treeEnv(given), WB_NAME: nameOf(given) },
  }),
  examine: (given) => ({ text: `${wordsOf(given)}${THROUGH}${EXAMINE}`, env: { WB_NAME: nameOf(given) } }),
  restore: (given) => ({
    text: `${wordsOf(given)}${THROUGH}unpack_to "$WB_INTO" backup-unwritten\n`,
    env: { WB_NAME: nameOf(given) },
  }),
  over: {
    path: ({ path }) => path,
    ready: () => ({ text: READY }),
  },
  list: (given) => ({ text: `${wordsOf(given)}${THROUGH}${LIST}`, env: { WB_NAME: nameOf(given) } }),
});

import { z } from "zod";
import { assignments } from "../../targets/receipt/assign.ts";
import { quote, quoted } from "../../targets/posix/quote.ts";
import { objectList, objectWords } from "./rclone.ts";

const path = z.string().regex(/^(?!.*\/\.\.?(?:\/|$))\/[^\0/][^\0\n]*$/, "backup-folder");

/** A second place, as seen from the target. */
export const copyPlace = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("folder").describe("A folder of another disk, or of a network file system that is mounted."),
    path: path.describe("Folder; sets lie in a folder of the set's name."),
  }),
  z.strictObject({
    kind: z.literal("rsync").describe("Another host, with rsync over the target's own ssh."),
    to: z
      .string()
      .regex(
        /^(?:[\w.-]+@)?(?:[A-Za-z0-9][\w.-]*|\[[0-9a-fA-F:.]+\]):(?!.*\/\.\.?(?:\/|$))\/[^\0/][^\0\n]*$/,
        "backup-remote",
      )
      .describe("`user@host:/folder`."),
    port: z.int().min(1).max(65_535).optional().describe("Port of ssh."),
    key: path.optional().describe("File on the target with the private key."),
    knownHosts: path.optional().describe("File on the target with the host's key; default: ssh's own."),
    limit: z.int().min(1).optional().describe("Most KiB per second."),
  }),
  z.strictObject({
    kind: z
      .literal("rclone")
      .describe("Objects in S3 or any other store that rclone knows, by rclone's own configuration on the target."),
    to: z
      .string()
      .regex(/^[\w][\w. +@-]*:(?!.*(?:^|\/)\.\.?(?:\/|$))[^\0\n]*[^\0\n/]$/, "backup-objects")
      .describe("`remote:bucket/folder`."),
    config: path.optional().describe("File on the target with rclone's configuration; default: rclone's own."),
    limit: z.int().min(1).optional().describe("Most KiB per second."),
  }),
]);
export type CopyPlace = z.infer<typeof copyPlace>;

/** How people name it. */
export const placeName = (place: CopyPlace): string => (place.kind === "folder" ? place.path : place.to);

/** Nobody is there to answer a question, and a host that is not known is not trusted. */
function ssh(place: CopyPlace & { readonly kind: "rsync" }): readonly string[] {
  const { port, key, knownHosts } = place;
  return [
    ...["ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=20"],
    ...["-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4"],
    ...(port === undefined ? [] : ["-p", String(port)]),
    ...(key === undefined ? [] : ["-i", key, "-o", "IdentitiesOnly=yes"]),
    ...(knownHosts === undefined ? [] : ["-o", `UserKnownHostsFile=${knownHosts}`]),
  ];
}

/** What is of this place alone: who restores from it now, and what was proven here. */
const LEFT = "--exclude '/hold-*' --exclude '/restored.json' --exclude '/.restored-*'";

const hostOf = ({ to }: CopyPlace & { readonly kind: "rsync" }): string =>
  to.slice(0, to.indexOf(":/")).replace(/\[(.*)\]/, "$1");

/** Where its sets lie, for whoever lists them from the target. */
export function listed(
  place: CopyPlace,
  set: string,
): { readonly folder: string; readonly over?: (words: readonly string[]) => readonly string[] } {
  if (place.kind === "folder") return { folder: `${place.path}/${set}` };
  if (place.kind === "rclone") return { folder: `${place.to}/${set}`, over: () => objectList(place, set) };
  const folder = `${place.to.slice(place.to.indexOf(":/") + 1)}/${set}`;
  return { folder, over: (words: readonly string[]) => [...ssh(place), "--", hostOf(place), quoted(words)] };
}

/**
 * `there`: runs the program on its standard input where the place is; `send FROM NAME OPTIONS…`: makes the folder
 * NAME of the place the same as FROM; `fetch NAME INTO`: makes INTO the same as the folder NAME of the place. What was
 * carried before and broke off is not carried again.
 */
export function wordsOf(place: CopyPlace, set: string): string {
  if (place.kind === "rclone") return objectWords(place, set);
  const flags = ["-rlptgoDHS", "--no-devices", "--no-specials", "--numeric-ids", "--partial", "--delete"];
  if (place.kind === "folder") {
    const folder = `${place.path}/${set}`;
    return [
      assignments({ WB_AT: placeName(place), WB_THERE: folder }),
      "there() { sh -s; }",
      `send() {
  from=$1 name=$2
  shift 2
  if command -v rsync >/dev/null 2>&1; then rsync ${flags.join(" ")} "$@" ${LEFT} -- "$from/" "$WB_THERE/$name/"
  else
    rm -rf -- "$WB_THERE/$name" && cp -a --sparse=auto -- "$from" "$WB_THERE/$name" &&
      rm -f -- "$WB_THERE/$name"/hold-* "$WB_THERE/$name"/restored.json "$WB_THERE/$name"/.restored-*
  fi
}
fetch() {
  if command -v rsync >/dev/null 2>&1; then rsync ${flags.join(" ")} ${LEFT} -- "$WB_THERE/$1/" "$2/"
  else rm -rf -- "$2" && cp -a --sparse=auto -- "$WB_THERE/$1" "$2"
  fi
}`,
      "",
    ].join("\n");
  }
  const [host, path] = [place.to.slice(0, place.to.indexOf(":/")), place.to.slice(place.to.indexOf(":/") + 1)];
  const command = ssh(place);
  const limit = place.limit === undefined ? [] : [`--bwlimit=${place.limit}`];
  return [
    assignments({ WB_AT: placeName(place), WB_THERE: `${path}/${set}`, WB_HOST: host }),
    `there() { ${quoted(command)} -- ${quote(hostOf(place))} sh -s; }`,
    `send() {
  from=$1 name=$2
  shift 2
  rsync ${[...flags, ...limit].join(" ")} -z "$@" -e ${quote(quoted(command))} --protect-args ${LEFT} -- "$from/" "$WB_HOST:$WB_THERE/$name/"
}
fetch() {
  rsync ${[...flags, ...limit].join(" ")} -z -e ${quote(quoted(command))} --protect-args ${LEFT} -- "$WB_HOST:$WB_THERE/$1/" "$2/"
}`,
    "",
  ].join("\n");
}

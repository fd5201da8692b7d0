import { z } from "zod";
import { CALENDAR_EVERY } from "../../model/every.ts";
import { holds, windowOf } from "../../model/window.ts";
import { duration, id, like, text } from "./forms.ts";
import { added, approval, stepId } from "./runbook-schema.ts";

const count = z.int("7").min(1, "7");
/** Never the root, nor a folder reached by going up. */
const folder = like(/^(?!.*\/\.\.?(?:\/|$))\/[^\0/][^\0]*$/, "/var/backups/watchbook");

const part = z.looseObject({
  kind: text.describe("Kind of backup, see docs/backups.md; its parameters follow."),
});

const agree = z.strictObject({
  rows: id.describe("Part, a database, whose rows name files."),
  query: text.describe(
    "Gives a column with the path of a file below the root of the other part, and optionally one with its SHA-256.",
  ),
  files: id.describe("Part that has the files."),
});

const keep = z.strictObject({
  copies: count.optional().describe("The newest so many sets."),
  days: count.optional().describe("Sets of the last so many days."),
  daily: count.optional().describe("The newest set of each of the last so many days."),
  weekly: count.optional().describe("The newest set of each of the last so many weeks."),
  monthly: count.optional().describe("The newest set of each of the last so many months."),
});

const over = z
  .strictObject({
    stop: z.record(stepId, added).describe("Steps that end whatever uses what is replaced, in this order."),
    start: z
      .record(stepId, added)
      .describe("Steps that start it again: as many, the other way round, since each undoes one of the others."),
    probes: z.record(stepId, added).optional().describe("Steps that must end well when it runs again."),
    paths: z
      .record(id, folder)
      .optional()
      .describe("Folders in use, by part, where the part does not name them itself: the data folder of a database."),
    approval: approval
      .optional()
      .describe("Approval before anything is replaced; false: none. Default: one person's in a protected environment."),
  })
  .refine(
    ({ stop, start }) => Object.keys(stop).length > 0 && Object.keys(stop).length === Object.keys(start).length,
    "stop: { app: { … } }, start: { app: { … } }",
  );

const restore = z.strictObject({
  target: id.optional().describe("Where it is restored to; default: the target it was taken on."),
  into: folder
    .optional()
    .describe("Folder in which every restore gets a place of its own. Default: /var/tmp/watchbook-restore."),
  limit: duration
    .optional()
    .describe("After this the target itself stops and removes what was restored, whoever has died. Default 2h."),
  probes: z
    .record(stepId, added)
    .optional()
    .describe("Steps that must end well on what was restored: what a business needs, not that a server runs."),
  over: over.optional().describe("How a set may take the place of what is in use; without it, never."),
});

const also = z
  .strictObject({
    name: like(/^\p{L}[\p{L}\p{N}._-]{0,63}$/u, "nas")
      .optional()
      .describe("Its name for `--from`; it has a number too: the repository is 1, the first of these 2."),
    folder: folder.optional().describe("A folder of another disk, or of a network file system that is mounted."),
    rsync: like(
      /^(?:[\w.-]+@)?(?:[A-Za-z0-9][\w.-]*|\[[0-9a-fA-F:.]+\]):(?!.*\/\.\.?(?:\/|$))\/[^\0/][^\0\n]*$/,
      "backup@backup-server:/backups/silktalk",
    )
      .optional()
      .describe("Another host, reached with rsync over the target's own ssh."),
    rclone: like(/^[\w][\w. +@-]*:(?!.*(?:^|\/)\.\.?(?:\/|$))[^\0\n]*[^\0\n/]$/, "offsite:bucket/backups")
      .optional()
      .describe("Objects in S3 or any other store, reached with rclone and its configuration on the target."),
    config: folder.optional().describe("rclone: file on the target with its configuration; default: rclone's own."),
    port: count.max(65_535, "22").optional().describe("rsync: port of ssh."),
    key: folder.optional().describe("rsync: file on the target with the private key."),
    knownHosts: folder.optional().describe("rsync: file on the target with the host's key; default: ssh's own."),
    limit: count.optional().describe("rsync, rclone: most KiB per second."),
    keep: keep.optional().describe("Which copies stay there; default: all. The newest always stays."),
  })
  .refine(
    ({ folder: at, rsync, rclone }) => [at, rsync, rclone].filter((one) => one !== undefined).length === 1,
    "folder: /mnt/nas/backups",
  );

const alarm = z.strictObject({
  age: duration.optional().describe("The newest set is older. Default: one and a half times what `every` says."),
  shrink: like(/^(?:[1-9]\d?|100)%$/, "50%")
    .optional()
    .describe("A part is smaller than the median of the five sets before it by more than this. Default 50%."),
  unchanged: duration.optional().describe("A part is byte for byte the same for longer. Default: not looked at."),
});

/** `at` of a backup, its time alone. */
const clock = (at: string): string => at.slice(-5);

const fits = ({
  at,
  every,
  window,
}: {
  at?: string | undefined;
  every?: string | undefined;
  window?: string | undefined;
}) => window === undefined || at === undefined || every === "hourly" || holds(windowOf(window), clock(at));

/** One backup set: what is taken together. */
const bare = z.strictObject({
  title: text.optional().describe("Words for people; default: the id."),
  data: z.array(text).optional().describe("Rows of the manual's backup table that it fulfils, by their first cell."),
  service: id.optional().describe("Service it belongs to."),
  target: id.optional().describe("Target it is taken on; default: local."),
  into: folder.describe("Folder on the target where sets are kept, in a folder of the set's name."),
  sudo: z.boolean("true").optional().describe("Everything as root, through `sudo -n`. Default false."),
  parts: z.record(id, part).describe("What is taken, by name, in this order: databases before the files they name."),
  agree: z.array(agree).optional().describe("Rows that name files: a set in which they disagree is torn."),
  keep: keep.optional().describe("Which sets stay; default: all. The last restored set always stays."),
  also: z
    .array(also)
    .optional()
    .describe("Second places: every set is brought there, and its digests are read there before it counts."),
  every: z.enum(CALENDAR_EVERY).optional().describe("How often; default: what the manual's table says."),
  at: like(
    /^(?:(?:mon|tue|wed|thu|fri|sat|sun|last|[1-9]|[12]\d|3[01]) )?(?:[01]\d|2[0-3]):[0-5]\d$/,
    '"02:30" | "sun 02:30"',
  )
    .optional()
    .describe("When, in the book's zone. Default 02:30."),
  window: like(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/, '"01:00-05:00"')
    .optional()
    .describe("Hours, in the book's zone, in which it is begun; it may cross midnight. By hand: --outside-window."),
  alarm: z
    .union([z.literal(false), alarm], "false | { age: 36h, shrink: 50%, unchanged: 7d }")
    .optional()
    .describe("When its sets are to be looked at, in status, in backup list and in the evidence; false: never."),
  restore: restore
    .optional()
    .describe("Where a set is restored to, apart from what is in use, and what must hold then."),
});
const known = ({ parts, restore: given }: z.output<typeof bare>): boolean =>
  Object.keys(given?.over?.paths ?? {}).every((name) => Object.hasOwn(parts, name));

const distinct = ({ also: places = [] }: z.output<typeof bare>): boolean => {
  const names = places.flatMap(({ name }) => name ?? []);
  return new Set(names).size === names.length;
};

export const backup = bare
  .refine(fits, { path: ["at"], message: "at ∈ window" })
  .refine(known, { path: ["restore", "over", "paths"], message: "paths: { PART: /folder }" })
  .refine(distinct, { path: ["also"], message: "[{ name: nas-1, … }, { name: nas-2, … }]" });
export type RawBackup = z.output<typeof backup>;

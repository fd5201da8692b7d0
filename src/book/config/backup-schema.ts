import { z } from "zod";
import { CALENDAR_EVERY } from "../../model/every.ts";
import { duration, id, like, text } from "./forms.ts";
import { added, stepId } from "./runbook-schema.ts";

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
});

const also = z
  .strictObject({
    folder: folder.optional().describe("A folder of another disk, or of a network file system that is mounted."),
    rsync: like(
      /^(?:[\w.-]+@)?(?:[A-Za-z0-9][\w.-]*|\[[0-9a-fA-F:.]+\]):(?!.*\/\.\.?(?:\/|$))\/[^\0/][^\0\n]*$/,
      "backup@backup-server:/backups/silktalk",
    )
      .optional()
      .describe("Another host, reached with rsync over the target's own ssh."),
    port: count.max(65_535, "22").optional().describe("rsync: port of ssh."),
    key: folder.optional().describe("rsync: file on the target with the private key."),
    knownHosts: folder.optional().describe("rsync: file on the target with the host's key; default: ssh's own."),
    limit: count.optional().describe("rsync: most KiB per second."),
    keep: keep.optional().describe("Which copies stay there; default: all. The newest always stays."),
  })
  .refine(({ folder: at, rsync }) => (at === undefined) !== (rsync === undefined), "folder: /mnt/nas/backups");

/** One backup set: what is taken together. */
export const backup = z.strictObject({
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
  restore: restore
    .optional()
    .describe("Where a set is restored to, apart from what is in use, and what must hold then."),
});
export type RawBackup = z.output<typeof backup>;

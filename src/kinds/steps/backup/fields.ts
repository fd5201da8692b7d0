import { z } from "zod";
import type { Keep } from "../../../model/backup.ts";
import { wrongIn } from "./part.ts";

const folder = z.string().regex(/^(?!.*\/\.\.?(?:\/|$))\/[^\0/][^\0]*$/, "backup-folder");
const name = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, "backup-name");

/** Where a set lies: every step of a backup and a restore has these. */
export const repository = {
  set: name.describe("Name of the set."),
  into: folder.describe("Folder on the target where sets are kept, in a folder of the set's name."),
  sudo: z.boolean().default(false).describe("As root, through `sudo -n`; sudoers must allow SETENV."),
};

/** One part of it. */
export const part = {
  part: name.describe("Name of the part."),
  kind: z.string().min(1).describe("Kind of backup, see docs/backups.md."),
  with: z.record(z.string(), z.unknown()).default({}).describe("Its parameters."),
};

/** Every part, for what looks at all of them at once. */
export const parts = {
  parts: z
    .array(z.strictObject({ id: name, kind: part.kind, with: part.with }))
    .min(1)
    .superRefine((given, context) => {
      for (const [index, one] of given.entries())
        for (const { path, message } of wrongIn(one))
          context.addIssue({ code: "custom", path: [index, ...path], message });
    })
    .describe("All parts, with their kinds and parameters."),
};

/** Rows that name files. */
export const pair = {
  query: z.string().min(1).describe("Gives the path of a file, and optionally its SHA-256."),
  files: name.describe("Part that has the files."),
};

/** The part that has the files, whole. */
export const root = { root: z.strictObject(part).describe("The part that has the files.") };

/** Where a restore has its place. */
export const place = { place: folder.describe("Folder in which every restore gets a place of its own.") };

const count = z.int().min(1).optional();

/** Which sets stay. */
export const keep = z
  .strictObject({ copies: count, days: count, daily: count, weekly: count, monthly: count })
  .describe("Which sets stay: a set stays when any of these keeps it.");

/** Rules that were given. */
export const kept = (rules: z.infer<typeof keep>): Keep =>
  Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined));

export interface Repository {
  readonly set: string;
  readonly into: string;
  readonly sudo: boolean;
}

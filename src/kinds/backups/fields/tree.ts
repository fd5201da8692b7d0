import { z } from "zod";
import { pathField } from "./secret.ts";

/** What every kind that copies a folder takes. */
export const tree = {
  path: pathField.describe("Folder that is copied, with owners, permissions and times."),
  exclude: z
    .array(
      z
        .string()
        .min(1)
        .regex(/^[^\n\0]*$/, "backup-name"),
    )
    .default([])
    .describe("Patterns that are left out: `./cache` from the root, `*.tmp` anywhere."),
  changing: z
    .boolean()
    .default(false)
    .describe("A file may change while it is copied (a log); otherwise such a copy is refused."),
  quiesce: z
    .strictObject({
      before: z.string().min(1).describe("Command that makes the writer keep still: `systemctl stop node`."),
      when: z
        .string()
        .min(1)
        .optional()
        .describe(
          "Command that ends with 0 only while the writer is at work; otherwise it is left as it is. Default for `systemctl stop UNIT`: whether it is active.",
        ),
      after: z.string().min(1).describe("Command that lets it go on; done in any case, also when the copy fails."),
      limit: z
        .int()
        .min(1)
        .max(604_800)
        .default(3_600)
        .describe("After so many seconds the target itself lets it go on, and the copy is refused. Default: an hour."),
    })
    .optional()
    .describe("The writer keeps still while its folder is copied."),
};
export interface Tree {
  readonly path: string;
  readonly exclude: readonly string[];
  readonly changing: boolean;
  readonly quiesce?:
    | { readonly before: string; readonly when?: string | undefined; readonly after: string; readonly limit: number }
    | undefined;
}

/** Whoever stops a unit means to start one that ran: one that a person has stopped stays so. */
function whenOf({ before, when }: NonNullable<Tree["quiesce"]>): string {
  const [, systemctl, unit] = /^((?:sudo (?:-n )?)?systemctl(?: --user)?) stop ([\w@.:\\-]+)$/.exec(before) ?? [];
  return when ?? (unit === undefined ? "" : `${systemctl} is-active --quiet ${unit}`);
}

/** Variables of a tree's programs. */
export const treeEnv = ({ path, exclude, changing, quiesce }: Tree): Readonly<Record<string, string>> => ({
  WB_PATH: path,
  WB_EXCLUDE: exclude.map((one) => `${one}\n`).join(""),
  WB_CHANGING: String(changing),
  WB_BEFORE: quiesce?.before ?? "",
  WB_WHEN: quiesce ? whenOf(quiesce) : "",
  WB_AFTER: quiesce?.after ?? "",
  WB_LEASE: String(quiesce?.limit ?? 0),
});

/** A restored folder beside the one that is in use, with everything that a copy keeps. What was left out of the copy is not in it. */
export const READY = String.raw`
cp -a --sparse=auto -- "$WB_INTO/." "$WB_NEW/" || refuse backup-unwritten "path=$WB_NEW"
`;

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
      after: z.string().min(1).describe("Command that lets it go on; done in any case, also when the copy fails."),
    })
    .optional()
    .describe("The writer keeps still while its folder is copied."),
};
export interface Tree {
  readonly path: string;
  readonly exclude: readonly string[];
  readonly changing: boolean;
  readonly quiesce?: { readonly before: string; readonly after: string } | undefined;
}

/** Variables of a tree's programs. */
export const treeEnv = ({ path, exclude, changing, quiesce }: Tree): Readonly<Record<string, string>> => ({
  WB_PATH: path,
  WB_EXCLUDE: exclude.map((one) => `${one}\n`).join(""),
  WB_CHANGING: String(changing),
  WB_BEFORE: quiesce?.before ?? "",
  WB_AFTER: quiesce?.after ?? "",
});

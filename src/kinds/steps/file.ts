import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { ended, refused } from "./ending/ended.ts";
import { fileByHand } from "./file/by-hand.ts";
import { INSTALL_FILLED, install, RESTORE } from "./file/program.ts";
import { bookFile } from "./params/book-file.ts";
import { bookPath, filePath, mode, owner } from "./params/mode.ts";
import { valueName, valueOf } from "./params/values.ts";
import { carry, recalled, type Program } from "./program/program.ts";

const params = z
  .strictObject({
    path: filePath.describe("Absolute path on the target."),
    content: z.string().optional().describe("What it is to hold."),
    from: bookPath.optional().describe("File of the book that holds what it is to hold."),
    fill: z
      .array(valueName)
      .min(1)
      .optional()
      .describe("Names of values: `${NAME}` in the content becomes the value, as text. Other dollars stay."),
    owner: owner.optional().describe("Owner, name or number; default: as it is."),
    group: owner.optional().describe("Group, name or number; default: as it is."),
    mode: mode.optional().describe("Permissions, octal; default: as they are, 0644 for a new file."),
    backup: z
      .boolean()
      .default(true)
      .describe(
        "Keeps what was there, so that it can be undone; for thirty days after the run too, where BACKUP says.",
      ),
    follow: z.boolean().default(false).describe("Where the path is a link: replace the file it leads to."),
    diff: z
      .boolean()
      .optional()
      .describe("Shows what changes in the output; default: only where everybody may read the file."),
    restore: z.boolean().default(false).describe("Instead: bring back what the step that is undone found."),
    sudo: z.boolean().default(false).describe("As root, through `sudo -n`; sudoers must allow SETENV."),
  })
  .refine(
    ({ content, from, restore }) => [content, from].filter((each) => each !== undefined).length === (restore ? 0 : 1),
    "content-or-from",
  );
type Params = z.infer<typeof params>;

/** Filled content travels as a variable: so many bytes of base64 are what one may hold (Linux, MAX_ARG_STRLEN). */
const MOST_FILLED = 90_000;

const fillIn = (text: string, names: readonly string[], context: StepContext): string => {
  const values = new Map(names.map((name) => [name, valueOf(context, name)]));
  return text.replace(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) => values.get(name) ?? whole);
};

async function programOf(given: Params, context: StepContext): Promise<Program> {
  const env = {
    WB_PATH: given.path,
    WB_MODE: given.mode ?? "",
    WB_OWNER: given.owner ?? "",
    WB_GROUP: given.group ?? "",
    WB_FOLLOW: given.follow ? "yes" : "no",
    WB_BACKUP: given.backup ? "yes" : "no",
    WB_DIFF: given.diff === undefined ? "auto" : given.diff ? "yes" : "no",
  };
  const { sudo } = given;
  if (given.restore && context.attempt.purpose !== "undo") throw refused("restore-is-undo");
  if (given.restore) return { text: RESTORE, env, sudo };
  const bytes = given.from === undefined ? Buffer.from(given.content!) : await bookFile(context, given.from);
  if (!given.fill) return { text: install(bytes), env: { ...env, WB_SIZE: String(bytes.length) }, sudo };
  const filled = Buffer.from(fillIn(Buffer.from(bytes).toString("utf8"), given.fill, context));
  const content = filled.toString("base64");
  if (content.length > MOST_FILLED) throw refused("file-fill-large", { path: given.path, bytes: filled.length });
  return { text: INSTALL_FILLED, env: { ...env, WB_CONTENT: content, WB_SIZE: String(filled.length) }, sudo };
}

function command(given: Params): string {
  const { path, content, from, mode: bits, owner: user, group } = given;
  if (given.restore) return `restore ${path}`;
  const as = [bits, [user, group].filter((each) => each !== undefined).join(":")].filter(Boolean).join(" ");
  const head = `${given.sudo ? "sudo " : ""}install ${path}${as === "" ? "" : ` (${as})`}`;
  return from === undefined ? `${head}\n${content ?? ""}` : `${head} < ${from}`;
}

/** A file of the target, replaced in one move, with what was there kept. Outputs: CHANGED (yes, no), SHA256, BACKUP. */
export const fileStep = defineStep<Params>({
  kind: "file",
  params,
  view: (given) => ({ command: command(given), risk: "write", sudo: given.sudo }),
  byHand: fileByHand,
  files: ({ from }) => (from === undefined ? [] : [from]),
  perform: (given, context) => ended(context, async () => (await carry(context, await programOf(given, context))).end),
  recall: (_, context) => recalled(context),
});

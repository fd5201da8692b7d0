import { createHash } from "node:crypto";
import { z } from "zod";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type HandParts, type HandView, type StepContext } from "../../model/step.ts";
import { perform, recall } from "../targets/receipt/receipt.ts";
import { ended, refused } from "./ending/ended.ts";
import { hereDocument, typed } from "./hand/content.ts";
import { quoted } from "../targets/posix/quote.ts";
import { bookFile } from "./params/book-file.ts";
import { bookPath } from "./params/mode.ts";
import { chosen, shown, textOf, textOrValue, valueName } from "./params/values.ts";
import { asRoot, withArguments } from "./program/interpreter.ts";

const params = z.strictObject({
  file: bookPath.describe("Script of the book, relative to its root. Its bytes are sent; nothing of it need be there."),
  interpreter: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .transform((given): readonly string[] => [given].flat())
    .default(["bash"])
    .describe("Program that reads it, with its options as a list: `[bash, -eu]`, `[python3]`."),
  args: z.array(textOrValue).default([]).describe("Its arguments; `{value: NAME}` is the value of that name."),
  cwd: z.string().optional().describe("Directory it starts in; default: where the target stands."),
  sudo: z.boolean().default(false).describe("As root, through `sudo -n`; sudoers must allow SETENV."),
  env: z.array(valueName).optional().describe("Names of the values it gets; default: all parameters and outputs."),
});
type Params = z.infer<typeof params>;

/** Text of a script. Throws Ended when it is none: a binary program belongs on the target. */
function textOfScript(path: string, bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("utf8");
  if (text.includes("\0") || !Buffer.from(text).equals(bytes)) throw refused("script-not-text", { path });
  if (/^#!.*\r\n/.test(text)) throw refused("script-line-ends", { path });
  return text;
}

async function run(given: Params, context: StepContext): Promise<AttemptEnd> {
  const script = textOfScript(given.file, await bookFile(context, given.file));
  const env = chosen(context, given.env);
  const plain = withArguments(
    given.interpreter,
    given.args.map((arg) => textOf(context, arg)),
  );
  return perform(
    context.reach,
    {
      id: context.attempt,
      interpreter: given.sudo ? asRoot(plain, Object.keys(env)) : plain,
      script,
      env,
      limitMs: context.timeoutMs,
      ...(given.cwd !== undefined && { cwd: given.cwd }),
    },
    context,
  );
}

const word = (text: string): string => (/^[\w@%+=:,./$-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Its lines, and how it is called; what cannot be typed is carried there. */
function scriptByHand(given: Params, parts: HandParts): HandView | undefined {
  const bytes = parts.file(given.file);
  if (!bytes) return undefined;
  const text = typed(bytes);
  const name = quoted([given.file.split("/").at(-1)!]);
  const lines = text?.endsWith("\n") ? [`cat > ${name} ${hereDocument(text)[0]}`, ...hereDocument(text).slice(1)] : [];
  const args = given.args.map((arg) => word(shown(arg)));
  const call = [...(given.sudo ? ["sudo"] : []), ...given.interpreter, name, ...args].join(" ");
  return {
    command: [
      ...(given.cwd === undefined ? [] : [`cd ${quoted([given.cwd])}`]),
      ...(lines.length > 0 ? lines : [`cp ${quoted([given.file])} ${name}`]),
      `sha256sum ${name}`,
      call,
    ].join("\n"),
    expect: [`${createHash("sha256").update(bytes).digest("hex")}  ${name}`, "..."],
  };
}

/** A script of the book, sent and run under a receipt. */
export const scriptStep = defineStep<Params>({
  kind: "script",
  params,
  view: ({ file, interpreter, args, sudo }) => ({
    command: [...(sudo ? ["sudo"] : []), ...interpreter, file, ...args.map((arg) => word(shown(arg)))].join(" "),
    risk: "unknown",
    sudo,
  }),
  byHand: (given, parts) => scriptByHand(given, parts),
  files: ({ file }) => [file],
  perform: (given, context) => ended(context, () => run(given, context)),
  recall: (_, context) => recall(context.reach, context.attempt, context.signal),
});

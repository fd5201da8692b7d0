import { z } from "zod";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type ReadScript, type StepContext } from "../../model/step.ts";
import { perform, recall } from "../targets/receipt/receipt.ts";
import { ended } from "./ending/ended.ts";
import { quoted } from "../targets/posix/quote.ts";
import { chosen, valueName } from "./params/values.ts";
import { asRoot } from "./program/interpreter.ts";
import { differs } from "./shell/expect.ts";
import { Heard } from "./shell/heard.ts";

const params = z.strictObject({
  script: z.string().min(1).describe("What is executed, as it stands. Values reach it as variables, never as text."),
  interpreter: z.enum(["bash", "sh"]).default("bash").describe("Shell that reads it."),
  strict: z
    .boolean()
    .default(true)
    .describe("Ends at the first command that fails, at an unset variable, and at a failing part of a pipe (bash)."),
  cwd: z.string().optional().describe("Directory it starts in; default: where the target stands."),
  sudo: z
    .boolean()
    .default(false)
    .describe(
      "Runs all of it as root, through `sudo -n`; sudoers must allow SETENV. A script may also call sudo itself.",
    ),
  env: z.array(valueName).optional().describe("Names of the values it gets; default: all parameters and outputs."),
  expect: z
    .union([z.string(), z.array(z.string())])
    .transform((given): readonly string[] => [given].flat().flatMap((each) => each.split("\n")))
    .optional()
    .describe("What it must print, line by line; `...` stands for anything, alone on a line for any number of lines."),
});
type Params = z.infer<typeof params>;

/** The shell and its mode; the script's file comes behind. */
const interpreterOf = ({ interpreter, strict }: Pick<Params, "interpreter" | "strict">): readonly string[] => {
  if (!strict) return [interpreter];
  return interpreter === "bash" ? ["bash", "-eu", "-o", "pipefail"] : ["sh", "-eu"];
};

/** Ended well, and printed what it must. */
function judged(end: AttemptEnd, expect: readonly string[] | undefined, heard: Heard): AttemptEnd {
  if (expect === undefined || end.ending !== "ok") return end;
  const { outputs: _, ...rest } = end;
  if (heard.isCut) return { ...rest, ending: "failed", reason: "output-too-long", args: { bytes: heard.bytes } };
  const difference = differs(expect, heard.text());
  if (!difference) return end;
  return { ...rest, ending: "failed", reason: "output-differs", args: { ...difference } };
}

async function run(given: Params, context: StepContext): Promise<AttemptEnd> {
  const env = chosen(context, given.env);
  const plain = interpreterOf(given);
  const heard = new Heard(context);
  const end = await perform(
    context.reach,
    {
      id: context.attempt,
      interpreter: given.sudo ? asRoot(plain, Object.keys(env)) : plain,
      script: given.script,
      env,
      limitMs: context.timeoutMs,
      ...(given.cwd !== undefined && { cwd: given.cwd }),
    },
    heard,
  );
  return judged(end, given.expect, heard);
}

/** The same where it only reads: nothing need be left for whoever comes after a crash. */
function together(given: Params, context: StepContext): ReadScript {
  const env = chosen(context, given.env);
  const plain = interpreterOf(given);
  const heard = new Heard(context);
  return {
    interpreter: given.sudo ? asRoot(plain, Object.keys(env)) : plain,
    script: given.script,
    env,
    ...(given.cwd !== undefined && { cwd: given.cwd }),
    hear: (chunk, stream) => heard.log(chunk, stream),
    judged: (end) => judged(end, given.expect, heard),
  };
}

/** Commands of the manual, under a receipt; where they only read, in one go with others. */
export const shellStep = defineStep<Params>({
  kind: "shell",
  params,
  view: (given) => ({
    command: [`# ${[...(given.sudo ? ["sudo"] : []), ...interpreterOf(given)].join(" ")}`, given.script].join("\n"),
    // What a script does is for the compiler to say; alone it counts as a change.
    risk: "unknown",
    sudo: given.sudo || /\bsudo\b/.test(given.script),
  }),
  byHand: (given) => ({
    command: [
      `# ${[...(given.sudo ? ["sudo"] : []), ...interpreterOf(given)].join(" ")}`,
      ...(given.cwd === undefined ? [] : [`cd ${quoted([given.cwd])}`]),
      given.script,
    ].join("\n"),
    ...(given.expect && { expect: given.expect }),
  }),
  perform: (given, context) => ended(context, () => run(given, context)),
  together,
  recall: async (given, context) => {
    const found = await recall(context.reach, context.attempt, context.signal);
    // Whether it printed what it must is seen by attaching again: the receipt keeps the output.
    const mustBeRead = given.expect !== undefined && found.state === "ended" && found.end.ending === "ok";
    return mustBeRead ? { state: "running" } : found;
  },
});

import { join } from "node:path";
import { execPath } from "node:process";
import { z } from "zod";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { perform, recall } from "../targets/receipt/receipt.ts";
import { ended } from "./ending/ended.ts";
import { CHILD } from "./function/child.ts";
import { bookFile } from "./params/book-file.ts";
import { bookPath } from "./params/mode.ts";
import { chosen, textOf, textOrValue, valueName } from "./params/values.ts";
import { told } from "./program/told.ts";

const params = z.strictObject({
  module: bookPath.describe("TypeScript or JavaScript module of the book, relative to its root."),
  name: z
    .string()
    .regex(/^[A-Za-z_$][\w$]*$/, "function-name")
    .default("default")
    .describe("Which of its exports is called."),
  args: z
    .record(z.string(), z.union([textOrValue, z.number(), z.boolean(), z.null()]))
    .default({})
    .describe("Its arguments, by name; `{value: NAME}` is the value of that name. The module's `params` check them."),
  files: z
    .array(bookPath)
    .default([])
    .describe("Other files of the book that it imports or reads: the plan binds them, and nothing else can be read."),
  env: z.array(valueName).optional().describe("Names of the values it gets; default: all parameters and outputs."),
  allow: z
    .strictObject({
      write: z.array(z.string().startsWith("/")).default([]).describe("Files and folders it may write."),
      read: z.array(z.string().startsWith("/")).default([]).describe("Files and folders it may read besides."),
      run: z.boolean().default(false).describe("It may start programs."),
    })
    .prefault({})
    .describe("What it may do on the machine watchbook runs on, beyond those files and the network."),
});
type Params = z.infer<typeof params>;

const filesOf = ({ module, files }: Params): readonly string[] => [module, ...files];

/** node with its permission model; paths of the attempt are known only where it runs. */
function interpreterOf({ module, files, allow }: Params, root: string): readonly string[] {
  const own = [module, ...files].map((path) => join(root, path));
  const granted = [
    ...[...own, ...allow.read, ...allow.write].map((path) => `--allow-fs-read=${path}`),
    ...allow.write.map((path) => `--allow-fs-write=${path}`),
    ...(allow.run ? ["--allow-child-process"] : []),
  ];
  return [
    "sh",
    "-c",
    `node=$1; shift; : >>"$WB_OUTPUT"; set -- "$node" --permission --allow-fs-read="$WATCHBOOK_ATTEMPT" --allow-fs-write="$WB_OUTPUT" "$@"; exec "$@"`,
    "watchbook",
    execPath,
    "--no-warnings",
    ...granted,
  ];
}

async function run(given: Params, context: StepContext): Promise<AttemptEnd> {
  for (const path of filesOf(given)) await bookFile(context, path);
  const env = chosen(context, given.env);
  const args = Object.entries(given.args).map(
    ([name, value]) => [name, typeof value === "object" && value !== null ? textOf(context, value) : value] as const,
  );
  const input = {
    module: join(context.root, given.module),
    name: given.name,
    args: Object.fromEntries(args),
    target: context.attempt.target,
    names: Object.keys(env),
  };
  const end = await perform(
    await context.open("local"),
    {
      id: context.attempt,
      interpreter: interpreterOf(given, context.root),
      script: CHILD,
      env: { ...env, WB_FUNCTION: JSON.stringify(input) },
      limitMs: context.timeoutMs,
    },
    context,
  );
  return told(end);
}

/** A function of the book, in a process of its own on the machine watchbook runs on, under a receipt. */
export const functionStep = defineStep<Params>({
  kind: "function",
  params,
  view: ({ module, name, args }) => ({
    command: `${module} ${name}(${JSON.stringify(args)})`,
    risk: "unknown",
    sudo: false,
  }),
  files: filesOf,
  perform: (given, context) => ended(context, () => run(given, context)),
  recall: async (_, context) => {
    const found = await recall(await context.open("local"), context.attempt, context.signal);
    return found.state === "ended" ? { state: "ended", end: told(found.end) } : found;
  },
});

import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { search } from "../../model/pattern.ts";
import { fail, pass } from "./answer/measured.ts";
import { guarded } from "./answer/guarded.ts";
import { excerpt } from "./answer/text.ts";
import { exitCode, Unjudged } from "./answer/unjudged.ts";
import { regex } from "./params/regex.ts";
import { atLeast, version } from "./params/version.ts";

const params = z
  .strictObject({
    argv: z.array(z.string()).min(1).describe("Program and arguments that print the version; there is no shell."),
    regex: regex
      .default(String.raw`(\d+(?:\.\d+)+)`)
      .describe("Regular expression whose first group is the version; default: the first number with a dot."),
    product: regex.optional().describe("Regular expression that the output must match: MariaDB 10 is no MySQL 8."),
    min: version.optional().describe("Oldest that will do."),
    below: version.optional().describe("First that will not do any more."),
  })
  .refine(({ min, below }) => min !== undefined || below !== undefined, "min-or-below");

async function run(given: z.infer<typeof params>, { reach, signal }: CheckContext): Promise<Measured> {
  const [command] = given.argv as [string];
  const { end, out, err } = await reach.exec(given.argv, { signal, timeoutMs: 60_000 });
  const code = exitCode(command, end);
  // Some print it on standard error (java, nginx).
  const found = search(given.regex, `${out}\n${err}`)?.[1];
  if (code !== 0 || found === undefined || !version.safeParse(found).success)
    throw new Unjudged("unparsable", `${command}: ${excerpt(out || err, 80) || code}`);
  const facts = { command, version: found };
  if (given.product !== undefined && search(given.product, `${out}\n${err}`) === null)
    return fail("version-other", { command, wanted: given.product, output: excerpt(out || err, 80) }, facts);
  if (given.min !== undefined && !atLeast(found, given.min))
    return fail("version-old", { command, version: found, wanted: given.min }, facts);
  if (given.below !== undefined && atLeast(found, given.below))
    return fail("version-new", { command, version: found, wanted: given.below }, facts);
  return pass("version-right", { command, version: found }, facts);
}

/** Whether a program is of a version that the manual allows. */
export const versionCheck = defineCheck({ kind: "version", params, run: guarded(run) });

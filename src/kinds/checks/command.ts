import { z } from "zod";
import { defineCheck, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { pass } from "./answer/measured.ts";
import { search } from "../../model/pattern.ts";
import { excerpt } from "./answer/text.ts";
import { exitCode, Unjudged } from "./answer/unjudged.ts";
import { duration } from "./params/duration.ts";
import { figure, readFigure } from "./params/figure.ts";
import { regex } from "./params/regex.ts";

const params = z.strictObject({
  argv: z
    .array(z.string())
    .min(1)
    .describe(
      "Program and arguments, each on its own: there is no shell, so no pipes and no quoting. It must only read.",
    ),
  directory: z.string().optional().describe("Where it starts."),
  env: z.record(z.string(), z.string()).optional().describe("Variables it finds besides the target's."),
  exit: z
    .union([z.int(), z.array(z.int()).min(1)])
    .default(0)
    .describe("Exit code, or list of them, that is right."),
  unknown: z
    .union([z.int(), z.array(z.int()).min(1)])
    .optional()
    .describe("Exit code, or list of them, by which it says that it could not look: unknown, neither right nor wrong."),
  matches: regex.optional().describe("Regular expression that its output must match."),
  excludes: regex.optional().describe("Regular expression that its output must not match."),
  value: figure.optional().describe("A number in its output for the bands to judge."),
  within: duration
    .optional()
    .describe(
      "Longer is a failure of what is asked. Without it, a command that does not end is unknown at the probe's limit.",
    ),
});

type Params = z.infer<typeof params>;

/** What a shell script answers when the program in it is not there, or may not run (POSIX sh, 2.8.2). */
const SHELL = { 127: "command-missing", 126: "no-permission" } as const;
/** Ends at the check's own limit; this one only says that there is one. */
const LONGEST_MS = 600_000;

function expectExit(given: Params, code: number, err: string, facts: Facts): void {
  const command = given.argv[0]!;
  if ([given.exit].flat().includes(code)) return;
  if ([given.unknown ?? []].flat().includes(code))
    throw new Unjudged("unreachable", `${command}: ${code}: ${excerpt(err, 80)}`, facts);
  if (code === 126 || code === 127) throw new Unjudged(SHELL[code], `${command}: ${excerpt(err, 80)}`, facts);
  throw new Failing("command-exit", { command, code, error: excerpt(err) || "-" }, facts);
}

function expectOutput(given: Params, out: string, truncated: boolean, facts: Facts): void {
  const command = given.argv[0]!;
  const { matches, excludes } = given;
  if (excludes !== undefined && search(excludes, out) !== null)
    throw new Failing("command-output-has", { command, text: `/${excludes}/` }, facts);
  const missing = matches !== undefined && search(matches, out) === null;
  if (truncated && (missing || excludes !== undefined || given.value?.lines === true || given.value?.json))
    throw new Unjudged("too-large", command, facts);
  if (missing)
    throw new Failing(
      "command-output-lacks",
      { command, text: `/${matches}/`, output: excerpt(out, 80) || "-" },
      facts,
    );
}

function json(out: string, command: string): unknown {
  try {
    return JSON.parse(out);
  } catch {
    throw new Unjudged("unparsable", `${command}: JSON: ${excerpt(out, 60)}`);
  }
}

async function run(given: Params, { reach, signal }: CheckContext): Promise<Measured> {
  const command = given.argv[0]!;
  const { end, out, err, truncated } = await reach.exec(given.argv, {
    signal,
    timeoutMs: given.within === undefined ? LONGEST_MS : given.within * 1_000,
    ...(given.directory !== undefined && { cwd: given.directory }),
    ...(given.env && { env: given.env }),
  });
  if (end.kind === "timeout" && given.within !== undefined)
    throw new Failing("command-slow", { command, within: given.within });
  if (end.kind === "signal") throw new Failing("command-killed", { command, signal: end.signal });
  const code = exitCode(command, end);
  const facts: Facts = { command: excerpt(given.argv.join(" "), 120), exit: code, output: excerpt(out) };
  expectExit(given, code, err, facts);
  expectOutput(given, out, truncated, facts);
  if (!given.value) return pass("command-right", { command, code }, facts);
  const value = readFigure(out, given.value, () => json(out, command));
  return { kind: "value", value, unit: given.value.unit, facts };
}

/** Exit code, output, or a number in the output of a command. */
export const commandCheck = defineCheck({ kind: "command", params, run: guarded(run) });

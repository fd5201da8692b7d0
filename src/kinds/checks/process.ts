import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import { guarded } from "./answer/guarded.ts";
import { fail, pass } from "./answer/measured.ts";
import { excerpt } from "./answer/text.ts";
import { where } from "./params/where.ts";
import { find, whereText, type Found } from "./proc/find.ts";
import { isRunning } from "./proc/process.ts";

const params = z.strictObject({
  ...where.shape,
  min: z.int().nonnegative().optional().describe("Fewest that must run; default: one, or one per pid file."),
  max: z.int().nonnegative().optional().describe("Most that may run; absent: any number."),
});
const checked = params.refine(
  (given) => given.pidFile !== undefined || given.pattern !== undefined,
  "pid-file-or-pattern",
);

/** Why there are too few, from the most telling to the least. */
function shortage({ processes, noFile, ended, foreign }: Found, what: string, facts: Facts, value: number): Measured {
  const zombie = processes.find((each) => each.state === "Z");
  const stopped = processes.find((each) => !isRunning(each));
  const more = { value, unit: "count" } as const;
  if (zombie) return fail("process-zombie", { what, pid: zombie.pid }, facts, more);
  if (stopped) return fail("process-stopped", { what, pid: stopped.pid }, facts, more);
  if (foreign.length > 0) return fail("pid-reused", { what: foreign.join(", ") }, facts, more);
  if (ended.length > 0) return fail("pid-stale", { what: ended.join(", ") }, facts, more);
  if (noFile.length > 0) return fail("pid-file-absent", { what: noFile.join(", ") }, facts, more);
  return value === 0
    ? fail("process-absent", { what }, facts, more)
    : fail("process-few", { what, value }, facts, more);
}

async function run(given: z.infer<typeof params>, { reach }: CheckContext): Promise<Measured> {
  const found = await find(reach, given);
  const running = found.processes.filter(isRunning);
  const value = running.length;
  const what = whereText(given);
  const facts = {
    running: value,
    // The program only: arguments may hold secrets, and facts stand in reports.
    ...(running[0] && { pid: running[0].pid, program: excerpt(running[0].command.split(" ")[0]!, 80) }),
    ...(running.some((each) => each.state === "D") && {
      waitingForDevice: running.filter((each) => each.state === "D").length,
    }),
  };
  const files = given.pidFile === undefined ? 1 : [given.pidFile].flat().length;
  if (value < (given.min ?? files)) return shortage(found, what, facts, value);
  const more = { value, unit: "count" } as const;
  if (given.max !== undefined && value > given.max)
    return fail("process-many", { what, value, max: given.max }, facts, more);
  return pass("process-running", { what, value }, facts, more);
}

/** Whether processes run: found by pid file or command line, neither zombies nor stopped. */
export const processCheck = defineCheck({
  kind: "process",
  everyMs: SOON_MS,
  params: checked,
  unit: "count",
  run: guarded(run),
});

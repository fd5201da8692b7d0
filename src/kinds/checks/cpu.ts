import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import type { Reach } from "../../model/target.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { duration } from "./params/duration.ts";
import { where, type Where } from "./params/where.ts";
import { find, whereText } from "./proc/find.ts";
import { isRunning, readProcess, type Process } from "./proc/process.ts";
import { cpuTime, type CpuTime } from "./proc/stat.ts";

const params = z
  .strictObject({
    window: duration
      .refine((seconds) => seconds >= 0.1 && seconds <= 60, "window")
      .default(1)
      .describe("Time between the two looks, 0.1 s to 1 min."),
    processes: where.optional().describe("Only the CPU time of these processes; absent: the whole machine."),
  })
  .prefault({});

const share = (part: number, whole: number): number => rounded((100 * part) / whole);

/** Ticks that the processes used between two looks; those that ended in between are counted to their last look. */
async function used(reach: Reach, before: readonly Process[]): Promise<{ ticks: number; left: number }> {
  const after = await Promise.all(before.map((each) => readProcess(reach, each.pid)));
  const pairs = before.flatMap((each, at) =>
    after[at]?.started === each.started ? [after[at].ticks - each.ticks] : [],
  );
  return { ticks: pairs.reduce((sum, ticks) => sum + ticks, 0), left: pairs.length };
}

async function chosen(reach: Reach, wanted: Where): Promise<readonly Process[]> {
  const processes = (await find(reach, wanted)).processes.filter(isRunning);
  if (processes.length === 0) throw new Unjudged("absent", whereText(wanted));
  return processes;
}

function machine(first: CpuTime, second: CpuTime): Measured {
  const total = second.total - first.total;
  const idle = second.idle - first.idle + second.waiting - first.waiting;
  const facts = {
    cpus: second.cpus,
    waiting: share(second.waiting - first.waiting, total),
    stolen: share(second.stolen - first.stolen, total),
  };
  return { kind: "value", value: share(total - idle, total), unit: "%", facts };
}

async function run(given: z.infer<typeof params>, { reach, clock, signal }: CheckContext): Promise<Measured> {
  const processes = given.processes && (await chosen(reach, given.processes));
  const first = await cpuTime(reach);
  await clock.sleep(given.window * 1_000, signal);
  const second = await cpuTime(reach);
  const total = second.total - first.total;
  if (total <= 0) throw new Unjudged("unparsable", "/proc/stat");
  if (!processes) return machine(first, second);
  const { ticks, left } = await used(reach, processes);
  if (left === 0) throw new Unjudged("absent", whereText(given.processes!));
  return { kind: "value", value: share(ticks, total), unit: "%", facts: { cpus: second.cpus, processes: left } };
}

/** Busy share of all CPUs over a window, from two looks at /proc/stat. */
export const cpuCheck = defineCheck({
  kind: "cpu",
  params,
  unit: "%",
  bands: { bad: "above", warn: 80, critical: 95 },
  run: guarded(run),
});

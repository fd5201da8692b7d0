import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Measured } from "../../model/check.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { text } from "./proc/text.ts";

const OVER = ["1m", "5m", "15m"] as const;
const params = z
  .strictObject({
    over: z.enum(OVER).default("5m").describe("The kernel's mean over this time."),
    perCpu: z.boolean().default(true).describe("Divided by the number of CPUs; `false`: as `uptime` shows it."),
  })
  .prefault({});

async function run({ over, perCpu }: z.infer<typeof params>, { reach }: CheckContext): Promise<Measured> {
  const [loads, stat] = await Promise.all([text(reach, "/proc/loadavg"), text(reach, "/proc/stat")]);
  const mean = Number(loads.split(" ")[OVER.indexOf(over)]);
  const cpus = stat.match(/^cpu\d+ /gm)?.length ?? 0;
  if (!Number.isFinite(mean) || cpus === 0) throw new Unjudged("unparsable", "/proc/loadavg");
  return { kind: "value", value: rounded(perCpu ? mean / cpus : mean), unit: "none", facts: { load: mean, cpus } };
}

/** Tasks that run, wait for a CPU or for a disk, as a mean over minutes (proc(5), loadavg). */
export const loadCheck = defineCheck({
  kind: "load",
  everyMs: SOON_MS,
  params,
  unit: "none",
  bands: { bad: "above", warn: 2, critical: 4 },
  run: guarded(run),
});

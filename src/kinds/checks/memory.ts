import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Measured } from "../../model/check.ts";
import type { Reach } from "../../model/target.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { size } from "./params/size.ts";
import { where, type Where } from "./params/where.ts";
import { find, whereText } from "./proc/find.ts";
import { text, textIfThere } from "./proc/text.ts";

const params = z
  .strictObject({
    processes: where.optional().describe("Only the resident memory of these processes; absent: the whole machine."),
    limit: size
      .refine((bytes) => bytes > 0, "positive")
      .optional()
      .describe("With `processes`: what counts as 100 %; absent: the machine's memory."),
  })
  .prefault({});

/** Bytes of one `Name: 123 kB` line. */
const field = (content: string, name: string): number | undefined => {
  const [, kib] = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(content) ?? [];
  return kib === undefined ? undefined : Number(kib) * 1_024;
};

async function resident(reach: Reach, wanted: Where): Promise<{ bytes: number; processes: number }> {
  const { processes } = await find(reach, wanted);
  const texts = await Promise.all(processes.map((each) => textIfThere(reach, `/proc/${each.pid}/status`)));
  // Zombies and kernel threads have no VmRSS line.
  const sizes = texts.map((content) => field(content ?? "", "VmRSS")).filter((bytes) => bytes !== undefined);
  if (sizes.length === 0) throw new Unjudged("absent", whereText(wanted));
  return { bytes: sizes.reduce((sum, bytes) => sum + bytes, 0), processes: sizes.length };
}

async function run({ processes, limit }: z.infer<typeof params>, { reach }: CheckContext): Promise<Measured> {
  const info = await text(reach, "/proc/meminfo");
  const [total, available] = [field(info, "MemTotal"), field(info, "MemAvailable")];
  if (!total || available === undefined) throw new Unjudged("unparsable", "/proc/meminfo");
  const percent = (part: number, whole: number) => rounded((100 * part) / whole);
  if (processes) {
    const { bytes, processes: count } = await resident(reach, processes);
    const whole = limit ?? total;
    return {
      kind: "value",
      value: percent(bytes, whole),
      unit: "%",
      facts: { used: bytes, size: whole, processes: count },
    };
  }
  const swap = (field(info, "SwapTotal") ?? 0) - (field(info, "SwapFree") ?? 0);
  const facts = { used: total - available, size: total, available, swapUsed: swap };
  return { kind: "value", value: percent(total - available, total), unit: "%", facts };
}

/** Share of memory that cannot be had without swapping: 1 - MemAvailable / MemTotal (proc(5)). */
export const memoryCheck = defineCheck({
  kind: "memory",
  everyMs: SOON_MS,
  params,
  unit: "%",
  bands: { bad: "above", warn: 85, critical: 95 },
  run: guarded(run),
});
